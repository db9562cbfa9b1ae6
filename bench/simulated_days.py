"""The first centre's year, drawn anew with more or fewer visitors."""

from dataclasses import replace as changed
from pathlib import Path
from random import Random

from msgspec.structs import replace

from broker.simulator.visits import Visit
from virtual_centre.year_plan import YearPlan
from virtual_centre.year_run import YearRun
from virtual_centre.year_visits import draw_year

SITE_FOLDER = Path(__file__).parents[1] / "firmware_configs" / "site" / "ca-mau"
SEED = 2026


def drawn(demand: float) -> tuple[YearRun, list[list[Visit]]]:
    """The year and the visits of its working days, with `demand` times its visitors."""
    year = YearRun(SITE_FOLDER, Path(), SEED)
    return year, draw_year(_times(year.plan, demand), tuple(year.site.groups), Random(SEED))


def _times(plan: YearPlan, demand: float) -> YearPlan:
    errands = {name: changed(errand, per_day=errand.per_day * demand) for name, errand in plan.demand.errands.items()}
    return replace(plan, demand=changed(plan.demand, errands=errands))
