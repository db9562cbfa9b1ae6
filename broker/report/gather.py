"""Reads everything that a report of a period says.

Rules: reads only the read models, the imported ledger and the centre's files, and each of them once; the day whose rows
of the centre's files hold is the last day of the period.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from broker import acceptance, figures
from broker.establishment import load_establishment, load_stated
from broker.fairness import fairness
from broker.model import Site
from broker.occupancy import Occupancy, occupancy
from broker.reader import Reader
from broker.register_counts import register_counts
from broker.report.content import Level, Report
from broker.site_files import read_centre

STEPS = 9
Told = Callable[[int], None]
"""Is told how many of the `STEPS` are done."""


def gather(
    reader: Reader, site: Site, folder: Path, period: tuple[str, str], made: str, told: Told | None = None
) -> Report:
    """The report of `period` (first and last day), made at the instant `made`. Raises SiteError, ValueError.

    Its figures are of one moment if all that `reader` reads is: see `reader.one_moment`.
    """
    start, end = period
    done = _Steps(told or (lambda _done: None))
    head = read_centre(folder).report
    compared = (start, end) == (head.published_from, head.published_to)
    return Report(
        centre=site.names,
        head=head,
        start=start,
        end=end,
        made=made,
        levels=tuple(Level(level=each.level, name=each.names, satisfied=each.satisfied) for each in site.levels),
        compared=compared,
        figures=done(_table(reader, site, folder, start, end, compared)),
        ratings=done(tuple(figures.ratings(reader, site, start, end, "site"))),
        ratings_by_department=done(tuple(figures.ratings(reader, site, start, end, "department"))),
        waits=done(tuple(figures.waits(reader, site, start, end, "site"))),
        waits_by_department=done(tuple(figures.waits(reader, site, start, end, "department"))),
        waits_by_counter=done(tuple(figures.waits(reader, site, start, end, "counter"))),
        fairness=done(fairness(reader, site, start, end, "site")[0]),
        register=done(register_counts(reader, site, start, end)),
        occupancy=done(occupancy(reader, start, end, "site").get("-", Occupancy())),
        departments={each.id: each.field for each in site.departments.values()},
        counters={each.id: each.names for each in site.counters.values()},
    )


def _table(
    reader: Reader, site: Site, folder: Path, start: str, end: str, compared: bool
) -> tuple[acceptance.Figure, ...]:
    centre, stated = load_establishment(folder, end), load_stated(folder)
    table = acceptance.table(reader, site, centre, stated, start, end)
    return table if compared else tuple(replace(figure, agrees=None) for figure in table)


class _Steps:
    def __init__(self, told: Told) -> None:
        self._told, self._done = told, 0

    def __call__(self, found: Any) -> Any:
        self._done += 1
        self._told(self._done)
        return found
