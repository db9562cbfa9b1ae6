"""What the log knows of moments and the counts do not: when numbers were given, how long a desk tidied up after what.

Rules: pure; facts come in the order of the log, each with its day and moment (Unix ms).
"""

from collections.abc import Iterable, Iterator

from broker import facts as f
from broker.fact import AtDesk
from broker.local_calendar import LocalCalendar
from broker.model import Site

Moment = tuple[str, int, f.AnyFact]
"""Day, moment and fact."""
Given = tuple[str, int]
"""A queue, and the minute of the day at which a number of it was given."""
Tidied = tuple[str, str, int]
"""Queue and service of a visit, and for how many seconds its desk then kept the next one waiting."""


def given(moments: Iterable[Moment], site: Site) -> Iterator[Given]:
    """Each number."""
    calendar = LocalCalendar(site.zone)
    for _, at, fact in moments:
        if isinstance(fact, f.Issued):
            local = calendar.local(at)
            yield fact.queue, 60 * local.hour + local.minute


def tidied(moments: Iterable[Moment]) -> Iterator[Tidied]:
    """Each pause between two visits for which somebody waited."""
    before: dict[str, f.Served | f.Transferred] = {}
    for _, _, fact in moments:
        if isinstance(fact, f.Served | f.Transferred):
            before[fact.desk] = fact
        elif isinstance(fact, AtDesk):
            visit = before.pop(fact.key_of, None)
            if visit and isinstance(fact, f.Called) and fact.tidy_s is not None:
                yield visit.queue, visit.service, fact.tidy_s
