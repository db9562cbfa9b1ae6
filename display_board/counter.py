"""From what is known to what a counter's own screen shows: one card for each of its desks.

Rules: pure; a card says what its desk's newest state says; a desk nobody has heard of has a card that says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from appliance.wire.messages import DeskState
from appliance.wire.site import SiteDocument
from display_board.announce import pulse_level, pulsing_since
from display_board.board import is_stale
from display_board.compose import NUMBER_LIMIT, PLACE_LIMIT, Scene, clock, turn_at
from display_board.readable import readable
from display_board.views import CounterView, DeskCard, DeskMode, Second
from display_board.words import below, spoken

CARDS_THAT_FIT = 6

_PHASES = {"calling": DeskMode.CALLING, "serving": DeskMode.SERVING}
_STATUSES = {"open": DeskMode.OPEN, "paused": DeskMode.PAUSED, "closed": DeskMode.CLOSED}


@dataclass(frozen=True)
class Seats:
    """Which desks a counter's screen shows, in this order, and its second language."""

    desks: Sequence[str]
    second: Second = "en"


def compose_counter(scene: Scene, seats: Seats) -> CounterView:
    """The picture of a counter's screen."""
    return CounterView(
        cards=tuple(_card(desk, scene, seats.second) for desk in seats.desks),
        clock=clock(scene.moment),
        stale=is_stale(scene.board, scene.moment.elapsed),
        turn=turn_at(scene.moment.elapsed) if len(seats.desks) > CARDS_THAT_FIT else 0,
        second=seats.second,
    )


def _card(desk: str, scene: Scene, second: Second) -> DeskCard:
    state = scene.board.desks.get(desk)
    if state is None:
        return DeskCard(desk, readable(_known_label(desk, scene.words), PLACE_LIMIT), DeskMode.UNKNOWN, second=second)
    at_desk = bool(state.number and state.phase)
    citizens = spoken(state.lang, second)
    since = pulsing_since(scene.announcer, state.call_seq, scene.moment.elapsed) if at_desk else None
    return DeskCard(
        desk=desk,
        place=readable(state.label, PLACE_LIMIT),
        mode=_mode(state),
        number=readable(state.number, NUMBER_LIMIT) if at_desk and state.number else "",
        next=readable(state.next, NUMBER_LIMIT) if state.next else "",
        seq=state.call_seq,
        times=state.times,
        second=citizens,
        place_second=_place_second(state.counter, scene.words, citizens),
        pulse=pulse_level(since, scene.moment.elapsed) if since is not None else 0,
        fresh=since is not None,
    )


def _mode(state: DeskState) -> DeskMode:
    if state.number and state.phase:
        return _PHASES[state.phase]
    return _STATUSES[state.status]


def _known_label(desk: str, words: SiteDocument | None) -> str:
    labels = [known.label for known in words.desks if known.id == desk] if words else []
    return labels[0] if labels else desk.upper()


def _place_second(counter: str, words: SiteDocument | None, second: Second) -> str:
    labels = [known.label for known in words.counters if known.id == counter] if words else []
    return readable(below(labels[0], second), PLACE_LIMIT) if labels else ""
