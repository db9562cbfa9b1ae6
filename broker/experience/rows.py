"""What happened in earlier days, read from the read models for `broker.experience`.

Rules: reads only, and no more than the days that are learned from.
"""

from collections.abc import Iterator, Sequence

from broker.experience import calibration
from broker.experience.experience import MEASURES, Row
from broker.reader import Reader

_DAYS = """
    SELECT DISTINCT day FROM daily_closed WHERE dimension = 'site' AND day < ? AND measure IN ({}) AND n <> 0
    ORDER BY day DESC LIMIT ?"""
_WORK = "SELECT day, queue, service, measure, bucket, n FROM tally WHERE day = ? AND measure IN ({})"
_OUTCOMES = """
    SELECT day, '', '', measure, bucket, n FROM daily_closed
    WHERE dimension = 'site' AND day = ? AND key = '-' AND measure IN ({})"""


def rows(db: Reader, before: str, days: int) -> Iterator[Row]:
    """What calls took on the newest `days` days, and how forecasts were kept, older than the day `before`."""
    yield from _newest(db, before, days, MEASURES, _WORK)
    yield from _newest(db, before, calibration.DAYS, calibration.OUTCOMES, _OUTCOMES)


def _newest(db: Reader, before: str, days: int, measures: Sequence[str], sql: str) -> Iterator[Row]:
    """The counts of the newest `days` days with any."""
    marks = ",".join("?" * len(measures))
    for (day,) in list(db.execute(_DAYS.format(marks), (before, *measures, days))):
        yield from db.execute(sql.format(marks), (day, *measures))
