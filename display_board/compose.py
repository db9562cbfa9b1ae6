"""From what is known to what is shown: one picture for a screen, one text for every LED panel.

Rules: pure; the picture depends on the states and on the moment only, never on the order in which they came.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from appliance.wire.messages import Call, ClockQuality, DeskState
from appliance.wire.site import SiteDocument
from display_board.announce import Announcer, newest_pulsing, pulse_level, pulsing_since
from display_board.board import Board, is_stale
from display_board.views import Arrow, BoardView, CallLine, LedView, Mode, PanelText, QueueLine

TURN_S = 8.0
"""How long a part stands when not everything fits at once."""
CALLS_THAT_FIT = 6
QUEUES_THAT_FIT = 1
"""On any screen, without turns."""
NOTICE_LIMIT = 200
NAME_LIMIT = 90
PLACE_LIMIT = 40


@dataclass(frozen=True)
class Moment:
    """When: `now` Unix seconds of the business clock and how far to trust it, `elapsed` monotonic seconds."""

    now: float
    elapsed: float
    zone: ZoneInfo
    quality: ClockQuality = "synced"


@dataclass(frozen=True)
class Choice:
    """What one screen shows: calls of these desks and counters (none named: all); which way its citizens walk."""

    desks: frozenset[str] = frozenset()
    counters: frozenset[str] = frozenset()
    arrow: Arrow = Arrow.RIGHT
    arrows: Mapping[str, Arrow] = field(default_factory=dict)

    def takes(self, desk: str, counter: str) -> bool:
        """Whether a call to `desk` at `counter` belongs on this screen."""
        everything = not self.desks and not self.counters
        return everything or desk in self.desks or counter in self.counters


def compose(
    board: Board, choice: Choice, announcer: Announcer, words: SiteDocument | None, moment: Moment
) -> BoardView:
    """The picture of a screen at `moment`."""
    calls = [call for call in _calls(board) if choice.takes(call.desk, call.counter)]
    hero = _hero(calls, announcer, moment.elapsed)
    lines = tuple(_line(call, choice, announcer, words, moment.elapsed) for call in calls if call is not hero)
    queues = _queues(board, words)
    since = pulsing_since(announcer, hero.seq, moment.elapsed) if hero else None
    return BoardView(
        mode=_mode(board, hero),
        centre=readable(words.name.vi, NAME_LIMIT) if words else "",
        hero=_line(hero, choice, announcer, words, moment.elapsed) if hero else None,
        calls=lines,
        queues=queues,
        waiting=sum(queue.waiting for queue in queues),
        clock=_clock(moment),
        notice=readable(board.site.notice, NOTICE_LIMIT) if board.site else "",
        stale=is_stale(board, moment.elapsed),
        pulse=pulse_level(since, moment.elapsed) if since is not None else 0,
        turn=int(moment.elapsed / TURN_S) + 1 if len(lines) > CALLS_THAT_FIT or len(queues) > QUEUES_THAT_FIT else 0,
    )


def compose_led(board: Board, panels: Mapping[int, Sequence[str]], moment: Moment) -> LedView:
    """The text of every panel: address → the desks it stands for; the desk that called last wins."""
    stale = is_stale(board, moment.elapsed)
    return LedView(tuple(_panel(board, address, desks, stale) for address, desks in sorted(panels.items())))


def next_turn_at(view: BoardView, elapsed: float) -> float | None:
    """The monotonic second of the next turn, or None when all fits at once."""
    return None if view.turn == 0 else (int(elapsed / TURN_S) + 1) * TURN_S


def readable(text: str, limit: int = PLACE_LIMIT) -> str:
    """`text` as one line of at most `limit` signs, without control and direction characters."""
    shown = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"


def _calls(board: Board) -> tuple[Call, ...]:
    return board.calls.calls if board.calls else ()


def _hero(calls: Sequence[Call], announcer: Announcer, elapsed: float) -> Call | None:
    """The call just announced, be it a recall of an older one; else the newest."""
    by_seq = {call.seq: call for call in calls}
    announced = [by_seq[seq] for seq in newest_pulsing(announcer, elapsed) if seq in by_seq]
    return next(iter([*announced, *calls]), None)


def _line(call: Call, choice: Choice, announcer: Announcer, words: SiteDocument | None, elapsed: float) -> CallLine:
    place = readable(call.label)
    second = call.lang if call.lang != "vi" else "en"
    return CallLine(
        seq=call.seq,
        times=call.times,
        number=readable(call.number, 8),
        place=place,
        place_short=_short(place),
        second=second,
        place_second=_place_in(second, call.counter, words),
        arrow=choice.arrows.get(call.counter, choice.arrow),
        fresh=pulsing_since(announcer, call.seq, elapsed) is not None,
    )


def _short(place: str) -> str:
    """What is left of a place under the heading "Quầy"."""
    rest = place.removeprefix("Quầy ").strip() or place
    return rest[:1].upper() + rest[1:]


def _place_in(language: str, counter: str, words: SiteDocument | None) -> str:
    labels = [known.label for known in words.counters if known.id == counter] if words else []
    return readable({"en": labels[0].en, "km": labels[0].km}.get(language, "")) if labels else ""


def _mode(board: Board, hero: Call | None) -> Mode:
    if hero is not None:
        return Mode.CALLING
    if board.site is None:
        return Mode.STARTING
    return Mode.WAITING if board.site.open else Mode.CLOSED


def _queues(board: Board, words: SiteDocument | None) -> tuple[QueueLine, ...]:
    offered = board.site.queues if board.site else tuple(sorted(board.queues))
    known = {queue.id: queue for queue in words.queues} if words else {}
    lines = []
    for queue in offered:
        state = board.queues.get(queue)
        if state is None or state.waiting <= 0:
            continue
        named = known.get(queue)
        lines.append(
            QueueLine(
                letter=readable(named.prefix if named else queue.upper(), 4),
                name=readable(named.name.vi) if named else "",
                waiting=state.waiting,
                minutes=(state.wait.low_min, state.wait.high_min) if state.wait else None,
            )
        )
    return tuple(lines)


def _clock(moment: Moment) -> str:
    """Hours and minutes, or nothing: a wrong clock on the wall is worse than none."""
    if moment.quality == "unset":
        return ""
    return datetime.fromtimestamp(moment.now, moment.zone).strftime("%H:%M")


def _panel(board: Board, address: int, desks: Sequence[str], stale: bool) -> PanelText:
    if stale:
        return PanelText(address, stale=True)
    states = [board.desks[desk] for desk in desks if desk in board.desks]
    shown = max((state for state in states if _number(state)), key=lambda state: state.call_seq, default=None)
    return PanelText(address, _number(shown) if shown else "")


def _number(state: DeskState) -> str:
    """The number a desk calls or serves; a desk between two citizens has none."""
    return state.number if state.phase and state.number else ""
