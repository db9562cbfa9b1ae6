"""The talk with the technician: send, ask what the panel shows, say what to write into the configuration.

Rules: knows no port and no terminal; both are handed in. Every sentence stands in Vietnamese and in English.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from display_board.led_frames import Reply, Template
from display_board.led_test.search import Trial, configuration, frames, meant

ROUNDS = 3
"""How often everything is sent again while the technician sees nothing."""
_NOTHING = """\
Bảng không hiện gì. Kiểm tra nguồn, đổi chéo hai dây A và B, thử địa chỉ khác (--addresses), rồi chạy lại.
Nothing was shown. Check the power, swap the wires A and B, try other addresses (--addresses), then run this again."""


class Line(Protocol):
    """A serial line that is set for one kind of panel."""

    def write(self, frame: bytes) -> None:
        """Send it."""

    def ask(self, frame: bytes, reply: Reply) -> bool:
        """Send it; whether the panel answered."""


class Talk(NamedTuple):
    """How lines are opened, what is said to the technician, and how he answers ("" for nothing)."""

    opened: Callable[[Template], AbstractContextManager[Line]]
    say: Callable[[str], None]
    ask: Callable[[str], str]


def find(talk: Talk, tried: Sequence[Trial], addresses: Sequence[int], port: str) -> bool:
    """Find the setting, have every panel show its address, print what to configure; whether a panel was found."""
    for _ in range(ROUNDS):
        answered = _send_marks(talk, tried, addresses)
        found = answered or _asked(talk, tried)
        if found is not None:
            break
    else:
        talk.say(_NOTHING)
        return False
    talk.say(f"Kiểu bảng / kind: {found.kind.name} ({found.file}), {found.kind.baud} baud, parity {found.kind.parity}")
    present = _show_addresses(talk, found, addresses)
    talk.say(configuration(found, port, present))
    return True


def show(talk: Talk, trial: Trial, address: int, text: str) -> bool:
    """Send `text` to one panel and say the bytes; whether that was possible."""
    made = frames(trial.kind, [address], text)
    if not made:
        talk.say(f"Bảng kiểu này không nhận địa chỉ {address}. / This kind of panel has no address {address}.")
        return False
    [(_, frame)] = made
    with talk.opened(trial.kind) as line:
        heard = _deliver(line, trial.kind, frame)
    answered = "" if trial.kind.reply is None else f" ({'answered' if heard else 'no answer'})"
    talk.say(f"{frame.hex(' ').upper()}{answered}")
    return True


def _send_marks(talk: Talk, tried: Sequence[Trial], addresses: Sequence[int]) -> Trial | None:
    """Every setting's number to every address; the setting whose panel answered, if one did."""
    for trial in tried:
        kind = trial.kind
        talk.say(f"{trial.mark}: {kind.name}, {kind.baud} {kind.data_bits}{kind.parity}{kind.stop_bits}")
        with talk.opened(kind) as line:
            for _, frame in frames(kind, addresses, str(trial.mark)):
                if _deliver(line, kind, frame):
                    return trial
    return None


def _asked(talk: Talk, tried: Sequence[Trial]) -> Trial | None:
    said = talk.ask("Bảng đang hiện số nào? / Which number does the panel show? (Enter: không có / none) ")
    found = meant(said, tried)
    if said.strip() and found is None:
        talk.say(f"{said.strip()}: không phải số đã gửi, thử lại. / not one of the numbers sent; once more.")
    return found


def _show_addresses(talk: Talk, found: Trial, addresses: Sequence[int]) -> list[int]:
    """Have every panel show its own address; the addresses that answered or that the technician reads off."""
    answering = []
    with talk.opened(found.kind) as line:
        for address, frame in frames(found.kind, addresses):
            if _deliver(line, found.kind, frame):
                answering.append(address)
    if answering:
        return answering
    said = talk.ask(
        "Mỗi bảng đang hiện địa chỉ của mình. Ghi các số đó, cách nhau bằng dấu cách.\n"
        "Each panel shows its own address now. Type these numbers with spaces between: "
    )
    shown = {int(word) for word in said.split() if word.isdigit()}
    return sorted(shown & set(addresses)) or list(addresses[:1])


def _deliver(line: Line, kind: Template, frame: bytes) -> bool:
    """Whether a panel that owes an answer gave one."""
    if kind.reply is not None:
        return line.ask(frame, kind.reply)
    line.write(frame)
    return False
