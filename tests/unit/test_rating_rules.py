"""One visit, one vote; everything else is kept and not counted."""

from broker import rating_facts as r
from broker import refusals as no
from broker.ratings import latency_class, voucher
from broker.tallies import Sums
from tests.hub_core import Hall


def served(hall: Hall) -> None:
    hall.take()
    hall.press("q01a", "next")
    hall.after(60).press("q01a", "finish")


def hall_with_a_finished_visit() -> Hall:
    hall = Hall()
    hall.press("q01a", "open")
    served(hall)
    return hall


def kinds(*outcomes):
    return [type(outcome[0]) for outcome in outcomes]


def test_a_press_before_anybody_was_served_is_an_orphan():
    hall = Hall()
    hall.press("q01a", "open")
    hall.take()
    hall.press("q01a", "next")
    assert kinds(hall.rate("q01a", 1)) == [r.RatingOrphan]


def test_a_second_press_within_five_seconds_corrects_and_a_later_one_is_suppressed():
    hall = hall_with_a_finished_visit()
    first, second, third = hall.rate("q01a", 4), hall.after(5).rate("q01a", 1), hall.after(5.001).rate("q01a", 4)
    assert kinds(first, second, third) == [r.Rated, r.Rated, r.RatingSuppressed]
    assert second[0].replaces == 4
    assert first[0].press == second[0].press == 0, "its terminal numbers none"
    assert rating_counts(hall) == {1: 1}


def test_a_correction_across_the_hour_leaves_no_negative_count():
    hall = hall_with_a_finished_visit()
    hall.now += 3_600_000 - hall.now % 3_600_000 - 60_000 - 2_000  # the visit ends 2 s before the hour
    served(hall)
    hall.rate("q01a", 4)
    hall.after(4).rate("q01a", 2)
    sums = Sums(hall.lobby.calendar)
    for entry in hall.entries:
        for fact in entry.facts:
            sums.add(fact, entry.at)
    assert min(sums.tally.values()) >= 0
    assert rating_counts(hall) == {2: 1}


def test_the_window_closes_after_three_minutes():
    hall = hall_with_a_finished_visit()
    assert kinds(hall.after(180.001).rate("q01a", 1)) == [r.RatingOrphan]


def test_the_next_finished_visit_takes_the_terminal_over():
    hall = hall_with_a_finished_visit()
    hall.rate("q01a", 1)
    served(hall)
    assert kinds(hall.rate("q01a", 2)) == [r.Rated]
    assert rating_counts(hall) == {1: 1, 2: 1}


def test_a_clerk_who_calls_the_next_number_does_not_close_the_window():
    hall = hall_with_a_finished_visit()
    hall.take()
    hall.press("q01a", "next")
    assert kinds(hall.rate("q01a", 3)) == [r.Rated]


def test_a_level_or_desk_that_does_not_exist_is_refused():
    hall = hall_with_a_finished_visit()
    assert hall.rate("q01a", 5) is no.UNKNOWN_LEVEL
    assert hall.rate("zz", 1) is no.UNKNOWN_DESK


def test_a_rating_names_no_ticket():
    hall = hall_with_a_finished_visit()
    (fact,) = hall.rate("q01a", 1)
    ticket = next(iter(hall.lobby.tickets))
    assert ticket not in repr(fact)
    assert fact.voucher == voucher(b"k" * 32, ticket) != voucher(b"x" * 32, ticket)


def test_latency_is_kept_only_as_a_class():
    assert [latency_class(s) for s in (0, 1.9, 2, 14.9, 15, 59, 60, 180)] == [0, 0, 1, 2, 3, 3, 4, 4]


def rating_counts(hall: Hall) -> dict[int, int]:
    sums = Sums(hall.lobby.calendar)
    for entry in hall.entries:
        for fact in entry.facts:
            sums.add(fact, entry.at)
    found: dict[int, int] = {}
    for key, n in sums.tally.items():
        if key[6] == "rating" and n:
            found[key[7]] = found.get(key[7], 0) + n
    return found
