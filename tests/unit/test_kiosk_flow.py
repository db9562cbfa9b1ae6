"""One citizen at a time, one ticket for one wish, and a way back from everywhere."""

from dataclasses import replace
from itertools import chain, product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import events as e
from kiosk.events import Effect, Event, Outage, Sorry
from kiosk.flow import IGNORED, TRANSITIONS, step
from kiosk.offered import Accepted, Offered
from kiosk.states import Flow, State, Times, begin
from tests.kiosk_scene import REQUEST, TICKET

TIMES = Times()
OTHER = "00000000-0000-4000-8000-000000000000"


def walk(*events: Event, flow: Flow | None = None) -> tuple[Flow, list[Effect]]:
    """Where `events` lead, a second apart, and all that is to be done."""
    flow = flow or begin("vi")
    effects: list[Effect] = []
    for second, event in enumerate(events):
        flow, more = step(flow, event, float(second), TIMES)
        effects += more
    return flow, effects


TO_REVIEW = (e.Chose("tnmt"), e.Wanted("tnmt-nop"))
TO_ASKING = (*TO_REVIEW, e.Took(REQUEST))
TO_PRINTING = (*TO_ASKING, e.Numbered(REQUEST, TICKET))
TO_TAKE = (*TO_PRINTING, e.Printed(TICKET.id))


def test_every_pair_of_state_and_event_is_decided_on_purpose() -> None:
    assert set(product(State, get_args(Event))) == TRANSITIONS.keys() | IGNORED
    assert not TRANSITIONS.keys() & IGNORED


def test_from_a_field_to_the_paper() -> None:
    flow, effects = walk(*TO_TAKE)
    assert flow.state is State.TAKE
    assert effects == [e.Ask(REQUEST, "tnmt-nop", "", "vi"), e.Print(TICKET)]


def test_hammering_on_the_button_asks_once() -> None:
    _, effects = walk(*TO_ASKING, e.Took(OTHER), e.Took(OTHER), e.Numbered(REQUEST, TICKET), e.Took(OTHER))
    assert [type(effect) for effect in effects] == [e.Ask, e.Print]


def test_an_answer_to_another_wish_prints_nothing() -> None:
    flow, effects = walk(*TO_ASKING, e.Numbered(OTHER, TICKET))
    assert flow.state is State.ASKING
    assert [type(effect) for effect in effects] == [e.Ask]


def test_an_answer_after_the_wish_was_taken_back_prints_nothing() -> None:
    flow, effects = walk(*TO_ASKING, e.Expired(), e.Numbered(REQUEST, TICKET))
    assert flow.state is State.SORRY
    assert flow.sorry is Sorry.NO_ANSWER
    assert effects[1:] == [e.Withdraw(REQUEST)]


@pytest.mark.parametrize(
    ("result", "state"),
    [
        (e.Printed(TICKET.id), State.TAKE),
        (e.Doubtful(TICKET.id), State.DOUBT),
        (e.Unsent(TICKET.id), State.SORRY),
        (e.Printed(OTHER), State.PRINTING),
        (e.Doubtful(OTHER), State.PRINTING),
        (e.Unsent(OTHER), State.PRINTING),
    ],
)
def test_what_became_of_the_paper_decides_the_page(result: Event, state: State) -> None:
    assert walk(*TO_PRINTING, result)[0].state is state


def test_a_printing_thread_that_never_tells_makes_the_ticket_doubtful() -> None:
    flow, effects = walk(*TO_PRINTING, e.Expired())
    assert flow.state is State.DOUBT
    assert effects[-1] == e.GiveUp(TICKET.id)


def test_priority_declared_at_the_start_goes_with_the_wish_and_ends_with_it() -> None:
    declared = (e.AskedPriority(), e.Declared("nguoi_co_cong"))
    flow, effects = walk(*declared, *TO_TAKE)
    assert effects[0] == e.Ask(REQUEST, "tnmt-nop", "nguoi_co_cong", "vi")
    assert step(flow, e.WentHome(), 60.0, TIMES)[0].group == ""


def test_priority_can_be_taken_back() -> None:
    flow, _ = walk(e.AskedPriority(), e.Declared("nguoi_co_cong"), e.AskedPriority(), e.Declared(""))
    assert flow == begin("vi")


def test_back_goes_the_way_one_came() -> None:
    flow, _ = walk(e.Looked(), e.Chose("tc"), e.Wanted("tc-nop"), e.AskedPriority(), e.WentBack())
    states = [flow.state]
    for second in range(3):
        flow, _ = step(flow, e.WentBack(), 10.0 + second, TIMES)
        states.append(flow.state)
    assert states == [State.REVIEW, State.SERVICES, State.FIELDS, State.START]


def test_back_from_a_service_leads_to_the_leaf_of_the_list_that_it_stood_on() -> None:
    flow, _ = walk(e.Looked(), e.Leafed(2), e.Chose("tc"))
    assert flow.page == 0
    assert step(flow, e.WentBack(), 9.0, TIMES)[0].page == 2


def test_large_words_on_black_stay_while_one_moves_and_end_with_the_citizen() -> None:
    flow, _ = walk(e.Enlarged(True), e.Darkened(True), *TO_TAKE)
    assert (flow.state, flow.large, flow.dark) == (State.TAKE, True, True)
    for leaving in (e.WentHome(), e.Expired()):
        assert step(flow, leaving, 60.0, TIMES)[0] == begin("vi")


def test_whoever_enlarges_reads_the_first_leaf_and_goes_on_where_he_was() -> None:
    flow, _ = walk(e.Looked(), e.Leafed(2), e.Enlarged(True))
    assert (flow.state, flow.page, flow.large) == (State.FIELDS, 0, True)
    assert walk(e.Enlarged(True), e.Enlarged(False))[0] == begin("vi")


def test_an_outage_interrupts_choosing_but_never_a_ticket_under_way() -> None:
    away = e.Blocked(Outage.HUB_AWAY)
    assert walk(*TO_REVIEW, away)[0].state is State.OUT
    assert walk(*TO_PRINTING, away)[0].state is State.PRINTING
    assert walk(*TO_TAKE, away, e.Expired())[0].state is State.OUT
    assert walk(*TO_TAKE, away, e.Freed(), e.Expired())[0].state is State.START


def test_out_of_service_in_the_language_that_was_chosen() -> None:
    flow, _ = walk(e.Spoke("km"), e.Blocked(Outage.PAPER_OUT))
    assert (flow.state, flow.language) == (State.OUT, "km")
    assert walk(e.Enlarged(True), e.Darkened(True), e.Blocked(Outage.PAPER_OUT))[0].large
    assert flow.deadline is not None, "and back to the centre's language when nobody is there"
    assert step(flow, e.Expired(), 99.0, TIMES)[0].language == "vi"


def test_who_comes_late_takes_an_offer_with_a_wish_of_its_own() -> None:
    late = Offered(REQUEST, ("afternoon", "anyway"), "2026-11-23T13:00:00.000+07:00")
    flow, _ = walk(*TO_ASKING, late)
    assert (flow.state, flow.offers) == (State.OFFER, ("afternoon", "anyway"))
    flow, effects = walk(Accepted("afternoon", OTHER), Accepted("anyway", REQUEST), flow=flow)
    assert flow.state is State.ASKING
    assert effects == [e.Ask(OTHER, "tnmt-nop", "", "vi", accept="afternoon")]


def test_who_wants_none_of_what_is_offered_goes_without_a_number() -> None:
    flow, effects = walk(*TO_ASKING, Offered(REQUEST, ("anyway",)), e.WentHome())
    assert flow == begin("vi")
    assert [type(effect) for effect in effects] == [e.Ask]


def test_an_offer_for_another_wish_is_not_shown() -> None:
    assert walk(*TO_ASKING, Offered(OTHER, ("anyway",)))[0].state is State.ASKING


def test_the_start_page_waits_for_nobody() -> None:
    assert begin("vi").deadline is None
    assert walk(e.Stayed())[0].deadline is None
    assert walk(e.Spoke("en"))[0].deadline is not None
    assert walk(e.Enlarged(True))[0].deadline is not None
    assert walk(e.Darkened(True))[0].deadline is not None
    assert walk(e.Spoke("en"), e.Spoke("vi"))[0].deadline is None


HANDS = (
    st.builds(e.Spoke, st.sampled_from(["vi", "en", "km"]))
    | st.builds(e.Enlarged, st.booleans())
    | st.builds(e.Darkened, st.booleans())
    | st.builds(e.Leafed, st.integers(0, 3))
    | st.builds(e.Chose, st.sampled_from(["tnmt", "tp"]))
    | st.builds(e.Wanted, st.sampled_from(["tnmt-nop", "fee"]))
    | st.builds(e.Declared, st.sampled_from(["", "nguoi_co_cong"]))
    | st.builds(e.Took, st.sampled_from([REQUEST, OTHER]))
    | st.builds(Accepted, st.sampled_from(["afternoon", "anyway"]), st.sampled_from([REQUEST, OTHER]))
    | st.sampled_from([e.Looked(), e.AskedPriority(), e.WentBack(), e.WentHome(), e.Stayed(), e.Expired(), e.Freed()])
)
WORLD = (
    st.builds(e.Numbered, st.sampled_from([REQUEST, OTHER]), st.just(TICKET))
    | st.builds(e.Denied, st.sampled_from([REQUEST, OTHER]), st.sampled_from(Sorry))
    | st.builds(Offered, st.sampled_from([REQUEST, OTHER]), st.just(("afternoon", "anyway")))
    | st.sampled_from([e.Printed(TICKET.id), e.Doubtful(TICKET.id), e.Unsent(TICKET.id)])
    | st.builds(e.Blocked, st.sampled_from(Outage))
)


WAYS = st.sampled_from([TO_REVIEW, TO_ASKING, TO_PRINTING, TO_TAKE, (e.Expired(),), (e.Freed(),)])
"""What chance alone hardly ever finds: the touches that lead to a wish, what comes of it, and that nothing comes."""


@given(st.lists(WAYS | (HANDS | WORLD).map(lambda one: (one,)), min_size=12, max_size=30))
def test_whatever_happens_one_wish_is_under_way_and_no_page_is_a_trap(parts: list[tuple[Event, ...]]) -> None:
    flow, open_wish = begin("vi"), False
    for second, event in enumerate(chain.from_iterable(parts)):
        flow, effects = step(flow, event, float(second), TIMES)
        for effect in effects:
            assert isinstance(effect, e.Ask) != open_wish, "asked twice, or settled what was not asked"
            open_wish = isinstance(effect, e.Ask | e.Print)
        open_wish = open_wish and flow.state in (State.ASKING, State.PRINTING)
        assert flow.state in (State.START, State.OUT) or flow.deadline is not None
        assert (flow.state is State.OUT) <= (flow.outage is not None)
    for _ in range(3):  # whatever it was, doing nothing leads home
        flow, _ = step(flow, e.Expired(), 1e6, TIMES)
    assert flow.state in (State.START, State.OUT)
    assert replace(flow, outage=None, state=State.START) == begin("vi")
