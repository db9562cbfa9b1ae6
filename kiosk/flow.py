"""The way of one citizen from the first touch to the paper, as a table.

Rules: pure, `now` is given (monotonic seconds); TRANSITIONS and IGNORED together hold every pair of state and event,
each decided on purpose; one wish is under way at a time, and while it is, touches do nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

from appliance.wire.messages import TicketView
from kiosk import events as e
from kiosk.events import Effect, Event, Outage, Sorry
from kiosk.search import typed


class State(Enum):
    """The page that is shown."""

    START = auto()
    FIELDS = auto()
    SERVICES = auto()
    SEARCH = auto()
    PROCEDURE = auto()
    PRIORITY = auto()
    REVIEW = auto()
    ASKING = auto()
    PRINTING = auto()
    TAKE = auto()
    DOUBT = auto()
    SORRY = auto()
    OUT = auto()


@dataclass(frozen=True)
class Times:
    """How long a page waits for hands, the hub or the printer, in seconds."""

    browse_s: float = 45.0
    answer_s: float = 1.5
    print_s: float = 30.0
    take_s: float = 10.0
    doubt_s: float = 45.0
    sorry_s: float = 20.0


@dataclass(frozen=True)
class Flow:
    """Where the citizen is and what was chosen so far. `deadline` None: nothing to go back from."""

    language: str
    first_language: str
    state: State = State.START
    trail: tuple[State, ...] = ()
    page: int = 0
    field: str = ""
    query: str = ""
    procedure: str = ""
    service: str = ""
    group: str = ""
    request: str = ""
    ticket: TicketView | None = None
    sorry: Sorry = Sorry.NO_ANSWER
    outage: Outage | None = None
    deadline: float | None = None


Step = tuple[Flow, tuple[Effect, ...]]
Move = Callable[[Flow, Any, float, Times], Step]  # Any: each takes the one event that the table gives it


def begin(language: str) -> Flow:
    """The start page in `language`."""
    return Flow(language=language, first_language=language)


def step(flow: Flow, event: Event, now: float, times: Times) -> Step:
    """What `event` makes of `flow`, and what must be done."""
    move = TRANSITIONS.get((flow.state, type(event)))
    return (flow, ()) if move is None else move(flow, event, now, times)


# ------------------------------------------------------------------------------------------------------- choosing


def _turn_to(flow: Flow, state: State, now: float, times: Times) -> Flow:
    """The next page, one step further on the trail."""
    return replace(flow, state=state, trail=(*flow.trail, flow.state), deadline=now + times.browse_s)


def _speak(flow: Flow, event: e.Spoke, now: float, times: Times) -> Step:
    spoken = replace(flow, language=event.language)
    return replace(spoken, deadline=None if _untouched(spoken) else now + times.browse_s), ()


def _look(flow: Flow, event: e.Looked, now: float, times: Times) -> Step:
    at_list = flow if flow.state is State.FIELDS else _turn_to(flow, State.FIELDS, now, times)
    return replace(at_list, page=event.page, deadline=now + times.browse_s), ()


def _choose(flow: Flow, event: e.Chose, now: float, times: Times) -> Step:
    return replace(_turn_to(flow, State.SERVICES, now, times), field=event.field), ()


def _want(flow: Flow, event: e.Wanted, now: float, times: Times) -> Step:
    return replace(_turn_to(flow, State.REVIEW, now, times), service=event.service), ()


def _seek(flow: Flow, _: Event, now: float, times: Times) -> Step:
    return replace(_turn_to(flow, State.SEARCH, now, times), query="", page=0), ()


def _type(flow: Flow, event: e.Typed, now: float, times: Times) -> Step:
    return replace(flow, query=typed(flow.query, event.letter), page=0, deadline=now + times.browse_s), ()


def _erase(flow: Flow, event: e.Erased, now: float, times: Times) -> Step:
    left = "" if event.everything else flow.query[:-1]
    return replace(flow, query=left, page=0, deadline=now + times.browse_s), ()


def _leaf(flow: Flow, event: e.Leafed, now: float, times: Times) -> Step:
    return replace(flow, page=event.page, deadline=now + times.browse_s), ()


def _pick(flow: Flow, event: e.Picked, now: float, times: Times) -> Step:
    picked = _turn_to(flow, State.PROCEDURE, now, times)
    return replace(picked, procedure=event.procedure, service=event.service), ()


def _ask_priority(flow: Flow, _: Event, now: float, times: Times) -> Step:
    return _turn_to(flow, State.PRIORITY, now, times), ()


def _declare(flow: Flow, event: e.Declared, now: float, times: Times) -> Step:
    return _back(replace(flow, group=event.group), event, now, times)


def _back(flow: Flow, _: Event, now: float, times: Times) -> Step:
    back = replace(flow, state=flow.trail[-1], trail=flow.trail[:-1])
    return replace(back, deadline=None if _untouched(back) else now + times.browse_s), ()


def _home(flow: Flow, _: Event, _now: float, _times: Times) -> Step:
    fresh = replace(begin(flow.first_language), outage=flow.outage)
    return replace(fresh, state=State.OUT if flow.outage else State.START), ()


def _stay(flow: Flow, _: Event, now: float, times: Times) -> Step:
    return replace(flow, deadline=None if _untouched(flow) else now + times.browse_s), ()


def _untouched(flow: Flow) -> bool:
    at_start = flow.state in (State.START, State.OUT)
    return at_start and flow.language == flow.first_language and not flow.group


# --------------------------------------------------------------------------------------------------- one ticket


def _take(flow: Flow, event: e.Took, now: float, times: Times) -> Step:
    asking = replace(flow, state=State.ASKING, request=event.request, deadline=now + times.answer_s)
    return asking, (e.Ask(event.request, flow.service, flow.group, flow.language),)


def _numbered(flow: Flow, event: e.Numbered, now: float, times: Times) -> Step:
    if event.request != flow.request:
        return flow, ()
    printing = replace(flow, state=State.PRINTING, ticket=event.ticket, deadline=now + times.print_s)
    return printing, (e.Print(event.ticket),)


def _denied(flow: Flow, event: e.Denied, now: float, times: Times) -> Step:
    return (_sorry(flow, event.sorry, now, times) if event.request == flow.request else flow), ()


def _unanswered(flow: Flow, _: Event, now: float, times: Times) -> Step:
    return _sorry(flow, Sorry.NO_ANSWER, now, times), (e.Withdraw(flow.request),)


def _printed(flow: Flow, event: e.Printed, now: float, times: Times) -> Step:
    return (replace(flow, state=State.TAKE, deadline=now + times.take_s) if _is_ours(flow, event.ticket) else flow), ()


def _doubtful(flow: Flow, event: e.Doubtful, now: float, times: Times) -> Step:
    return (_doubt(flow, now, times) if _is_ours(flow, event.ticket) else flow), ()


def _unsent(flow: Flow, event: e.Unsent, now: float, times: Times) -> Step:
    return (_sorry(flow, Sorry.NOT_PRINTED, now, times) if _is_ours(flow, event.ticket) else flow), ()


def _jammed(flow: Flow, _: Event, now: float, times: Times) -> Step:
    return _doubt(flow, now, times), (e.GiveUp(flow.ticket.id if flow.ticket else ""),)


def _sorry(flow: Flow, sorry: Sorry, now: float, times: Times) -> Flow:
    return replace(flow, state=State.SORRY, sorry=sorry, deadline=now + times.sorry_s)


def _doubt(flow: Flow, now: float, times: Times) -> Flow:
    return replace(flow, state=State.DOUBT, deadline=now + times.doubt_s)


def _is_ours(flow: Flow, ticket: str) -> bool:
    return flow.ticket is not None and flow.ticket.id == ticket


# ------------------------------------------------------------------------------------------------- the world stops


def _block(flow: Flow, event: e.Blocked, _now: float, _times: Times) -> Step:
    out = replace(begin(flow.first_language), state=State.OUT, outage=event.outage)
    out = replace(out, language=flow.language)
    return replace(out, deadline=None if _untouched(out) else flow.deadline), ()


def _note_block(flow: Flow, event: e.Blocked, _now: float, _times: Times) -> Step:
    return replace(flow, outage=event.outage), ()


def _note_free(flow: Flow, _: Event, _now: float, _times: Times) -> Step:
    return replace(flow, outage=None), ()


def _free(flow: Flow, _: Event, _now: float, _times: Times) -> Step:
    return replace(flow, state=State.START, outage=None), ()


# ------------------------------------------------------------------------------------------------------ the table

_BROWSING = (
    *(State.START, State.FIELDS, State.SERVICES, State.SEARCH, State.PROCEDURE),
    *(State.PRIORITY, State.REVIEW),
)
_INSIDE = _BROWSING[1:]
_LAST_LOOK = (State.PROCEDURE, State.REVIEW)
_BUSY = (State.ASKING, State.PRINTING)
_ENDING = (State.TAKE, State.DOUBT, State.SORRY)
_KEYS = (e.Typed, e.Erased, e.Leafed, e.Picked)
_HANDS = (e.Looked, e.Chose, e.Wanted, e.Sought, *_KEYS, e.AskedPriority, e.Declared, e.Took, e.WentBack)
_RESULTS = (e.Numbered, e.Denied, e.Printed, e.Doubtful, e.Unsent)

TRANSITIONS: dict[tuple[State, type], Move] = {
    **{(state, e.Spoke): _speak for state in (*_BROWSING, State.OUT)},
    **{(state, e.Stayed): _stay for state in (*_BROWSING, State.OUT)},
    **{(state, e.WentBack): _back for state in _INSIDE},
    **{(state, e.WentHome): _home for state in (*_INSIDE, *_ENDING)},
    **{(state, e.Expired): _home for state in (*_BROWSING, *_ENDING, State.OUT)},
    **{(state, e.AskedPriority): _ask_priority for state in (State.START, State.PROCEDURE, State.REVIEW)},
    **{(state, e.Looked): _look for state in (State.START, State.FIELDS)},
    **{(state, e.Chose): _choose for state in (State.START, State.FIELDS)},
    **{(state, e.Wanted): _want for state in (State.START, State.FIELDS, State.SERVICES)},
    (State.START, e.Sought): _seek,
    (State.SEARCH, e.Typed): _type,
    (State.SEARCH, e.Erased): _erase,
    (State.SEARCH, e.Leafed): _leaf,
    (State.SEARCH, e.Picked): _pick,
    (State.PRIORITY, e.Declared): _declare,
    **{(state, e.Took): _take for state in _LAST_LOOK},
    (State.ASKING, e.Numbered): _numbered,
    (State.ASKING, e.Denied): _denied,
    (State.ASKING, e.Expired): _unanswered,
    (State.PRINTING, e.Printed): _printed,
    (State.PRINTING, e.Doubtful): _doubtful,
    (State.PRINTING, e.Unsent): _unsent,
    (State.PRINTING, e.Expired): _jammed,
    **{(state, e.Blocked): _block for state in (*_BROWSING, State.OUT)},
    **{(state, e.Blocked): _note_block for state in (*_BUSY, *_ENDING)},
    **{(state, e.Freed): _note_free for state in (*_BUSY, *_ENDING)},
    (State.OUT, e.Freed): _free,
}
"""What happens."""

IGNORED: frozenset[tuple[State, type]] = frozenset(
    # Somebody drums on the screen while the paper is coming, or after it came: one wish, one ticket.
    {(state, hand) for state in (*_BUSY, *_ENDING) for hand in (*_HANDS, e.Spoke, e.Stayed)}
    | {(state, e.WentHome) for state in _BUSY}
    # Out of service: there is nothing to choose.
    | {(State.OUT, hand) for hand in (*_HANDS, e.WentHome)}
    # A finger that was faster than the picture: the target it meant is not on this page any more.
    | {(state, e.Took) for state in _BROWSING if state not in _LAST_LOOK}
    | {(state, e.Declared) for state in _BROWSING if state is not State.PRIORITY}
    | {(state, hand) for state in _INSIDE if state is not State.FIELDS for hand in (e.Looked, e.Chose)}
    | {(state, e.Wanted) for state in (State.SEARCH, State.PROCEDURE, State.PRIORITY, State.REVIEW)}
    | {(state, e.AskedPriority) for state in (State.FIELDS, State.SERVICES, State.SEARCH, State.PRIORITY)}
    | {(state, e.Sought) for state in _INSIDE}
    | {(state, key) for state in _BROWSING if state is not State.SEARCH for key in _KEYS}
    | {(State.START, e.WentBack), (State.START, e.WentHome)}
    # A result that nobody waits for any more: its wish was withdrawn, its ticket is settled in the journal.
    | {(state, result) for state in (*_BROWSING, *_ENDING, State.OUT) for result in _RESULTS}
    | {(State.ASKING, result) for result in (e.Printed, e.Doubtful, e.Unsent)}
    | {(State.PRINTING, result) for result in (e.Numbered, e.Denied)}
    # It was free all along.
    | {(state, e.Freed) for state in _BROWSING}
)
"""What does not happen, and why."""
