"""The figures of a simulated hall are those of its days, and a hall is refused only beyond what may be asked."""

from random import Random

import pytest
from msgspec.structs import replace

from broker.model import Hours
from broker.simulator.change import (
    MOST_BREAK_MIN,
    MOST_DEMAND,
    MOST_DESKS,
    MOST_HELP_S,
    MOST_RATE,
    Change,
    ImpossibleError,
    hall_of,
)
from broker.simulator.comparing import FEWEST, compare
from broker.simulator.what_if import SHORT_S, Outlook, SimulatedDay
from tests.hub_core import centre

SITE = replace(centre(), hours=Hours(spans=((420, 1020),), clerks=((420, 1020),)))


def test_each_figure_of_a_hall_is_that_of_all_its_days() -> None:
    hall = Outlook((SimulatedDay({"a": (60, SHORT_S), "b": (1800,)}, 4, 1), SimulatedDay({"a": (SHORT_S + 1,)}, 1, 0)))
    assert hall.mean_min == pytest.approx((60 + 900 + 1800 + 901) / 60 / 4)
    assert hall.within_15_min == 2 / 4
    assert (hall.visits, hall.stranded) == (2.5, 0.5)
    empty = Outlook((SimulatedDay({}, 0, 0),))
    assert (empty.mean_min, empty.within_15_min, empty.minutes(0.9)) == (0, 0, 0)


def test_six_minutes_more_for_everybody_are_six_minutes_more() -> None:
    chance = Random(3)
    waits = [{queue: tuple(chance.uniform(0, 1800) for _ in range(30)) for queue in "ab"} for _ in range(2 * FEWEST)]
    longer = [{queue: tuple(wait + 360 for wait in own) for queue, own in day.items()} for day in waits]
    before, after = (Outlook(tuple(SimulatedDay(day, 60, n) for day in days)) for days, n in ((waits, 1), (longer, 4)))
    gaps = compare(before, after, FEWEST, Random(0))
    for gap in (gaps.mean_min, gaps.half_min, gaps.nine_min, *(row.gap for row in gaps.queues)):
        assert [gap.change, gap.low, gap.high] == pytest.approx([6, 6, 6])
    assert gaps.stranded.change == pytest.approx(3)
    assert gaps.within_15.change == pytest.approx(100 * (after.within_15_min - before.within_15_min))
    for row in gaps.queues:
        alone = Outlook(tuple(SimulatedDay({row.queue: day[row.queue]}, 30, 0) for day in waits))
        assert [row.mean_before, row.mean_after] == pytest.approx([alone.mean_min, alone.mean_min + 6])
        assert [row.nine_before, row.nine_after] == pytest.approx([alone.minutes(0.9), alone.minutes(0.9) + 6])


FOUR = ((420, 480), (480, 540), (540, 600), (600, 1020))


@pytest.mark.parametrize(
    ("most", "too_much"),
    [
        ({"demand": MOST_DEMAND}, {"demand": MOST_DEMAND * 1.01}),
        ({"desks": {"a": MOST_DESKS}}, {"desks": {"a": MOST_DESKS + 1}}),
        (
            {"desks": {"b": MOST_DESKS - 1}, "moves": (("a", "b"),)},
            {"desks": {"b": MOST_DESKS}, "moves": (("a", "b"),)},
        ),
        ({"backup_after_s": MOST_HELP_S}, {"backup_after_s": MOST_HELP_S + 1}),
        ({"backup_after_s": 0}, {"backup_after_s": -1}),
        ({"priority_rate": MOST_RATE}, {"priority_rate": MOST_RATE + 1}),
        ({"priority_rate": 1.0}, {"priority_rate": 0.99}),
        ({"priority_share": 1.0}, {"priority_share": 1.01}),
        ({"priority_share": 0.0}, {"priority_share": -0.01}),
        ({"breaks_min": (0.0, MOST_BREAK_MIN)}, {"breaks_min": (0.0, MOST_BREAK_MIN + 1)}),
        ({"clerks": FOUR, "numbers": FOUR}, {"clerks": (*FOUR, (1020, 1080))}),
        ({"clerks": ((0, 1440),)}, {"clerks": ((0, 1441),)}),
        ({"numbers": ((420, 1020),)}, {"numbers": ((420, 1021),)}),
    ],
)
def test_the_most_that_may_be_asked_is_a_hall_and_more_is_none(
    most: dict[str, object], too_much: dict[str, object]
) -> None:
    assert hall_of(SITE, Change(**most)).desks  # type: ignore[arg-type]  # because the table above names its fields
    with pytest.raises(ImpossibleError):
        hall_of(SITE, Change(**too_much))  # type: ignore[arg-type]  # because the table above names its fields
