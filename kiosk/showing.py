"""What a shown code does to the choice of a service.

Rules: pure; each move takes the flow, its one event, the moment (monotonic seconds) and the times, and gives a step.
"""

from dataclasses import replace

from kiosk.shown import Puzzled, Remark, ShowedCard, ShowedReceipt
from kiosk.states import Flow, State, Step, Times


def card(flow: Flow, event: ShowedCard, now: float, times: Times) -> Step:
    """A card: its age may give priority, unless another group was declared by hand."""
    declared = "" if flow.group == flow.aged else flow.group
    known = replace(flow, group=declared or event.group, aged=event.group, card=event.token, remark=Remark.CARD)
    return replace(known, deadline=now + times.browse_s), ()


def receipt(flow: Flow, event: ShowedReceipt, now: float, times: Times) -> Step:
    """A receipt: straight to the last look before the result is collected."""
    there = replace(flow, state=State.REVIEW, trail=((State.START, 0),), page=0, remark=None)
    return replace(there, field=event.field, service=event.service, deadline=now + times.browse_s), ()


def puzzle(flow: Flow, event: Puzzled, now: float, times: Times) -> Step:
    """A code that leads nowhere: say so, and lose nothing."""
    return replace(flow, remark=event.remark, deadline=now + times.browse_s), ()
