"""A ticket dispenser: its search, its paper, and the whole of it from the touch to the first byte."""

from collections.abc import Callable

from bench import dispenser_paper, dispenser_search, dispenser_touch
from bench.report import Figure


def run(say: Callable[[str], None]) -> list[Figure]:
    """All figures of a dispenser."""
    return [*dispenser_touch.measure(say), *dispenser_search.measure(say), *dispenser_paper.measure(say)]
