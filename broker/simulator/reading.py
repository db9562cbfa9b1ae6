"""What the hub's database holds of a month: counts, and what the log knows of moments.

Rules: reads only, and only days that are over.
"""

from broker import facts as f
from broker.model import Site
from broker.reader import Reader
from broker.simulator.answer import days_of
from broker.simulator.attendance import away
from broker.simulator.learned import MEASURES, Learned, learn
from broker.simulator.moments import given, tidied

_COUNTS = f"""
    SELECT day, queue, service, measure, bucket, sum(n) FROM tally
    WHERE day BETWEEN ? AND ? AND day < (SELECT value FROM meta WHERE key = 'day')
        AND measure IN ({",".join("?" * len(MEASURES))})
    GROUP BY 1, 2, 3, 4, 5"""  # noqa: S608  # because only question marks are put in
KINDS = (
    *("issued", "called", "no_show", "parked", "transferred", "served"),
    *("desk_opened", "desk_closed", "desk_paused", "desk_resumed", "undone"),
)
_FACTS = f"""
    SELECT day, at, body FROM facts
    WHERE seq >= (SELECT min(seq) FROM facts WHERE kind = 'day_opened' AND day >= ?)
        AND seq < ifnull((SELECT min(seq) FROM facts WHERE kind = 'day_opened' AND day > ?), 9e18)
        AND day < (SELECT value FROM meta WHERE key = 'day')
        AND kind IN ({",".join("?" * len(KINDS))})
    ORDER BY seq"""  # noqa: S608  # because only question marks are put in


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
    rows = reader.execute(_FACTS, (*days, *KINDS))
    moments = [(day, at, f.decode(body)) for day, at, body in rows]
    counts = reader.execute(_COUNTS, (*days, *MEASURES))
    return learn(counts, given(moments, site), tidied(moments), site, away(moments, site))
