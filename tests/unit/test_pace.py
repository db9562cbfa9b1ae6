"""How long calls keep a desk: learned only from what was work."""

import pytest

from broker import facts as f
from broker.desk_actions import LONGEST_TIDY_S
from broker.experience.pace import LEAST_CV, Pace
from broker.histogram import bucket_of, middle
from broker.model import Forecasting
from tests.hub_core import Hall

RULES = Forecasting()


def test_before_anything_was_seen_the_sites_assumption_holds() -> None:
    work = Pace(RULES, 70).of("a")
    assert (work.mean_s, work.tidy_s) == (600, 0)
    assert work.cv == pytest.approx(0.8)


def serve(hall: Hall, minutes: float, tidy_s: float = 0, desk: str = "q01a") -> None:
    """One visit from issue to farewell, the next one waiting already."""
    hall.press(desk, "next")
    hall.after(60 * minutes).press(desk, "finish")
    hall.after(tidy_s)


def busy_hall(visits: int, minutes: float, tidy_s: float) -> Hall:
    hall = Hall()
    hall.press("q01a", "open")
    for _ in range(visits + 1):
        hall.take()
    for _ in range(visits):
        serve(hall, minutes, tidy_s)
    hall.press("q01a", "next")
    return hall


def test_a_long_queue_soon_counts_by_what_it_was_seen_to_take() -> None:
    work = busy_hall(200, 4, 30).lobby.experience.pace.of("a")
    assert work.mean_s == pytest.approx(270, rel=0.02)
    assert work.tidy_s == pytest.approx(30, rel=0.1)


def test_a_queue_nobody_came_to_borrows_from_the_centre() -> None:
    hall = busy_hall(50, 4, 30)
    assert 270 < hall.lobby.experience.pace.of("h").mean_s < 400


def test_an_idle_desk_was_not_tidying_up() -> None:
    hall = busy_hall(10, 4, 0)
    hall.after(60).press("q01a", "finish")
    hall.after(900).take()
    hall.after(5).press("q01a", "next")
    assert hall.lobby.experience.pace.of("a").tidy_s < 5


@pytest.mark.parametrize("between", [["pause", "resume"], ["close", "open"]])
def test_a_rest_is_no_work(between: list[str]) -> None:
    hall = busy_hall(10, 4, 0)
    hall.take()
    hall.press("q01a", "finish")
    for action in between:
        hall.after(600).press("q01a", action)  # type: ignore[arg-type]
    hall.after(300).press("q01a", "next")
    assert hall.lobby.experience.pace.of("a").tidy_s < 5


def test_who_is_called_in_vain_keeps_the_desk_only_a_moment() -> None:
    hall = Hall()
    hall.press("q01a", "open")
    for _ in range(100):
        hall.take()
        hall.press("q01a", "next")
        hall.after(70).press("q01a", "no_show")
    assert hall.lobby.experience.pace.of("a").mean_s < 150


def test_an_undone_call_teaches_nothing() -> None:
    hall = busy_hall(5, 4, 30)
    before = hall.lobby.experience.pace.of("a")
    hall.after(400).press("q01a", "finish")
    hall.after(5).press("q01a", "undo")
    assert hall.lobby.experience.pace.of("a") == before


def test_what_is_older_than_the_window_is_forgotten() -> None:
    pace = Pace(Forecasting(learned_days=2), 70)
    for day, seconds in (("2026-11-18", 6000), ("2026-11-19", 60), ("2026-11-20", 60)):
        pace.add(day, "a", "service", 0, 100)
        pace.add(day, "a", "service_s", 0, 100 * seconds)
    assert pace.of("a").mean_s > 1000
    pace.begin()
    assert pace.of("a").mean_s < 150


def test_a_day_whose_only_call_was_undone_pushes_no_other_out() -> None:
    pace = Pace(Forecasting(learned_days=2), 70)
    for day, calls in (("2026-11-18", (100,)), ("2026-11-19", (100,)), ("2026-11-20", (1, -1)), ("2026-11-23", ())):
        pace.begin()
        for n in calls:
            pace.add(day, "a", "service", 0, n)
            pace.add(day, "a", "service_s", 0, n * (6000 if day == "2026-11-18" else 60))
    assert pace.of("a").mean_s > 1000


def test_a_queue_weighs_its_own_calls_against_the_centre_and_the_centre_against_the_assumption() -> None:
    pace = Pace(Forecasting(prior_s=600, prior_cv=0.5, prior_calls=10), 70)
    for measure, n in (("service", 10), ("service_s", 3000), ("no_show", 10), ("tidy", 20), ("tidy_s", 600)):
        bucket = {"service": bucket_of(300), "tidy": bucket_of(30)}.get(measure, 0)
        pace.add("2026-11-23", "a", measure, bucket, n)
    pace.add("2026-11-23", "b", "service", bucket_of(900), 5)
    pace.add("2026-11-23", "b", "service_s", 0, 4500)
    served, served2, tidied, tidied2 = 600.0, 600**2 * 1.25, 0.0, 0.0
    for others, others_s, others_s2 in ((5, 4500, 5 * round(middle(bucket_of(900)) ** 2)), (0, 0, 0)):
        served = (10 * served + 3000 + 10 * 70 + others_s) / (30 + others)
        served2 = (10 * served2 + 10 * round(middle(bucket_of(300)) ** 2) + 10 * 70**2 + others_s2) / (30 + others)
        tidied = (10 * tidied + 600) / 30
        tidied2 = (10 * tidied2 + 20 * round(middle(bucket_of(30)) ** 2)) / 30
    work = pace.of("a")
    assert (work.mean_s, work.tidy_s) == (pytest.approx(served + tidied), pytest.approx(tidied))
    assert work.cv == pytest.approx((served2 - served**2 + tidied2 - tidied**2) ** 0.5 / (served + tidied))


def test_the_busiest_clerk_is_not_taken_for_a_machine() -> None:
    pace = Pace(Forecasting(prior_s=300, prior_cv=0.01, prior_calls=1), 70)
    assert pace.of("a").cv == LEAST_CV


def tidied(hall: Hall, desk: str = "q01a", **args: str) -> int | None:
    facts = hall.press(desk, "take" if args else "next", **args)
    assert isinstance(facts, tuple)
    (call,) = (fact for fact in facts if isinstance(fact, f.Called))
    return call.tidy_s


def after_one(waiting: int = 1) -> Hall:
    hall = Hall()
    hall.press("q01a", "open")
    for _ in range(waiting + 1):
        hall.take()
    hall.press("q01a", "next")
    hall.after(300).press("q01a", "finish")
    return hall


def test_what_a_desk_needs_between_two_visits_is_what_somebody_waited_for() -> None:
    assert tidied(after_one().after(40)) == 40
    assert tidied(after_one().after(LONGEST_TIDY_S)) == LONGEST_TIDY_S
    assert tidied(after_one().after(LONGEST_TIDY_S + 1)) is None, "it did something else"
    in_that_moment = after_one(0)
    in_that_moment.take()
    assert tidied(in_that_moment.after(40)) == 40
    too_late = after_one(0)
    too_late.after(1).take()
    assert tidied(too_late.after(40)) is None, "nobody waited all that time"


def test_a_desk_that_calls_the_next_at_once_needs_nothing() -> None:
    hall = after_one(2)
    hall.press("q01a", "next")
    assert tidied(hall.after(60)) == 0


def test_who_was_called_before_does_not_say_what_a_desk_needs() -> None:
    hall = Hall()
    hall.press("q01a", "open")
    back = hall.take()
    hall.press("q01a", "next")
    hall.press("q01a", "park")
    hall.press("q01a", "recall", ticket=back.id)
    assert tidied(hall.after(40)) is None
    hall.after(60).press("q01a", "no_show")
    assert tidied(hall.after(40), ticket=back.id, reason="x") is None
    first = Hall()
    first.take()
    first.press("q01a", "open")
    assert tidied(first.after(40)) is None, "no visit was before it"
