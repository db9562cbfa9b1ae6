"""What a citizen's touches do while a service is being chosen.

Rules: pure; each move takes the flow, its one event, the moment (monotonic seconds) and the times, and gives a step.
"""

from dataclasses import replace

from kiosk import events as e
from kiosk.events import Event
from kiosk.search import typed
from kiosk.states import Flow, State, Step, Times, begin, untouched


def _turn_to(flow: Flow, state: State, now: float, times: Times) -> Flow:
    """The next page, one step further on the trail."""
    trail = (*flow.trail, (flow.state, flow.page))
    return replace(flow, state=state, trail=trail, page=0, remark=None, deadline=now + times.browse_s)


def speak(flow: Flow, event: e.Spoke, now: float, times: Times) -> Step:
    """A language was chosen."""
    return _read_anew(replace(flow, language=event.language), now, times)


def enlarge(flow: Flow, event: e.Enlarged, now: float, times: Times) -> Step:
    """The words became larger, or as they were."""
    return _read_anew(replace(flow, large=event.large), now, times)


def darken(flow: Flow, event: e.Darkened, now: float, times: Times) -> Step:
    """The page became black, or as it was."""
    return _read_anew(replace(flow, dark=event.dark), now, times)


def _read_anew(flow: Flow, now: float, times: Times) -> Step:
    """The same page in other words: its leaves are others now, so it begins with the first."""
    return replace(flow, page=0, deadline=None if untouched(flow) else now + times.browse_s), ()


def look(flow: Flow, _: Event, now: float, times: Times) -> Step:
    """The list of fields was opened."""
    return _turn_to(flow, State.FIELDS, now, times), ()


def choose(flow: Flow, event: e.Chose, now: float, times: Times) -> Step:
    """A field was chosen."""
    return replace(_turn_to(flow, State.SERVICES, now, times), field=event.field), ()


def want(flow: Flow, event: e.Wanted, now: float, times: Times) -> Step:
    """A service was chosen."""
    return replace(_turn_to(flow, State.REVIEW, now, times), service=event.service), ()


def seek(flow: Flow, _: Event, now: float, times: Times) -> Step:
    """The search was opened."""
    return replace(_turn_to(flow, State.SEARCH, now, times), query=""), ()


def spell(flow: Flow, event: e.Typed, now: float, times: Times) -> Step:
    """A letter was touched."""
    return replace(flow, query=typed(flow.query, event.letter), page=0, deadline=now + times.browse_s), ()


def erase(flow: Flow, event: e.Erased, now: float, times: Times) -> Step:
    """Letters were taken back."""
    left = "" if event.everything else flow.query[:-1]
    return replace(flow, query=left, page=0, deadline=now + times.browse_s), ()


def leaf(flow: Flow, event: e.Leafed, now: float, times: Times) -> Step:
    """A list was turned to another page of it."""
    return replace(flow, page=event.page, deadline=now + times.browse_s), ()


def pick(flow: Flow, event: e.Picked, now: float, times: Times) -> Step:
    """A procedure was chosen."""
    picked = _turn_to(flow, State.PROCEDURE, now, times)
    return replace(picked, procedure=event.procedure, service=event.service), ()


def ask_priority(flow: Flow, _: Event, now: float, times: Times) -> Step:
    """The list of priority groups was opened."""
    return _turn_to(flow, State.PRIORITY, now, times), ()


def declare(flow: Flow, event: e.Declared, now: float, times: Times) -> Step:
    """A priority group was declared, or taken back."""
    return back(replace(flow, group=event.group), event, now, times)


def back(flow: Flow, _: Event, now: float, times: Times) -> Step:
    """One page back."""
    state, page = flow.trail[-1]
    before = replace(flow, state=state, page=page, trail=flow.trail[:-1], remark=None)
    return replace(before, deadline=None if untouched(before) else now + times.browse_s), ()


def home(flow: Flow, _: Event, _now: float, _times: Times) -> Step:
    """Back to the start, everything forgotten."""
    fresh = replace(begin(flow.first_language), outage=flow.outage)
    return replace(fresh, state=State.OUT if flow.outage else State.START), ()


def stay(flow: Flow, _: Event, now: float, times: Times) -> Step:
    """Somebody is still there."""
    return replace(flow, deadline=None if untouched(flow) else now + times.browse_s), ()
