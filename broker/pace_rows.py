"""What calls took in earlier days, read from the read models for `broker.pace`.

Rules: reads only, and no more than the days that are learned from.
"""

from collections.abc import Iterator

from broker.pace import MEASURES, Row
from broker.reader import Reader

_MARKS = ",".join("?" * len(MEASURES))
_DAYS = f"""
    SELECT DISTINCT day FROM daily_closed WHERE dimension = 'site' AND day < ? AND measure IN ({_MARKS})
    ORDER BY day DESC LIMIT ?"""  # noqa: S608  # because only question marks are put in
_ROWS = f"""
    SELECT day, key, measure, bucket, n FROM daily_closed
    WHERE dimension = 'queue' AND day = ? AND measure IN ({_MARKS})"""  # noqa: S608  # because only question marks are put in


def pace_rows(db: Reader, before: str, days: int) -> Iterator[Row]:
    """The counts of the newest `days` days with any, older than the day `before`."""
    for (day,) in list(db.execute(_DAYS, (before, *MEASURES, days))):
        yield from db.execute(_ROWS, (day, *MEASURES))
