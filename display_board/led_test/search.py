"""Which settings are tried on an unknown panel, and what the number that it then shows means.

Rules: pure; every setting writes a number of its own, three digits long, so that whatever a panel shows names the one
setting that it understood; addresses are found afterwards, by having each panel show its own.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from msgspec.structs import replace

from display_board.led_frames import Template, encode
from display_board.views import PanelText

FIRST_MARK = 101
"""What the first setting writes: no address that is tried has three digits and this value."""
LAST_MARK = 999
Parity = Literal["N", "E", "O"]


class Trial(NamedTuple):
    """One setting of the line, the file of its template, and the number that it writes."""

    mark: int
    file: str
    kind: Template


def trials(kinds: Sequence[tuple[str, Template]], bauds: Sequence[int], parities: Sequence[Parity]) -> list[Trial]:
    """Every kind of panel (file, template) at every speed and parity, the kinds' own speeds and parities first.

    Raises ValueError for more than there are marks.
    """
    found = {
        (kind.parity != parity, kind.baud != baud, file, baud, parity): replace(kind, baud=baud, parity=parity)
        for file, kind in kinds
        for parity in (kind.parity, *parities)
        for baud in (kind.baud, *bauds)
    }
    if FIRST_MARK + len(found) - 1 > LAST_MARK:
        raise ValueError(f"{len(found)} settings are too many; name fewer speeds or kinds")
    ranked = sorted(found.items(), key=lambda item: item[0][:2])
    return [Trial(FIRST_MARK + place, key[2], kind) for place, (key, kind) in enumerate(ranked)]


def meant(said: str, tried: Sequence[Trial]) -> Trial | None:
    """The setting whose number a person read off the panel; leading signs and spaces do not matter."""
    digits = "".join(sign for sign in said if sign in "0123456789")[-3:]
    return next((trial for trial in tried if digits and int(digits) == trial.mark), None)


def frames(kind: Template, addresses: Iterable[int], text: str = "") -> list[tuple[int, bytes]]:
    """Address and frame for each panel that this kind can address; each shows `text`, or its own address without."""
    made = []
    for address in addresses:
        try:
            frame = encode(kind, PanelText(address, text or f"{address:03d}"))
        except OverflowError:
            continue
        if frame is not None and kind.addresses[0] <= address <= kind.addresses[1]:
            made.append((address, frame))
    return made


def configuration(trial: Trial, port: str, addresses: Sequence[int]) -> str:
    """What to write into the board's TOML file, and into the kind's own file where its line is set otherwise."""
    kind = trial.kind
    panels = "\n".join(f'    {{ address = {address}, desks = ["..."] }},' for address in addresses)
    return (
        f'[[output]]\nkind = "led"\nurl = "{port}"\ntemplate = "{trial.file}"\npanels = [\n{panels}\n]\n\n'
        f'# in {trial.file}: baud = {kind.baud}, parity = "{kind.parity}"\n'
    )
