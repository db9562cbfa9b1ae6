"""The planned year: its days, and citizens drawn so that the totals come out exactly."""

import datetime
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from broker.intake.ledger import COLUMNS, Dossier, Tenure, judge
from broker.intake.lines import Line
from broker.simulator.visits import Visit
from broker.site_files import load_site
from broker.site_rows import rows
from virtual_centre.crowd import lognormal
from virtual_centre.year_ledger import draw_dossiers
from virtual_centre.year_plan import YearPlan, load_plan, seconds_of
from virtual_centre.year_visits import QUICKEST_S, SLOWEST_S, draw_year

SITE_FOLDER = Path(__file__).parents[2] / "firmware_configs" / "site" / "ca-mau"
GROUPS = ("elder", "child")


@pytest.fixture(scope="module")
def plan() -> YearPlan:
    return load_plan(SITE_FOLDER)


@pytest.fixture(scope="module")
def year(plan: YearPlan) -> list[list[Visit]]:
    return draw_year(plan, GROUPS, Random(7))


def visits(year: Sequence[Sequence[Visit]]) -> list[Visit]:
    return [visit for day in year for visit in day]


def votes(visit: Visit) -> int:
    """The level that must count: of the last press within five seconds of the first; 0 for no press."""
    first = visit.presses[0] if visit.presses else None
    kept = [press for press in visit.presses if first and press.after_s - first.after_s <= 5]
    return kept[-1].level if kept else 0


# ------------------------------------------------------------------------------------------------------- the calendar


def test_the_year_has_250_working_days_and_no_holiday_is_wasted_on_a_weekend(plan: YearPlan) -> None:
    assert len(plan.days) == 250
    assert {day.weekday() for day in plan.days} == {0, 1, 2, 3, 4}
    weekdays = [d for n in range(365) if (d := datetime.date(2021, 1, 1) + datetime.timedelta(n)).weekday() < 5]
    assert len(weekdays) - len(plan.days) == 11


def test_mondays_are_fuller_than_fridays(plan: YearPlan, year: list[list[Visit]]) -> None:
    of = Counter[int]()
    for day, coming in zip(plan.days, year, strict=True):
        of[day.weekday()] += len(coming)
    assert of[0] > 1.3 * of[4]


# --------------------------------------------------------------------------------------------------------- who comes


def test_every_service_has_exactly_its_year_s_visits(plan: YearPlan, year: list[list[Visit]]) -> None:
    come = Counter(visit.service for visit in visits(year))
    assert come == {errand.service: round(errand.per_day * 250) for errand in plan.demand.first}
    assert come["adv"] == 219
    assert 69_000 < come.total() < 71_000


def test_home_deliveries_are_exact_per_department_and_certain_to_be_served(
    plan: YearPlan, year: list[list[Visit]]
) -> None:
    sent = [visit for visit in visits(year) if "p" in [work.queue for work in visit.works]]
    assert len(sent) == 5_187
    assert not any(visit.missed for visit in sent)
    of = Counter(visit.service for visit in sent)
    assert {quota.department: of[f"{quota.department}-nop"] for quota in plan.quotas} == {
        quota.department: quota.home_deliveries for quota in plan.quotas
    }


def test_votes_are_exact_per_department_and_only_of_the_served(plan: YearPlan, year: list[list[Visit]]) -> None:
    voters = [visit for visit in visits(year) if visit.presses]
    assert not any(visit.missed for visit in voters)
    rated = Counter(visit.service.rpartition("-")[0] for visit in voters)
    satisfied = Counter(visit.service.rpartition("-")[0] for visit in voters if votes(visit) <= 2)
    assert rated == {quota.department: quota.ratings for quota in plan.quotas if quota.ratings}
    assert satisfied == {quota.department: quota.satisfied for quota in plan.quotas if quota.satisfied}
    assert (rated.total(), satisfied.total()) == (11_744, 11_619)


def test_every_first_press_comes_while_the_citizen_still_stands_there(year: list[list[Visit]]) -> None:
    for visit in visits(year):
        for press in visit.presses[:1]:
            assert QUICKEST_S <= press.after_s <= SLOWEST_S


def test_nobody_takes_a_number_while_the_kiosk_is_closed(year: list[list[Visit]]) -> None:
    hours = load_site(SITE_FOLDER).hours.spans
    for visit in visits(year):
        minute = visit.at_s / 60
        assert any(start <= minute < end for start, end in hours), visit


def test_the_same_seed_is_the_same_year_and_another_seed_is_not(plan: YearPlan, year: list[list[Visit]]) -> None:
    assert draw_year(plan, GROUPS, Random(7)) == year
    assert draw_year(plan, GROUPS, Random(8)) != year


def test_no_two_visits_share_an_id(year: list[list[Visit]]) -> None:
    ids = [visit.id for visit in visits(year)]
    assert len(set(ids)) == len(ids)


def test_drawn_times_have_the_mean_and_spread_of_the_services_file() -> None:
    chance = Random(1)
    draws = [lognormal(chance, 600.0, 0.75) for _ in range(40_000)]
    mean = sum(draws) / len(draws)
    spread = (sum((draw - mean) ** 2 for draw in draws) / len(draws)) ** 0.5
    assert mean == pytest.approx(600, rel=0.02)
    assert spread / mean == pytest.approx(0.75, rel=0.05)


def test_a_clock_time_is_seconds_after_midnight() -> None:
    assert seconds_of("06:45") == 24_300


# ------------------------------------------------------------------------------------------------------------ ledgers


def department_levels(department: str) -> dict[str, int]:
    return {
        row.code("code"): int(row.text("level"))
        for row in rows(SITE_FOLDER / "procedures.csv")
        if row.code("department") == department
    }


def draw(plan: YearPlan, department: str) -> list[Dossier]:
    (quota,) = (quota for quota in plan.quotas if quota.department == department)
    return draw_dossiers(plan, quota, department_levels(department), Random(3))


@pytest.mark.parametrize("department", ["tnmt", "ca", "ngv", "ttr"])
def test_a_drawn_ledger_has_the_department_s_totals(plan: YearPlan, department: str) -> None:
    (quota,) = (quota for quota in plan.quotas if quota.department == department)
    drawn = draw(plan, department)
    assert len(drawn) == len({dossier.key for dossier in drawn}) == quota.dossiers
    assert sum(dossier.channel == "online" for dossier in drawn) == quota.online
    assert sum(dossier.resolved is None for dossier in drawn) == quota.pending
    assert sum(dossier.resolved is not None and dossier.resolved <= dossier.due for dossier in drawn) == quota.on_time
    assert sum(dossier.resolved is not None and dossier.resolved > dossier.due for dossier in drawn) == quota.late
    assert sum(dossier.delivery == "home" for dossier in drawn) == quota.home_deliveries
    assert {dossier.received[:4] for dossier in drawn} == {"2021"}


def test_a_drawn_ledger_passes_the_import_s_own_judgement(plan: YearPlan) -> None:
    drawn = draw(plan, "tp")
    register = {code: (Tenure("tp"),) for code in department_levels("tp")}
    lines = [Line(n, {name: getattr(dossier, name) or "" for name in COLUMNS}) for n, dossier in enumerate(drawn)]
    assert [judge(line, register) for line in lines] == drawn


def test_only_procedures_that_can_be_filed_from_home_are(plan: YearPlan) -> None:
    levels = department_levels("tp")
    assert {levels[dossier.procedure] for dossier in draw(plan, "tp") if dossier.channel == "online"} == {3, 4}
