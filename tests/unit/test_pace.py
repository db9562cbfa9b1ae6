"""How long calls keep a desk: learned only from what was work."""

import pytest

from broker.experience.pace import Pace
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
