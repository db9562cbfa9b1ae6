"""`./run bench ratings`: what believing ratings costs and finds; each part has `run(say) -> list[Figure]`."""

from collections.abc import Callable
from importlib import import_module

from bench.report import Figure

PARTS = ("bench.ratings_time", "bench.ratings_cheats", "bench.league", "bench.ratings_presses")


def run(say: Callable[[str], None]) -> list[Figure]:
    """The figures of all parts."""
    return [figure for part in PARTS for figure in import_module(part).run(say)]
