"""Who missed his call and took a new number with the same card does not stand in line twice."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.wire.messages import TicketRequest
from broker import cards, day_cards
from broker.lobby import Ticket
from broker.refusals import Refusal
from broker.visit_commands import CancelVisit, RestoreVisit
from broker.web.desk_found import found
from broker.web.desk_view import desk_view
from tests.booked_hall import NoBook
from tests.hub_core import Hall, centre

SITE = centre()
MINE, YOURS = "a" * 32, "b" * 32


class CardHall(Hall):
    """A hall whose kiosks have scanners."""

    def __init__(self) -> None:
        super().__init__(SITE)
        self.press("q01a", "open")

    def do(self, message: Any, actor: str = "test") -> Any:
        outcome = super().do(message, actor)
        if not isinstance(outcome, Refusal):
            day_cards.keep(NoBook(), self.lobby, message, outcome)
        return outcome

    def show(self, card: str, service: str = "tnmt-nop") -> Ticket | Refusal:
        request = TicketRequest(id=self.fresh_id(), service=service, card=card)
        outcome = self.do(request)
        return outcome if isinstance(outcome, Refusal) else self.lobby.tickets[request.id]

    def cancel(self, ticket: Ticket) -> Any:
        return self.do(CancelVisit(id=self.fresh_id(), ticket=ticket.id, reason="other"))

    def restore(self, ticket: Ticket) -> Any:
        return self.do(RestoreVisit(id=self.fresh_id(), ticket=ticket.id))


@pytest.fixture
def hall() -> CardHall:
    return CardHall()


@pytest.fixture
def late(hall: CardHall) -> Ticket:
    """A001, who was called and did not come."""
    ticket = hall.show(MINE)
    hall.press("q01a", "next")
    hall.after(80).press("q01a", "no_show")
    return ticket


def says(refused: Any, number: str) -> bool:
    return isinstance(refused, Refusal) and number in refused.words.vi and number in refused.words.en


def test_a_latecomer_with_a_new_number_is_told_of_it_and_not_put_back_too(hall, late):
    new = hall.after(60).show(MINE)
    refused = hall.press("q01a", "recall", ticket=late.id)
    assert says(refused, new.number)
    assert refused.ticket == new.id
    assert hall.ticket(late).status == "no_show"
    assert says(hall.press("q01a", "take", ticket=late.id, reason="vội"), new.number), "nor called by hand"
    hall.press("q01a", "next")
    assert hall.at("q01a").id == new.id
    hall.after(60).press("q01a", "finish")
    assert not isinstance(hall.press("q01a", "recall", ticket=late.id), Refusal), "one visit after the other he may"


def test_who_wants_his_old_place_gives_the_new_number_up_first(hall, late):
    new = hall.show(MINE)
    hall.cancel(new)
    assert not isinstance(hall.press("q01a", "recall", ticket=late.id), Refusal)
    assert says(hall.restore(new), late.number)


def test_another_persons_number_and_another_queue_stand_in_nobodys_way(hall, late):
    hall.show(YOURS)
    hall.show(MINE, "gtvt-nop")
    assert not isinstance(hall.press("q01a", "recall", ticket=late.id), Refusal)


def test_a_no_show_is_not_taken_back_over_a_number_taken_since(hall, late):
    new = hall.after(5).show(MINE)
    assert says(hall.press("q01a", "undo"), new.number)
    hall.cancel(new)
    assert not isinstance(hall.press("q01a", "undo"), Refusal)


def test_the_desk_offers_no_way_back_and_names_the_number_that_counts(hall, late):
    seen = found(hall.lobby, "q01a", late.number, hall.now)
    assert (seen.call, seen.back, seen.held) == (True, True, None)
    assert [each.id for each in desk_view(hall.lobby, "q01a", hall.now).missed] == [late.id]
    new = hall.show(MINE)
    seen = found(hall.lobby, "q01a", late.number, hall.now)
    assert (seen.call, seen.back) == (False, False)
    assert new.number in seen.held.vi
    assert desk_view(hall.lobby, "q01a", hall.now).missed == ()


steps = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("show", "show", "next", "next", "no_show", "no_show", "recall", "take"),
                *("park", "undo", "finish", "cancel", "restore"),
            )
        ),
        st.integers(0, 7),
    ),
    max_size=40,
)


@settings(max_examples=150)
@given(steps)
def test_whatever_is_pressed_a_card_holds_one_place_in_a_queue(script):
    hall = CardHall()
    tickets = [hall.show(MINE)]
    for what, which in script:
        ticket = tickets[which % len(tickets)]
        hall.after(3)
        match what:
            case "show":
                taken = hall.show((MINE, YOURS)[which % 2])
                tickets += [] if isinstance(taken, Refusal) else [taken]
            case "cancel" | "restore":
                getattr(hall, what)(ticket)
            case "recall" | "take":
                hall.press("q01a", what, ticket=ticket.id, reason="vội" if what == "take" else "")
            case _:
                hall.press("q01a", what)
        for held in hall.lobby.cards.values():
            assert sum(hall.lobby.tickets[each].status in cards.OPEN for each in held) <= 1
    assert hall.complaints() == []
