"""Who comes in the replayed year: every visit with all that will happen to it, drawn before the first day begins.

A service's yearly total is kept exactly and split over days and hours by chance (a multinomial draw). What must come
out exactly, such as home deliveries and votes, is given to visits that are certain to be served: not to the missed.

Rules: pure; chance is passed in; the same chance gives the same year.
"""

from collections.abc import Sequence
from math import sqrt
from random import Random

from msgspec import Struct

from broker.simulator.visits import Press, Visit, Work, fresh_id
from virtual_centre.crowd import lognormal
from virtual_centre.demand import FEE, POST, Errand
from virtual_centre.year_plan import Quota, YearPlan, seconds_of

SUBMIT = "nop"
DOOR_OPENS_S = 6 * 3600 + 45 * 60
"""The kiosk is switched on then (seconds after midnight): who came earlier stands in line before it."""
SHORTEST_S = 20.0
"""No contact is shorter."""
QUICKEST_S, SLOWEST_S = 1.0, 25.0
"""Between these many seconds after the farewell people press a button: they stand right beside it."""


class _Draft(Struct):
    """A visit while the year is drawn."""

    day: int
    errand: Errand
    missed: bool
    onward: list[str]
    level: int = 0


def draw_year(plan: YearPlan, groups: Sequence[str], chance: Random) -> list[list[Visit]]:
    """The visits of every working day, in the order in which they come; `groups` are the priority groups."""
    drafts = _drafts(plan, chance)
    _send_on(plan, drafts, chance)
    for quota in plan.quotas:
        _let_vote(plan, quota, drafts, chance)
    days: list[list[Visit]] = [[] for _ in plan.days]
    for draft in drafts:
        days[draft.day].append(_visit(plan, draft, groups, chance))
    for day in days:
        day.sort(key=lambda visit: visit.at_s)
    return days


def _drafts(plan: YearPlan, chance: Random) -> list[_Draft]:
    weights = _day_weights(plan, chance)
    drafts = []
    for errand in plan.demand.first:
        total = round(errand.per_day * len(plan.days))
        may_miss = bool(_quota_of(plan, errand))
        for day in chance.choices(range(len(plan.days)), weights, k=total):
            missed = may_miss and chance.random() < plan.visits.no_show_share
            drafts.append(_Draft(day, errand, missed, []))
    return drafts


def _day_weights(plan: YearPlan, chance: Random) -> list[float]:
    noise = plan.arrivals.day_noise_cv
    factors = plan.arrivals.weekday_factors
    return [factors[day.weekday()] * lognormal(chance, 1.0, noise) for day in plan.days]


def _quota_of(plan: YearPlan, errand: Errand) -> Quota | None:
    """The department of an errand: its service is called after it."""
    return next((quota for quota in plan.quotas if errand.service == f"{quota.department}-{errand.kind}"), None)


def _send_on(plan: YearPlan, drafts: list[_Draft], chance: Random) -> None:
    """Who submits may go on to pay, and then to the post desk: exactly as many as the year had."""
    submitting = [draft for draft in drafts if draft.errand.kind == SUBMIT and not draft.missed]
    fees = round(plan.demand.errands[FEE].per_day * len(plan.days))
    for draft in chance.sample(submitting, min(fees, len(submitting))):
        draft.onward.append(FEE)
    for quota in plan.quotas:
        own = [draft for draft in submitting if draft.errand.service == f"{quota.department}-{SUBMIT}"]
        for draft in chance.sample(own, quota.home_deliveries):
            draft.onward.append(POST)


def _let_vote(plan: YearPlan, quota: Quota, drafts: list[_Draft], chance: Random) -> None:
    served = [d for d in drafts if not d.missed and d.errand.service.rpartition("-")[0] == quota.department]
    voters = chance.sample(served, quota.ratings)
    for place, draft in enumerate(voters):
        best = chance.random() < plan.ratings.top_level_share
        draft.level = (1 if best else 2) if place < quota.satisfied else (3 if best else 4)


def _visit(plan: YearPlan, draft: _Draft, groups: Sequence[str], chance: Random) -> Visit:
    rules = plan.visits
    priority = bool(groups) and chance.random() < rules.priority_share
    returns = draft.missed and chance.random() < rules.late_comer_share
    errands = [draft.errand, *(plan.demand.errands[service] for service in draft.onward)]
    return Visit(
        id=fresh_id(chance),
        service=draft.errand.service,
        at_s=_arrival(plan, chance),
        group=chance.choice(groups) if priority else "",
        lang=chance.choices(list(rules.language_shares), list(rules.language_shares.values()))[0],
        works=tuple(_work(plan, errand, chance) for errand in errands),
        missed=draft.missed,
        back_after_s=60 * chance.uniform(*rules.late_after_min) if returns else 0.0,
        presses=_presses(plan, draft.level, chance) if draft.level else (),
    )


def _work(plan: YearPlan, errand: Errand, chance: Random) -> Work:
    contact = max(SHORTEST_S, lognormal(chance, errand.contact_s, errand.contact_cv))
    return Work(errand.queue, contact, lognormal(chance, max(errand.wrap_up_s, 1.0), plan.visits.wrap_up_cv))


def _arrival(plan: YearPlan, chance: Random) -> float:
    rules = plan.arrivals
    (step,) = chance.choices(range(len(rules.shares)), rules.shares)
    at_s = seconds_of(rules.first) + 60 * rules.step_min * (step + chance.random())
    return at_s if at_s >= DOOR_OPENS_S else DOOR_OPENS_S + chance.uniform(0, 120)


def _presses(plan: YearPlan, level: int, chance: Random) -> tuple[Press, ...]:
    """The vote, now and then after a slip that it corrects, or followed by one press too many."""
    rules = plan.ratings
    drawn = lognormal(chance, rules.press_after_s * sqrt(1 + rules.press_cv**2), rules.press_cv)
    after_s = min(max(drawn, QUICKEST_S), SLOWEST_S)
    habit = chance.random()
    if habit < rules.corrected_share:
        return Press(level % 4 + 1, after_s), Press(level, after_s + chance.uniform(1, 4))
    if habit < rules.corrected_share + rules.repeated_share:
        return Press(level, after_s), Press(level, after_s + chance.uniform(6, 10))
    return (Press(level, after_s),)
