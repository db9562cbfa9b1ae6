"""What the hub's database holds of a month: counts, when numbers were given and when desks were open.

Rules: reads only, and only days that are over.
"""

from collections.abc import Iterable, Iterator

from broker import facts as f
from broker.model import LocalCalendar, Site
from broker.reader import Reader
from broker.simulator.answer import days_of
from broker.simulator.attendance import KINDS, Row, away
from broker.simulator.learned import MEASURES, Given, Learned, learn

_COUNTS = f"""
    SELECT day, queue, service, measure, bucket, sum(n) FROM tally
    WHERE day BETWEEN ? AND ? AND day < (SELECT value FROM meta WHERE key = 'day')
        AND measure IN ({",".join("?" * len(MEASURES))})
    GROUP BY 1, 2, 3, 4, 5"""  # noqa: S608  # because only question marks are put in
_FACTS = """
    SELECT day, at, body FROM facts
    WHERE seq >= (SELECT min(seq) FROM facts WHERE kind = 'day_opened' AND day >= ?)
        AND seq < ifnull((SELECT min(seq) FROM facts WHERE kind = 'day_opened' AND day > ?), 9e18)
        AND day < (SELECT value FROM meta WHERE key = 'day')
        AND kind IN ({kinds})
    ORDER BY seq"""


def months(reader: Reader) -> list[str]:
    """The months `YYYY-MM` of which something can be learned, the newest first.

    The month that is not over yet comes last: the others say more.
    """
    known = [
        month
        for (month,) in reader.execute(
            "SELECT DISTINCT substr(day, 1, 7) FROM daily_closed"
            " WHERE dimension = 'site' AND key = '-' AND measure = 'issued' ORDER BY 1 DESC"
        )
    ]
    today = next((day for (day,) in reader.execute("SELECT value FROM meta WHERE key = 'day'")), "")
    return [month for month in known if month != today[:7]] + [month for month in known if month == today[:7]]


def learned_of(reader: Reader, site: Site, month: str) -> Learned:
    """What `month` says. Raises ValueError when nobody came in it."""
    days = days_of(month)
    counts = reader.execute(_COUNTS, (*days, *MEASURES))
    return learn(counts, _given(reader, days, site), site, away(_facts(reader, days, KINDS), site))


def _given(reader: Reader, days: tuple[str, str], site: Site) -> Iterator[Given]:
    calendar = LocalCalendar(site.zone)
    for _, at, body in _facts(reader, days, ("issued",)):
        fact, local = f.decode(body), calendar.local(at)
        if isinstance(fact, f.Issued):
            yield fact.queue, 60 * local.hour + local.minute


def _facts(reader: Reader, days: tuple[str, str], kinds: tuple[str, ...]) -> Iterable[Row]:
    return reader.execute(_FACTS.format(kinds=",".join("?" * len(kinds))), (*days, *kinds))
