"""From what is known to what is shown in the hall: one picture for a screen, one text for every LED panel.

Rules: pure; the picture depends on the states and on the moment only, never on the order in which they came.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from appliance.wire.choices import ClockQuality
from appliance.wire.messages import DeskState
from appliance.wire.site import CounterWords, SiteDocument
from display_board.announce import Announcer, newest_pulsing, pulse_level, pulsing_since
from display_board.board import Board, is_stale
from display_board.calls import Called, calls_at_desks
from display_board.readable import readable
from display_board.views import Arrow, BoardView, CallLine, LedView, Mode, PanelText, QueueLine, Second
from display_board.words import below, spoken

TURN_S = 8.0
"""How long a part stands when not everything fits at once."""
CALLS_THAT_FIT = 6
QUEUES_THAT_FIT = 1
NOTICE_THAT_FITS = 40
"""On any screen, without turns."""
NOTICE_LIMIT = 1000
NUMBER_LIMIT = 8
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
class Scene:
    """All that a view may depend on. `lead` is the call that this very picture announces, None for any other one."""

    board: Board
    announcer: Announcer
    words: SiteDocument | None
    moment: Moment
    lead: Called | None = None


@dataclass(frozen=True)
class Choice:
    """What one screen shows: calls of these desks and counters (none named: all), in which second language.

    The way to a counter: as `arrows` says, else as the centre's data says, else `arrow`.
    """

    desks: frozenset[str] = frozenset()
    counters: frozenset[str] = frozenset()
    arrow: Arrow = Arrow.RIGHT
    arrows: Mapping[str, Arrow] = field(default_factory=dict)
    second: Second = "en"

    def takes(self, call: Called) -> bool:
        """Whether `call` belongs on this screen."""
        everything = not self.desks and not self.counters
        return everything or call.desk in self.desks or call.counter in self.counters


def compose(scene: Scene, choice: Choice) -> BoardView:
    """The picture of a hall's screen."""
    board, moment = scene.board, scene.moment
    calls = [call for call in calls_at_desks(board) if choice.takes(call)]
    hero = _hero(calls, scene)
    others = sorted((call for call in calls if call is not hero), key=lambda call: call.serving)
    lines = tuple(_line(call, choice, scene) for call in others)
    queues = _queues(board, scene.words, choice.second)
    notice = readable(board.site.notice, NOTICE_LIMIT) if board.site else ""
    since = pulsing_since(scene.announcer, hero.seq, moment.elapsed) if hero else None
    all_fits = len(lines) <= CALLS_THAT_FIT and len(queues) <= QUEUES_THAT_FIT and len(notice) <= NOTICE_THAT_FITS
    return BoardView(
        mode=_mode(board, hero),
        centre=readable(scene.words.name.vi, NAME_LIMIT) if scene.words else "",
        hero=_line(hero, choice, scene) if hero else None,
        calls=lines,
        queues=queues,
        waiting=sum(queue.waiting for queue in queues),
        clock=clock(moment),
        notice=notice,
        stale=is_stale(board, moment.elapsed),
        pulse=pulse_level(since, moment.elapsed) if since is not None else 0,
        turn=0 if all_fits else turn_at(moment.elapsed),
        second=choice.second,
    )


def compose_led(board: Board, panels: Mapping[int, Sequence[str]], moment: Moment) -> LedView:
    """The text of every panel: address → the desks it stands for; the desk that called last wins."""
    stale = is_stale(board, moment.elapsed)
    return LedView(tuple(_panel(board, address, desks, stale) for address, desks in sorted(panels.items())))


def turn_at(elapsed: float) -> int:
    """The number of the turn at monotonic second `elapsed`; 0 is kept for pictures without turns."""
    return int(elapsed / TURN_S) + 1


def next_turn_at(turn: int, elapsed: float) -> float | None:
    """The monotonic second of the next turn, or None when all fits at once."""
    return None if turn == 0 else (int(elapsed / TURN_S) + 1) * TURN_S


def clock(moment: Moment) -> str:
    """Hours and minutes, or nothing: a wrong clock on the wall is worse than none."""
    if moment.quality == "unset":
        return ""
    return datetime.fromtimestamp(moment.now, moment.zone).strftime("%H:%M")


def _hero(calls: Sequence[Called], scene: Scene) -> Called | None:
    """The call just announced, be it a recall of an older one; else the newest whom the hall looks for; else newest."""
    by_seq = {call.seq: call for call in calls}
    lead = [by_seq[scene.lead.seq]] if scene.lead and scene.lead.seq in by_seq else []
    announced = [by_seq[seq] for seq in newest_pulsing(scene.announcer, scene.moment.elapsed) if seq in by_seq]
    return next(iter([*lead, *announced, *(call for call in calls if not call.serving), *calls]), None)


def _line(call: Called, choice: Choice, scene: Scene) -> CallLine:
    counter = _counter(call.counter, scene.words)
    place = readable(call.label, PLACE_LIMIT)
    second = spoken(call.lang, choice.second)
    return CallLine(
        seq=call.seq,
        times=call.times,
        number=readable(call.number, NUMBER_LIMIT),
        place=place,
        place_short=_short(place),
        second=second,
        place_second=readable(below(counter.label, second), PLACE_LIMIT) if counter else "",
        arrow=_arrow(call.counter, counter, choice),
        fresh=pulsing_since(scene.announcer, call.seq, scene.moment.elapsed) is not None,
        serving=call.serving,
    )


def _counter(counter: str, words: SiteDocument | None) -> CounterWords | None:
    return next((known for known in words.counters if known.id == counter), None) if words else None


def _arrow(counter: str, known: CounterWords | None, choice: Choice) -> Arrow:
    if counter in choice.arrows:
        return choice.arrows[counter]
    ways = [arrow for arrow in Arrow if known is not None and arrow.value == known.way]
    return ways[0] if ways else choice.arrow


def _short(place: str) -> str:
    """What is left of a place under the heading "Quầy"."""
    rest = place.removeprefix("Quầy ").strip() or place
    return rest[:1].upper() + rest[1:]


def _mode(board: Board, hero: Called | None) -> Mode:
    if hero is not None:
        return Mode.CALLING
    if board.site is None:
        return Mode.STARTING
    return Mode.WAITING if board.site.open else Mode.CLOSED


def _queues(board: Board, words: SiteDocument | None, second: Second) -> tuple[QueueLine, ...]:
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
                name=readable(named.name.vi, PLACE_LIMIT) if named else "",
                waiting=state.waiting,
                minutes=(state.wait.low_min, state.wait.high_min) if state.wait else None,
                name_second=readable(below(named.name, second), PLACE_LIMIT) if named else "",
            )
        )
    return tuple(lines)


def _panel(board: Board, address: int, desks: Sequence[str], stale: bool) -> PanelText:
    if stale:
        return PanelText(address, stale=True)
    states = [board.desks[desk] for desk in desks if desk in board.desks]
    shown = max((state for state in states if _number(state)), key=lambda state: state.call_seq, default=None)
    return PanelText(address, _number(shown) if shown else "")


def _number(state: DeskState) -> str:
    """The number a desk calls or serves; a desk between two citizens has none."""
    return state.number if state.phase and state.number else ""
