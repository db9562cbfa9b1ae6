"""The tests: is what was counted at a desk still what chance and citizens explain?

A desk is held against the centre in the same weeks: against its middle desk, the median of all (`Usual`), which a few
cheats cannot move, however busy they are. It may well differ: terminals stand better here than there, and fees are paid
faster than land is registered. So no test asks whether a desk is like the others, all ask whether it is further away
than an honest desk may be (`Allowed`), beyond what chance explains (`SURE`). For every desk inside that range the
probability of a false flag is about `SURE` at most, however many visits it has.

Shares are tested by the exact binomial tail; times since the end of a visit by the largest distance between two
distributions of Kolmogorov and Smirnov [1], less the distance that is allowed, in the approximation [2]. The times are
kept in few classes, which puts that test on the safe side, and it is blunt at the ends: so the share of votes that came
at once is tested by itself (`hasty`).

Rules: pure; a test that has too little to go by says nothing; none can see the level of a rating.

[1] N. Smirnov, Table for estimating the goodness of fit of empirical distributions, Ann. Math. Statist. 19 (1948).
[2] M. A. Stephens, Use of the Kolmogorov-Smirnov, Cramer-von Mises and related statistics without extensive tables,
    JRSS B 32 (1970).
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate
from math import exp, sqrt
from statistics import median
from typing import Literal

from msgspec import Struct

from broker.integrity.weeks import Week, variation
from broker.statistics.binomial import at_least, at_most

Test = Literal["response", "latency", "hasty", "idle", "bursts", "after_hours", "rhythm"]
SURE = 0.001
VISITS = 40
"""No test looks at fewer finished visits."""
VOTES = 5
"""As many votes a desk needs before their times are looked at."""
INTERVALS = 20
"""As many times between hands before their rhythm is."""
DESKS = 4
"""Fewer desks have no middle that could be a measure."""
TELLING_VISITS, TELLING_HANDS = 20, 5
"""What a desk must have for its shares to be among those of which the middle is taken."""


class Allowed(Struct, frozen=True):
    """How far an honest desk may be away: `times` as much as the rest of the centre, in any case up to `least`."""

    times: float
    least: float = 0.0


ALLOWED: Mapping[Test, Allowed] = {
    "response": Allowed(2.0),
    "hasty": Allowed(2.0, 0.1),
    "idle": Allowed(2.0, 0.05),
    "bursts": Allowed(2.0, 0.01),
    "after_hours": Allowed(2.0, 0.02),
}
FURTHEST = 0.15
"""So far two honest distributions of times may lie apart."""
STEADY = 0.5
"""Below this variation presses follow a clock."""
_ALWAYS = 0.3
"""Below this scaled distance the series of [2] does not settle; its sum is 1 to five digits."""


class Usual(Struct, frozen=True, kw_only=True):
    """The middle desk of a centre: shares as in `Finding`, None where too few desks are a measure.

    `sooner`: which share of the votes came in each class of times or a sooner one, the last class left out; `votes` of
    all desks.
    """

    response: float | None
    hasty: float | None
    bursts: float | None
    idle: float | None
    after_hours: float | None
    sooner: tuple[float, ...] | None
    votes: int


class Finding(Struct, frozen=True, kw_only=True):
    """What a test found. `n` was looked at, `share` of it counts against the desk; `usual` is that of the middle desk.

    An honest desk may have up to (where `low`: down to) `limit`; `p` is the probability of this or worse at that limit,
    None where the test has none. Of times: `share` and `usual` are those that came sooner than the class `edge` ends.
    Of the rhythm: `share` is the variation, which is
    about 1 where chance presses.
    """

    test: Test
    n: int
    share: float
    usual: float
    limit: float
    p: float | None = None
    edge: int = 0
    low: bool = False


def usual(desks: Iterable[Week]) -> Usual:
    """The middle of a centre's desks, given the counts of each in the same weeks."""
    each = list(desks)
    visited = [week for week in each if week.served >= TELLING_VISITS]
    pressed = [week for week in each if week.hands >= TELLING_HANDS]
    voted = [_sooner(week) for week in each if week.votes >= VOTES]
    return Usual(
        response=_middle(week.votes / week.served for week in visited),
        hasty=_middle(week.latencies[0] / week.votes for week in each if week.votes >= VOTES),
        bursts=_middle(week.bursts / week.served for week in visited),
        idle=_middle(week.idle / week.hands for week in pressed),
        after_hours=_middle(week.after_hours / week.hands for week in pressed),
        sooner=tuple(median(edge) for edge in zip(*voted, strict=True)) if len(voted) >= DESKS else None,
        votes=sum(week.votes for week in each),
    )


def _middle(shares: Iterable[float]) -> float | None:
    each = list(shares)
    return median(each) if len(each) >= DESKS else None


def found(test: Test, own: Week, centre: Usual) -> Finding | None:
    """What `test` finds in a desk's counts, against its centre in the same weeks; None where all may be well."""
    return _TESTS[test](own, centre) if enough(test, own) else None


def enough(test: Test, own: Week) -> bool:
    """Whether a desk's counts are enough for `test`: weeks are put together until they are."""
    if test in ("latency", "hasty") and own.votes < VOTES:
        return False
    if test == "rhythm" and sum(own.gaps) < INTERVALS:
        return False
    return own.served >= VISITS


def _response(own: Week, centre: Usual) -> Finding | None:
    if centre.response is None:
        return None
    votes, times = min(own.votes, own.served), ALLOWED["response"].times
    low = votes < centre.response * own.served
    limit = centre.response / times if low else min(centre.response * times, 1.0)
    p = at_most(votes, own.served, limit) if low else at_least(votes, own.served, limit)
    return _if_sure(
        Finding(
            test="response",
            n=own.served,
            share=votes / own.served,
            usual=centre.response,
            limit=limit,
            p=p,
            low=low,
        )
    )


def _hasty(own: Week, centre: Usual) -> Finding | None:
    return _too_many("hasty", own.latencies[0], own.votes, centre.hasty)


def _idle(own: Week, centre: Usual) -> Finding | None:
    return _too_many("idle", own.idle, own.hands, centre.idle)


def _bursts(own: Week, centre: Usual) -> Finding | None:
    return _too_many("bursts", min(own.bursts, own.served), own.served, centre.bursts)


def _after_hours(own: Week, centre: Usual) -> Finding | None:
    return _too_many("after_hours", own.after_hours, own.hands, centre.after_hours)


def _too_many(test: Test, k: int, n: int, at_the_middle: float | None) -> Finding | None:
    if k == 0:
        return None
    usually = min(at_the_middle or 0.0, 1.0)
    limit = min(max(ALLOWED[test].least, ALLOWED[test].times * usually), 1.0)
    return _if_sure(Finding(test=test, n=n, share=k / n, usual=usually, limit=limit, p=at_least(k, n, limit)))


def _latency(own: Week, centre: Usual) -> Finding | None:
    if centre.sooner is None:
        return None
    ours, theirs = _sooner(own), centre.sooner
    edge = max(range(len(ours)), key=lambda index: abs(ours[index] - theirs[index]))
    p = beyond(abs(ours[edge] - theirs[edge]) - FURTHEST, own.votes, centre.votes)
    return _if_sure(
        Finding(test="latency", n=own.votes, share=ours[edge], usual=theirs[edge], limit=FURTHEST, p=p, edge=edge)
    )


def _rhythm(own: Week, _centre: Usual) -> Finding | None:
    share = variation(own.gaps)
    return Finding(test="rhythm", n=sum(own.gaps), share=share, usual=1.0, limit=STEADY) if share < STEADY else None


def beyond(distance: float, n: int, m: int) -> float:
    """P(two samples of `n` and `m` from one distribution lie further apart than `distance`) [2]; 1 for none at all."""
    size = sqrt(n * m / (n + m))
    scaled = (size + 0.12 + 0.11 / size) * distance
    if scaled < _ALWAYS:
        return 1.0
    return 2 * sum(exp(-2 * (scaled * k) ** 2) * (1 if k % 2 else -1) for k in range(1, 101))


def _sooner(week: Week) -> list[float]:
    """Which share of the votes came in each class or a sooner one; that of the last, all of them, is left out."""
    return [n / week.votes for n in accumulate(week.latencies)][:-1]


def _if_sure(finding: Finding) -> Finding | None:
    return finding if finding.p is not None and finding.p < SURE else None


_TESTS: Mapping[Test, Callable[[Week, Usual], Finding | None]] = {
    "response": _response,
    "latency": _latency,
    "hasty": _hasty,
    "idle": _idle,
    "bursts": _bursts,
    "after_hours": _after_hours,
    "rhythm": _rhythm,
}
TESTS: tuple[Test, ...] = tuple(_TESTS)
