"""The way of one citizen from the first touch to the paper, as a table.

Rules: pure, `now` is given (monotonic seconds); TRANSITIONS and IGNORED together hold every pair of state and event,
each decided on purpose; one wish is under way at a time, and while it is, touches do nothing.
"""

from kiosk import choosing, fetching, showing
from kiosk import events as e
from kiosk.events import Event
from kiosk.offered import Accepted, Offered
from kiosk.shown import Puzzled, ShowedAppointment, ShowedCard, ShowedReceipt
from kiosk.states import Flow, Move, State, Step, Times


def step(flow: Flow, event: Event, now: float, times: Times) -> Step:
    """What `event` makes of `flow`, and what must be done."""
    move = TRANSITIONS.get((flow.state, type(event)))
    return (flow, ()) if move is None else move(flow, event, now, times)


_BROWSING = (
    *(State.START, State.FIELDS, State.SERVICES, State.SEARCH, State.PROCEDURE),
    *(State.PRIORITY, State.REVIEW),
)
_INSIDE = _BROWSING[1:]
_LAST_LOOK = (State.PROCEDURE, State.REVIEW)
_BUSY = (State.ASKING, State.PRINTING)
_CHOOSING = (*_BROWSING, State.OFFER)
_ENDING = (State.TAKE, State.HELD, State.DOUBT, State.SORRY)
_READING: dict[type, Move] = {e.Spoke: choosing.speak, e.Enlarged: choosing.enlarge, e.Darkened: choosing.darken}
_KEYS = (e.Typed, e.Erased, e.Picked)
_HANDS = (
    *(e.Looked, e.Chose, e.Wanted, e.Sought, *_KEYS, e.Leafed, e.AskedPriority, e.Declared, e.Took, Accepted),
    e.WentBack,
)
_SHOWING: dict[type, Move] = {
    ShowedCard: showing.card,
    ShowedReceipt: showing.receipt,
    ShowedAppointment: fetching.check_in,
    Puzzled: showing.puzzle,
}
_RESULTS = (e.Numbered, e.Held, Offered, e.Denied, e.Printed, e.Doubtful, e.Unsent)

TRANSITIONS: dict[tuple[State, type], Move] = {
    **{(state, wish): move for state in (*_CHOOSING, State.OUT) for wish, move in _READING.items()},
    **{(state, e.Stayed): choosing.stay for state in (*_CHOOSING, State.OUT)},
    **{(state, e.WentBack): choosing.back for state in _INSIDE},
    **{(state, e.WentHome): choosing.home for state in (*_INSIDE, State.OFFER, *_ENDING)},
    **{(state, e.Expired): choosing.home for state in (*_CHOOSING, *_ENDING, State.OUT)},
    **{(state, e.AskedPriority): choosing.ask_priority for state in (State.START, State.PROCEDURE, State.REVIEW)},
    (State.START, e.Looked): choosing.look,
    **{(state, e.Leafed): choosing.leaf for state in (*_INSIDE, State.OFFER)},
    **{(state, e.Chose): choosing.choose for state in (State.START, State.FIELDS)},
    **{(state, e.Wanted): choosing.want for state in (State.START, State.FIELDS, State.SERVICES)},
    (State.START, e.Sought): choosing.seek,
    (State.SEARCH, e.Typed): choosing.spell,
    (State.SEARCH, e.Erased): choosing.erase,
    (State.SEARCH, e.Picked): choosing.pick,
    (State.PRIORITY, e.Declared): choosing.declare,
    **{(state, shown): move for state in _BROWSING for shown, move in _SHOWING.items()},
    **{(state, e.Took): fetching.take for state in _LAST_LOOK},
    (State.OFFER, Accepted): fetching.accept,
    (State.ASKING, e.Numbered): fetching.numbered,
    (State.ASKING, e.Held): fetching.held,
    (State.ASKING, Offered): fetching.offered,
    (State.ASKING, e.Denied): fetching.denied,
    (State.ASKING, e.Expired): fetching.unanswered,
    (State.PRINTING, e.Printed): fetching.printed,
    (State.PRINTING, e.Doubtful): fetching.doubtful,
    (State.PRINTING, e.Unsent): fetching.unsent,
    (State.PRINTING, e.Expired): fetching.jammed,
    **{(state, e.Blocked): fetching.block for state in (*_CHOOSING, State.OUT)},
    **{(state, e.Blocked): fetching.note_block for state in (*_BUSY, *_ENDING)},
    **{(state, e.Freed): fetching.note_free for state in (*_BUSY, *_ENDING)},
    (State.OUT, e.Freed): fetching.free,
}
"""What happens."""

IGNORED: frozenset[tuple[State, type]] = frozenset(
    # Somebody drums on the screen while the paper is coming, or after it came: one wish, one ticket.
    {(state, hand) for state in (*_BUSY, *_ENDING) for hand in (*_HANDS, *_READING, e.Stayed)}
    | {(state, e.WentHome) for state in _BUSY}
    # A card that still lies before the scanner when its ticket comes; a code shown to a machine out of service.
    | {(state, shown) for state in (State.OFFER, *_BUSY, *_ENDING, State.OUT) for shown in _SHOWING}
    # Out of service: there is nothing to choose.
    | {(State.OUT, hand) for hand in (*_HANDS, e.WentHome)}
    # A finger that was faster than the picture: the target it meant is not on this page any more.
    | {(state, e.Took) for state in _BROWSING if state not in _LAST_LOOK}
    | {(state, e.Declared) for state in _BROWSING if state is not State.PRIORITY}
    | {(state, e.Chose) for state in _INSIDE if state is not State.FIELDS}
    | {(state, e.Looked) for state in _INSIDE}
    | {(state, e.Wanted) for state in (State.SEARCH, State.PROCEDURE, State.PRIORITY, State.REVIEW)}
    | {(state, e.AskedPriority) for state in (State.FIELDS, State.SERVICES, State.SEARCH, State.PRIORITY)}
    | {(state, e.Sought) for state in _INSIDE}
    | {(state, key) for state in _BROWSING if state is not State.SEARCH for key in _KEYS}
    | {(State.START, hand) for hand in (e.WentBack, e.WentHome, e.Leafed)}
    | {(state, Accepted) for state in _BROWSING}
    | {(State.OFFER, hand) for hand in _HANDS if hand not in (Accepted, e.Leafed)}
    # A result that nobody waits for any more: its wish was withdrawn, its ticket is settled in the journal.
    | {(state, result) for state in (*_CHOOSING, *_ENDING, State.OUT) for result in _RESULTS}
    | {(State.ASKING, result) for result in (e.Printed, e.Doubtful, e.Unsent)}
    | {(State.PRINTING, result) for result in (e.Numbered, e.Held, Offered, e.Denied)}
    # It was free all along.
    | {(state, e.Freed) for state in _CHOOSING}
)
"""What does not happen, and why."""
