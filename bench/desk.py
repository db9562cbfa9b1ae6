"""`./run bench desk`: the rule who is next, the simulator that it is judged by, and the forecast."""

from collections.abc import Callable

from bench import desk_ciw, desk_policies, desk_rush, desk_theory, forecast
from bench.report import Figure

PARTS = (desk_rush.run, desk_policies.run, desk_theory.run, desk_ciw.run, forecast.run)


def run(say: Callable[[str], None]) -> list[Figure]:
    """All figures."""
    return [figure for part in PARTS for figure in part(say)]
