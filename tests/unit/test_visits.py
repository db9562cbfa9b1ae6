"""What reception puts right: somebody has priority after all, has gone home, or is still there."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker import cards, day_cards
from broker import facts as f
from broker import refusals as no
from broker.lobby import Ticket
from broker.refusals import Refusal
from broker.visit_commands import CancelVisit, CorrectPriority, RestoreVisit
from broker.visit_facts import PriorityCorrected
from tests.hub_core import Hall, centre
from tests.kiosk_hall import complaints

SITE = centre()
ELDERLY, PREGNANT = list(SITE.groups)[:2]


class Book:
    """What is kept beside the log: the counts per priority group."""

    def __init__(self) -> None:
        self.groups: Counter[str] = Counter()

    def execute(self, sql, rows): ...

    def count_group(self, day, group, n=1):
        self.groups[group] += n


class Reception(Hall):
    """A hall at whose reception somebody sits."""

    def __init__(self) -> None:
        super().__init__(SITE)
        self.book = Book()

    def do(self, message, actor="staff:lt"):
        outcome = super().do(message, actor)
        if not isinstance(outcome, Refusal):
            day_cards.keep(self.book, self.lobby, message, outcome)
        return outcome

    def correct(self, ticket: Ticket, group: str, desks=None):
        return self.do(CorrectPriority(id=self.fresh_id(), ticket=ticket.id, group=group, desks=desks))

    def cancel(self, ticket: Ticket):
        return self.do(CancelVisit(id=self.fresh_id(), ticket=ticket.id, reason="went_home"))

    def restore(self, ticket: Ticket):
        return self.do(RestoreVisit(id=self.fresh_id(), ticket=ticket.id))

    def groups(self) -> dict[str, int]:
        return {group: n for group, n in self.book.groups.items() if n}


@pytest.fixture
def hall() -> Reception:
    hall = Reception()
    hall.press("q01a", "open")
    return hall


# ---------------------------------------------------------------------------------------------------- a priority


def test_who_has_priority_after_all_comes_sooner(hall: Reception) -> None:
    first, second = hall.take(), hall.after(1).take()
    hall.correct(second, ELDERLY)
    hall.after(300).press("q01a", "next")
    assert hall.at("q01a").number == second.number
    hall.press("q01a", "next")
    assert hall.at("q01a").number == first.number


def test_a_child_who_pressed_the_wrong_button_waits_like_everybody(hall: Reception) -> None:
    first = hall.take()
    by_mistake = hall.after(1).take(priority=True)
    hall.correct(by_mistake, "")
    hall.after(300).press("q01a", "next")
    assert hall.at("q01a").number == first.number
    assert hall.groups() == {}
    assert hall.counts()["priority_corrected", 0] == 1
    assert ("priority", 0) not in hall.counts()


def test_the_wrong_group_was_touched(hall: Reception) -> None:
    ticket = hall.take(priority=True)
    hall.correct(ticket, PREGNANT)
    assert hall.groups() == {PREGNANT: 1}
    assert hall.counts()["priority", 0] == 1


def test_what_is_right_already_is_not_written_down_again(hall: Reception) -> None:
    ticket = hall.take()
    assert hall.correct(ticket, "") == ()
    hall.correct(ticket, ELDERLY)
    assert hall.correct(ticket, ELDERLY) == ()


def test_after_a_restart_nobody_knows_the_group_but_the_sum_is_right(hall: Reception) -> None:
    ticket = hall.take(priority=True)
    hall.lobby.declared.clear()
    hall.correct(ticket, PREGNANT)
    assert hall.groups() == {ELDERLY: 1, day_cards.UNKNOWN: -1, PREGNANT: 1}


def test_no_group_stands_in_the_log(hall: Reception) -> None:
    hall.correct(hall.take(), PREGNANT)
    written = b"".join(f.encode(fact) for entry in hall.entries for fact in entry.facts)
    assert PREGNANT.encode() not in written


def test_the_clerk_takes_back_the_call_but_not_what_reception_put_right(hall: Reception) -> None:
    ticket = hall.take()
    hall.press("q01a", "next")
    hall.correct(ticket, ELDERLY)
    hall.press("q01a", "undo")
    assert hall.ticket(ticket).status == "waiting"
    assert hall.ticket(ticket).priority
    hall.press("q01a", "next")
    assert complaints(hall) == []


def test_a_clerk_corrects_only_who_is_his(hall: Reception) -> None:
    ours, theirs = hall.take("tnmt-nop"), hall.take("fee")
    assert hall.correct(theirs, ELDERLY, desks=("q01a",)) == no.NOT_AT_YOUR_DESK
    assert not isinstance(hall.correct(ours, ELDERLY, desks=("q01a",)), Refusal)
    hall.press("q01a", "next")
    assert not isinstance(hall.correct(ours, "", desks=("q01a",)), Refusal)
    assert hall.correct(ours, ELDERLY, desks=("q02",)) == no.NOT_AT_YOUR_DESK
    assert hall.correct(ours, ELDERLY, desks=("nowhere",)) == no.NOT_AT_YOUR_DESK


def test_a_priority_of_yesterday_or_of_no_group_is_not_corrected(hall: Reception) -> None:
    ticket = hall.take()
    assert hall.correct(ticket, "vip") == no.UNKNOWN_GROUP
    hall.press("q01a", "next")
    hall.press("q01a", "finish")
    assert hall.correct(ticket, ELDERLY) == no.VISIT_OVER
    hall.after(86_400).take()
    assert hall.correct(ticket, ELDERLY) == no.UNKNOWN_TICKET


def test_a_priority_is_counted_in_the_hour_and_the_series_of_its_number(hall: Reception) -> None:
    ticket = hall.take("tnmt-nop")
    hall.press("q01a", "next")
    hall.press("q01a", "transfer", to_queue="f")
    (fact,) = hall.after(7200).correct(ticket, ELDERLY)
    assert isinstance(fact, PriorityCorrected)
    assert (fact.series, fact.at) == (ticket.series, ticket.issued_at)


# ------------------------------------------------------------------------------------------------- a number less


def test_who_went_home_is_not_called(hall: Reception) -> None:
    gone, there = hall.take(), hall.after(1).take()
    hall.cancel(gone)
    hall.press("q01a", "next")
    assert hall.at("q01a").number == there.number
    assert hall.counts()["cancelled", 0] == 1


def test_who_came_back_has_the_old_place(hall: Reception) -> None:
    gone, there = hall.take(), hall.after(1).take()
    hall.cancel(gone)
    hall.after(60).restore(gone)
    hall.press("q01a", "next")
    assert hall.at("q01a").number == gone.number
    assert hall.ticket(there).status == "waiting"
    assert ("cancelled", 0) not in hall.counts()


def test_who_came_back_is_passed_over_like_everybody_who_waits(hall: Reception) -> None:
    gone, hurried = hall.take(), hall.after(1).take(priority=True)
    hall.cancel(gone)
    hall.after(60).restore(gone)
    hall.after(300)
    (call,) = hall.press("q01a", "next")
    assert (call.ticket, call.overtook) == (hurried.id, 1)
    assert complaints(hall) == []


@pytest.mark.parametrize("set_aside", ["park", "no_show"])
def test_who_was_set_aside_and_cancelled_is_set_aside_again(hall: Reception, set_aside) -> None:
    ticket = hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", set_aside)
    before = hall.ticket(ticket)
    hall.cancel(ticket)
    assert ticket.id not in hall.lobby.aside
    hall.restore(ticket)
    assert hall.ticket(ticket) == before
    assert ticket.id in hall.lobby.aside
    assert complaints(hall) == []


def test_nobody_is_cancelled_before_the_eyes_of_a_clerk(hall: Reception) -> None:
    ticket = hall.take()
    hall.press("q01a", "next")
    assert hall.cancel(ticket) == no.AT_A_DESK
    hall.press("q01a", "finish")
    assert hall.cancel(ticket) == no.VISIT_OVER
    assert hall.restore(ticket) == no.NOT_CANCELLED


def test_cancelled_twice_is_cancelled_once(hall: Reception) -> None:
    ticket = hall.take()
    hall.cancel(ticket)
    assert hall.cancel(ticket) == ()
    hall.restore(ticket)
    assert hall.restore(ticket) == no.NOT_CANCELLED
    assert complaints(hall) == []


def test_a_cancelled_number_is_neither_taken_nor_brought_back_by_a_desk(hall: Reception) -> None:
    ticket = hall.take()
    hall.cancel(ticket)
    assert hall.press("q01a", "take", ticket=ticket.id, reason="vội") == no.NOT_WAITING
    assert hall.press("q01a", "recall", ticket=ticket.id) == no.NOT_WAITING
    assert hall.press("q01a", "next") == ()


def test_who_cancelled_may_take_a_new_number_with_the_same_card(hall: Reception) -> None:
    ticket = hall.take()
    hall.lobby.cards["c" * 32, ticket.series] = [ticket.id]
    assert cards.held(hall.lobby, "c" * 32, ticket.series) is not None
    hall.cancel(ticket)
    assert cards.held(hall.lobby, "c" * 32, ticket.series) is None


def test_the_evening_finds_the_cancelled_where_they_are(hall: Reception) -> None:
    gone, late = hall.take(), hall.take()
    hall.cancel(gone)
    hall.after(86_400).take()
    ended = {fact.ticket for entry in hall.entries for fact in entry.facts if isinstance(fact, f.Stranded)}
    assert ended == {late.id}
    assert complaints(hall) == []


def test_verify_sees_a_cancellation_that_cannot_be(hall: Reception) -> None:
    ticket = hall.take()
    hall.cancel(ticket)
    cancelled = hall.entries[-1]
    hall.entries.append(cancelled)
    assert any("is cancelled and cancelled" in complaint for complaint in complaints(hall))


# ------------------------------------------------------------------------------------------------- whatever is done

deeds = st.lists(
    st.tuples(
        st.sampled_from(
            ("take", "correct", "cancel", "restore", "next", "no_show", "park", "recall", "undo", "finish")
        ),
        st.integers(0, 5),
        st.sampled_from(("", ELDERLY, PREGNANT)),
    ),
    max_size=40,
)


@settings(max_examples=150)
@given(deeds)
def test_whatever_is_put_right_the_last_word_counts_and_the_ends_add_up(script) -> None:
    hall = Reception()
    hall.press("q01a", "open")
    tickets = [hall.take(priority=n % 2 == 1) for n in range(3)]
    for what, which, group in script:
        ticket = tickets[which % len(tickets)]
        match what:
            case "take":
                tickets.append(hall.take(priority=bool(group)))
            case "correct":
                hall.correct(ticket, group)
            case "cancel" | "restore":
                getattr(hall.after(1), what)(ticket)
            case "recall":
                hall.press("q01a", "recall", ticket=ticket.id)
            case _:
                hall.press("q01a", what)
    assert hall.counts().get(("priority", 0), 0) == sum(hall.ticket(each).priority for each in tickets)
    assert sum(hall.book.groups.values()) == hall.counts().get(("priority", 0), 0)
    missed = sum(hall.ticket(each).status == "no_show" for each in tickets)
    hall.after(86_400).take()
    counts = hall.counts()
    ends = sum(counts.get((end, 0), 0) for end in ("served", "void", "stranded", "cancelled"))
    assert ends + missed == len(tickets)
    assert complaints(hall) == []
