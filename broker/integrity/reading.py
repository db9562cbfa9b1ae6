"""A year of counts and notes out of the hub's database.

Rules: whole weeks that are over; read from the read models, but for the notes, of which there are few.
"""

import datetime
from collections import Counter, defaultdict

from broker import facts as f
from broker.integrity.cases import Note, Raised, raised
from broker.integrity.weeks import Week, monday, week_of
from broker.reader import Reader

WEEKS_SQL = """
    SELECT week, desk, measure, bucket, n FROM press_weeks WHERE week BETWEEN ? AND ?
    UNION ALL
    SELECT date(day, 'weekday 0', '-6 days'), key, measure, bucket, sum(n) FROM daily
    WHERE dimension = 'desk' AND day BETWEEN ? AND date(?, '+6 days') AND measure = 'served' GROUP BY 1, 2, 3, 4"""

NOTES_SQL = "SELECT at, body FROM facts WHERE kind = 'case_noted' ORDER BY seq"


def weeks(reader: Reader, first: str, last: str) -> dict[str, dict[str, Week]]:
    """Monday -> desk -> counts, from the week of Monday `first` to that of Monday `last`, both included."""
    counts: defaultdict[tuple[str, str], Counter[tuple[str, int]]] = defaultdict(Counter)
    for week, desk, measure, bucket, n in reader.execute(WEEKS_SQL, (first, last, first, last)):
        counts[week, desk][measure, bucket] += n
    found: defaultdict[str, dict[str, Week]] = defaultdict(dict)
    for (week, desk), counted in sorted(counts.items()):
        found[week][desk] = week_of(counted)
    return dict(found)


def notes(reader: Reader) -> dict[str, list[Note]]:
    """Case -> what was written to it, in order."""
    found: defaultdict[str, list[Note]] = defaultdict(list)
    for at, body in reader.execute(NOTES_SQL, ()):
        fact = f.decode(body)
        if isinstance(fact, f.CaseNoted):
            found[fact.case].append(Note(at, fact.actor, fact.note))
    return dict(found)


def of_year(reader: Reader, year: int, today: str) -> Raised:
    """The flags of those weeks of `year` (by their Mondays) that were over before `today`."""
    opens = datetime.date(year, 1, 1)
    first = opens + datetime.timedelta(days=-opens.weekday() % 7)
    last = min(datetime.date(year, 12, 31), datetime.date.fromisoformat(monday(today)) - datetime.timedelta(days=7))
    return raised(weeks(reader, first.isoformat(), monday(last.isoformat())))
