"""What happens to one wish from "give me a number" to the paper, and when the world stops meanwhile.

Rules: pure; a result counts only for the wish and the ticket that it names.
"""

from dataclasses import replace

from appliance.wire.choices import Offer
from kiosk import events as e
from kiosk.events import Event, Sorry
from kiosk.offered import Accepted, Offered
from kiosk.shown import ShowedAppointment
from kiosk.states import Flow, State, Step, Times, begin, untouched


def take(flow: Flow, event: e.Took, now: float, times: Times) -> Step:
    """The citizen wants a number: ask for it."""
    return _ask(flow, event.request, None, now, times)


def check_in(flow: Flow, event: ShowedAppointment, now: float, times: Times) -> Step:
    """An appointment: ask for its number at once. It says what it is for; what was chosen by hand is forgotten."""
    shown = replace(flow, appointment=event.token, field="", procedure="", service="", remark=None)
    return _ask(shown, event.request, None, now, times)


def offered(flow: Flow, event: Offered, now: float, times: Times) -> Step:
    """Time is short: show what may be had instead."""
    if event.request != flow.request:
        return flow, ()
    choice = replace(flow, state=State.OFFER, offers=event.offers, resumes=event.resumes, page=0)
    return replace(choice, deadline=now + times.browse_s), ()


def accept(flow: Flow, event: Accepted, now: float, times: Times) -> Step:
    """The citizen takes an offer: ask for it."""
    return _ask(flow, event.request, event.offer, now, times)


def _ask(flow: Flow, request: str, accepts: Offer | None, now: float, times: Times) -> Step:
    asking = replace(flow, state=State.ASKING, request=request, deadline=now + times.answer_s)
    wish = e.Ask(request, flow.service, flow.group, flow.language, flow.card, accepts, flow.appointment)
    return asking, (wish,)


def numbered(flow: Flow, event: e.Numbered, now: float, times: Times) -> Step:
    """The number is here: print it."""
    if event.request != flow.request:
        return flow, ()
    printing = replace(flow, state=State.PRINTING, ticket=event.ticket, deadline=now + times.print_s)
    return printing, (e.Print(event.ticket),)


def held(flow: Flow, event: e.Held, now: float, times: Times) -> Step:
    """The card has a number here already: show it, print nothing."""
    if event.request != flow.request:
        return flow, ()
    return replace(flow, state=State.HELD, ticket=event.ticket, deadline=now + times.sorry_s), ()


def denied(flow: Flow, event: e.Denied, now: float, times: Times) -> Step:
    """There is no number for this wish."""
    if event.request != flow.request:
        return flow, ()
    return _sorry(replace(flow, slot=event.slot, opens=event.opens), event.sorry, now, times), ()


def unanswered(flow: Flow, _: Event, now: float, times: Times) -> Step:
    """Nobody answered in time: take the wish back."""
    why = Sorry.UNCHECKED if flow.appointment else Sorry.NO_ANSWER
    return _sorry(flow, why, now, times), (e.Withdraw(flow.request),)


def printed(flow: Flow, event: e.Printed, now: float, times: Times) -> Step:
    """The paper is out."""
    return (replace(flow, state=State.TAKE, deadline=now + times.take_s) if _is_ours(flow, event.ticket) else flow), ()


def doubtful(flow: Flow, event: e.Doubtful, now: float, times: Times) -> Step:
    """Nobody knows whether the paper is out."""
    return (_doubt(flow, now, times) if _is_ours(flow, event.ticket) else flow), ()


def unsent(flow: Flow, event: e.Unsent, now: float, times: Times) -> Step:
    """The paper is certainly not out."""
    return (_sorry(flow, Sorry.NOT_PRINTED, now, times) if _is_ours(flow, event.ticket) else flow), ()


def jammed(flow: Flow, _: Event, now: float, times: Times) -> Step:
    """The printer never told: the ticket is in doubt."""
    return _doubt(flow, now, times), (e.GiveUp(flow.ticket.id if flow.ticket else ""),)


def _sorry(flow: Flow, sorry: Sorry, now: float, times: Times) -> Flow:
    return replace(flow, state=State.SORRY, sorry=sorry, deadline=now + times.sorry_s)


def _doubt(flow: Flow, now: float, times: Times) -> Flow:
    return replace(flow, state=State.DOUBT, deadline=now + times.doubt_s)


def _is_ours(flow: Flow, ticket: str) -> bool:
    return flow.ticket is not None and flow.ticket.id == ticket


# ------------------------------------------------------------------------------------------------- the world stops


def block(flow: Flow, event: e.Blocked, _now: float, _times: Times) -> Step:
    """No number can be had now."""
    out = replace(begin(flow.first_language), state=State.OUT, outage=event.outage)
    out = replace(out, language=flow.language, large=flow.large, dark=flow.dark)
    return replace(out, deadline=None if untouched(out) else flow.deadline), ()


def note_block(flow: Flow, event: e.Blocked, _now: float, _times: Times) -> Step:
    """No number can be had after this one."""
    return replace(flow, outage=event.outage), ()


def note_free(flow: Flow, _: Event, _now: float, _times: Times) -> Step:
    """Numbers can be had again, after this one."""
    return replace(flow, outage=None), ()


def free(flow: Flow, _: Event, _now: float, _times: Times) -> Step:
    """Numbers can be had again."""
    return replace(flow, state=State.START, outage=None), ()
