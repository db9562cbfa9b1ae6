"""At which hours of which weekdays people wait.

Rules: means are exact; the hour is that of the first call; only the counts of `daily` are read.
"""

from broker.reader import Reader


def mean_waits(reader: Reader, start: str, end: str) -> dict[tuple[str, str], tuple[float, int]]:
    """(Weekday `1` to `7`, hour `00` to `23`) → mean wait in seconds, and of how many calls."""
    rows = reader.execute(
        "SELECT strftime('%w', day), key, sum(iif(measure = 'wait_s', n, 0)), sum(iif(measure = 'wait', n, 0))"
        " FROM daily WHERE dimension = 'hour' AND day BETWEEN ? AND ? AND measure IN ('wait', 'wait_s') GROUP BY 1, 2",
        (start, end),
    )
    return {
        ("7" if weekday == "0" else weekday, hour): (total_s / calls, calls)
        for weekday, hour, total_s, calls in rows
        if calls
    }
