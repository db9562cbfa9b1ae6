"""Codes shown at any moment: they choose and remind, they never take a number and never disturb one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import events as e
from kiosk.events import Sorry
from kiosk.flow import step
from kiosk.offered import Accepted, Offered
from kiosk.shown import Puzzled, Remark, ShowedAppointment, ShowedCard, ShowedReceipt
from kiosk.states import Flow, State, Times, begin, untouched
from tests.kiosk_scene import REQUEST, TICKET

TIMES = Times()
TOKEN = "c0ffee" + 26 * "0"
OTHER = "00000000-0000-4000-8000-000000000000"
CARD, YOUNG = ShowedCard("old", TOKEN), ShowedCard("", TOKEN[::-1])
SHOWN = (CARD, YOUNG, ShowedReceipt("gtvt", "gtvt-tra"), Puzzled(Remark.UNKNOWN), Puzzled(Remark.APPOINTMENT))
TO_ASKING = (CARD, e.Chose("tnmt"), e.Wanted("tnmt-nop"), e.Took(REQUEST))


def walk(*events: e.Event, flow: Flow | None = None) -> tuple[Flow, list[e.Effect]]:
    flow, effects = flow or begin("vi"), []
    for second, event in enumerate(events):
        flow, more = step(flow, event, float(second), TIMES)
        effects += more
    return flow, effects


def test_the_wish_carries_group_and_token_and_the_next_citizen_has_neither() -> None:
    flow, effects = walk(*TO_ASKING)
    assert effects == [e.Ask(REQUEST, "tnmt-nop", "old", "vi", TOKEN)]
    flow, _ = walk(e.Numbered(REQUEST, TICKET), e.Printed(TICKET.id), e.WentHome(), flow=flow)
    assert flow == begin("vi")
    flow, _ = walk(CARD, e.Expired())
    assert flow == begin("vi"), "whoever walks away takes the card along"


def test_an_old_card_on_the_start_page_is_somebody() -> None:
    flow, _ = walk(YOUNG)
    assert not untouched(flow)
    assert flow.deadline == TIMES.browse_s


def test_who_has_a_number_sees_it_and_nothing_is_printed() -> None:
    flow, effects = walk(*TO_ASKING, e.Held(REQUEST, TICKET))
    assert (flow.state, flow.ticket) == (State.HELD, TICKET)
    assert [type(effect) for effect in effects] == [e.Ask]
    assert walk(e.Expired(), flow=flow)[0] == begin("vi")


def test_a_number_that_another_wish_ran_into_is_not_shown() -> None:
    assert walk(*TO_ASKING, e.Held(OTHER, TICKET))[0].state is State.ASKING
    assert walk(*TO_ASKING, e.Expired(), e.Held(REQUEST, TICKET))[0].state is State.SORRY


def test_a_receipt_can_be_left_again_by_the_way_back() -> None:
    flow, effects = walk(e.Sought(), e.Typed("x"), ShowedReceipt("gtvt", "gtvt-tra"))
    assert (flow.state, flow.service) == (State.REVIEW, "gtvt-tra")
    assert effects == []
    assert walk(e.WentBack(), flow=flow)[0].state is State.START


@pytest.mark.parametrize("state", [State.ASKING, State.PRINTING, State.TAKE, State.HELD, State.DOUBT, State.SORRY])
@pytest.mark.parametrize("shown", [*SHOWN, ShowedAppointment(TOKEN, OTHER)])
def test_on_the_way_of_a_ticket_a_code_is_not_there(state: State, shown: e.Event) -> None:
    flow = replace(begin("vi"), state=state, request=REQUEST, ticket=TICKET, deadline=9.0)
    assert step(flow, shown, 1.0, TIMES) == (flow, ())


def test_an_appointment_is_asked_for_at_once_and_says_itself_what_for() -> None:
    flow, effects = walk(e.Chose("tnmt"), e.Wanted("tnmt-nop"), ShowedAppointment(TOKEN, REQUEST))
    assert effects == [e.Ask(REQUEST, "", "", "vi", appointment=TOKEN)]
    assert walk(e.Expired(), flow=flow)[0].sorry is Sorry.UNCHECKED
    offered, _ = walk(Offered(REQUEST, ("anyway",)), flow=flow)
    assert walk(Accepted("anyway", OTHER), flow=offered)[1] == [
        e.Ask(OTHER, "", "", "vi", accept="anyway", appointment=TOKEN)
    ]
    early, _ = walk(e.Denied(REQUEST, Sorry.EARLY, "slot", "opens"), flow=flow)
    assert (early.state, early.slot, early.opens) == (State.SORRY, "slot", "opens")
    assert walk(e.WentHome(), flow=early)[0] == begin("vi")


@given(st.lists(st.sampled_from([*SHOWN, e.Chose("tnmt"), e.WentBack(), e.AskedPriority(), e.Declared("pregnant")])))
def test_whatever_is_shown_no_number_is_asked_for_and_priority_is_the_hands_or_the_cards(events: list[e.Event]) -> None:
    flow, effects = walk(*events)
    assert effects == []
    assert flow.group in ("", "old", "pregnant")
    assert TOKEN not in repr(flow)
    cards = [event for event in events if isinstance(event, ShowedCard)]
    assert flow.card == (cards[-1].token if cards else "")
    if flow.group == "old":
        assert cards[-1] is CARD, "the group of a card goes with the next one"
