"""Do the integrity tests see clerks who press themselves, and leave honest ones alone? Simulated centres, real rules.

Each year has thirty honest desks, each different. False flags are windows of these in which a test finds something,
alone and while a fifth of the desks cheat. Then one desk at a time is taken over by a clerk with a habit; a window of
the response test (40 finished visits or more) counts as detected when any test finds something in its weeks. Beside it
stands what the plain thresholds would do: no allowance for honest differences.

A careful cheat, who adds a few presses as late as citizens press, is not seen: that figure has no target, it is a
warning.
"""

from collections import Counter
from collections.abc import Callable
from random import Random

from bench.clerks import Habit, Seat, seat, year
from bench.report import Figure
from broker.integrity.evidence import SURE, TESTS
from broker.integrity.weeks import Week, together
from broker.integrity.windows import Flag, Weeks, flags, windows
from broker.statistics.binomial import at_least, at_most

SEED = 20261123
YEARS = 12
DESKS = 30
TAKEN_OVER = 3
"""Of so many desks a year each habit takes over, one at a time."""
CHEATS: tuple[Habit, ...] = ("at_once", "always", "bursts", "after_hours", "clock")
Year = dict[str, dict[str, Week]]
"""Desk -> Monday -> counts."""


def run(say: Callable[[str], None]) -> list[Figure]:
    """Simulate and count."""
    chance = Random(SEED)
    honest, crowded, caught = Counter[str](), Counter[str](), Counter[str]()
    for number in range(YEARS):
        say(f"cheats: simulated year {number + 1} of {YEARS}")
        seats = {f"d{index:02d}": seat(chance) for index in range(DESKS)}
        desks = {desk: year(seats[desk], "honest", chance) for desk in seats}
        honest += _false_flags(desks, set(desks))
        crooked = {desk: year(seats[desk], CHEATS[place % len(CHEATS)], chance) for place, desk in _fifth(seats)}
        crowded += _false_flags({**desks, **crooked}, set(desks) - set(crooked))
        for habit in (*CHEATS, "careful"):
            for desk in chance.sample(sorted(seats), TAKEN_OVER):
                caught += _caught(desks, desk, habit, year(seats[desk], habit, chance))
    return [*_false_figures(honest, crowded), *_caught_figures(caught)]


def _fifth(seats: dict[str, Seat]) -> list[tuple[int, str]]:
    return list(enumerate(sorted(seats)[::5]))


def by_week(desks: Year) -> Weeks:
    """The same counts as the tests want them."""
    mondays = sorted({monday for counted in desks.values() for monday in counted})
    return {monday: {desk: desks[desk][monday] for desk in desks} for monday in mondays}


def _false_flags(desks: Year, whose: set[str]) -> Counter[str]:
    """Windows per test, false flags per test (`!test`), the same of all tests together, and of plain thresholds."""
    weeks, count = by_week(desks), Counter[str]()
    raised = [flag for flag in flags(weeks) if flag.window.desk in whose]
    for desk in whose:
        for test in TESTS:
            count[test] += sum(1 for _ in windows(weeks, desk, test))
        for window in windows(weeks, desk, "response"):
            count["union"] += 1
            count["!union"] += _touched(raised, desk, window.mondays)
            rest = together(
                counts for monday in window.mondays for other, counts in weeks[monday].items() if other != desk
            )
            count["!plain"] += plain(window.counts, rest)
    count.update(f"!{flag.finding.test}" for flag in raised)
    return count


def _touched(raised: list[Flag], desk: str, mondays: tuple[str, ...]) -> bool:
    return any(flag.window.desk == desk and not set(mondays).isdisjoint(flag.window.mondays) for flag in raised)


def plain(own: Week, rest: Week) -> bool:
    """Whether thresholds without any allowance would flag a desk: share of orphans, any burst, response alone."""
    share = rest.votes / rest.served
    response = min(at_least(own.votes, own.served, share), at_most(own.votes, own.served, share)) < SURE
    return response or own.bursts > 0 or own.idle > 0.05 * own.hands


def _caught(desks: Year, desk: str, habit: Habit, crooked: dict[str, Week]) -> Counter[str]:
    weeks, count = by_week({**desks, desk: crooked}), Counter[str]()
    raised = flags(weeks, [desk])
    for window in windows(weeks, desk, "response"):
        count[habit] += 1
        count[f"{habit}!"] += _touched(raised, desk, window.mondays)
    return count


def _false_figures(honest: Counter[str], crowded: Counter[str]) -> list[Figure]:
    shares = {test: honest[f"!{test}"] / honest[test] for test in TESTS}
    among = max(crowded[f"!{test}"] / crowded[test] for test in TESTS)
    return [
        Figure(name="honest_windows", value=honest["union"]),
        *(Figure(name=f"false_flag_share_{test}", value=share) for test, share in shares.items()),
        Figure(name="false_flag_share", value=max(shares.values()), at_most=0.0025),
        Figure(name="false_flag_share_union", value=honest["!union"] / honest["union"]),
        Figure(name="false_flag_share_among_cheats", value=among, at_most=0.0025),
        Figure(name="false_flag_share_plain_thresholds", value=honest["!plain"] / honest["union"]),
    ]


def _caught_figures(caught: Counter[str]) -> list[Figure]:
    shares = {habit: caught[f"{habit}!"] / caught[habit] for habit in (*CHEATS, "careful")}
    return [
        Figure(name="cheating_windows", value=sum(caught[habit] for habit in CHEATS)),
        *(Figure(name=f"detected_share_{habit}", value=shares[habit]) for habit in CHEATS),
        Figure(name="cheats_detected_share", value=min(shares[habit] for habit in CHEATS), at_least=0.998),
        Figure(name="careful_cheat_detected_share", value=shares["careful"]),
    ]
