"""Simulated league tables: is the clerk who looks worst the one with the fewest ratings?

A plain table puts at its end whoever had few ratings and bad luck; shares that are pulled towards the centre's
(`broker.statistics.comparing`) must not. Clerks are equally good, or differ as clerks do (a tenth to a third of a
percentage point either way); where they differ a lot, a small one may truly be the worst, and that is told apart.

Rules: pure; chance is passed in.
"""

from collections.abc import Callable
from random import Random

from bench.report import Figure
from broker.statistics.comparing import Seen, strength

YEARS = 400
SMALL = 100
SATISFIED = 0.9894
RATINGS = (*(748,) * 3, *(1072, 663, 543, 535, 266) * 2, 740, 603, 515, 400, 303, 267, 143, 71, 32, *(89,) * 3)
"""Ratings of a year of the first centre's 25 clerks (its `year_2021.csv`, evenly over each department's desks)."""
ALIKE, DIFFERENT = (float("inf"), 4000.0, 1000.0), (400.0,)
"""How many ratings a clerk's own share is worth, as of a beta law: the more, the more alike."""
Share = Callable[[Seen], float]


def run(say: Callable[[str], None]) -> list[Figure]:
    """Simulate and count."""
    say("league tables")
    alike = [_table(chance, kind) for chance in [Random(1)] for kind in ALIKE for _ in range(YEARS)]
    different = [_table(chance, kind) for chance in [Random(2)] for kind in DIFFERENT for _ in range(YEARS)]
    return [
        Figure(name="small_worst_clerk_share_plain", value=_small(alike, lambda _: _plain)),
        Figure(name="small_worst_clerk_share", value=_small(alike, _pulled), at_most=0.01),
        Figure(name="small_worst_clerk_share_where_clerks_differ", value=_small(different, _pulled)),
    ]


def _table(chance: Random, alike: float) -> list[Seen]:
    table = []
    for number, rated in enumerate(RATINGS):
        bad = 1 - SATISFIED
        share = bad if alike == float("inf") else chance.betavariate(alike * bad, alike * SATISFIED)
        unsatisfied = sum(chance.random() < share for _ in range(rated))
        table.append(Seen(f"c{number:02d}", rated - unsatisfied, rated))
    return table


def _small(tables: list[list[Seen]], share_in: Callable[[list[Seen]], Share]) -> float:
    """In which share of the tables the worst has fewer than `SMALL` ratings, as far as two decimals tell them apart."""
    return sum(_worst(table, share_in(table)) < SMALL for table in tables) / len(tables)


def _worst(table: list[Seen], share: Share) -> float:
    """How many ratings he has whose percentage is the lowest as it is printed; of more than one, whoever has most."""
    printed = {each.key: round(100 * share(each), 2) for each in table}
    return max(each.rated for each in table if printed[each.key] == min(printed.values()))


def _plain(each: Seen) -> float:
    return each.satisfied / each.rated


def _pulled(table: list[Seen]) -> Share:
    """The mean of what is believed of a clerk, as `comparing.shrunk` has it."""
    share = (sum(each.satisfied for each in table) + 0.5) / (sum(each.rated for each in table) + 1.0)
    weight = strength(table, share)
    return lambda each: (weight * share + each.satisfied) / (weight + each.rated)
