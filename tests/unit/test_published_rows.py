"""What a period is answered with, of sums that were published: to the day and to the number."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from broker import published
from broker.database import migrate
from broker.published import Known

CENTRE = ("site", "-")


@pytest.fixture
def book() -> Iterator[sqlite3.Connection]:
    """All days up to 20 March 2021 are told of; of the centre the last ones wait since the 18th."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db)
        db.execute("INSERT INTO meta VALUES ('published', '2021-03-21')")
        yield db


def tell(db: sqlite3.Connection, cell: tuple[str, str], *sums: tuple[str, str, int, int | None]) -> None:
    """First and last day within 2021, rated, satisfied."""
    db.executemany(
        "INSERT INTO published VALUES (?,?,?,?,?,?)",
        [(*cell, f"2021-{first}", f"2021-{last}", rated, satisfied) for first, last, rated, satisfied in sums],
    )


def wait(db: sqlite3.Connection, day: str) -> None:
    """Ratings of that day are counted, and wait to be told with a later one."""
    db.execute("INSERT INTO daily_closed VALUES ('site', ?, '-', 'rating', 1, 2)", (f"2021-{day}",))


def exact(first: str, last: str, rated: int, satisfied: int) -> Known:
    return Known(f"2021-{first}", f"2021-{last}", rated, satisfied, exact=True, unsatisfied=rated - satisfied)


DAYS = (("03-01", "03-01", 9, 8), ("03-02", "03-04", 7, 7), ("03-05", "03-05", 6, 4), ("03-16", "03-17", 5, 5))
"""Monday; Tuesday to Thursday together; Friday; Tuesday and Wednesday together."""


@pytest.mark.parametrize(
    ("start", "end", "known"),
    [
        ("03-01", "03-20", exact("03-01", "03-20", 27, 24)),
        ("03-01", "03-31", exact("03-01", "03-20", 27, 24)),
        ("02-01", "03-04", exact("02-01", "03-04", 16, 15)),
        ("03-01", "03-01", exact("03-01", "03-01", 9, 8)),
        ("03-02", "03-05", exact("03-02", "03-05", 13, 11)),
        ("03-03", "03-05", exact("03-05", "03-05", 6, 4)),
        ("03-04", "03-16", exact("03-05", "03-15", 6, 4)),
        ("03-01", "03-03", exact("03-01", "03-01", 9, 8)),
        ("03-06", "03-15", exact("03-06", "03-15", 0, 0)),
        ("03-20", "03-20", exact("03-20", "03-20", 0, 0)),
        ("03-03", "03-04", None),
        ("03-02", "03-03", None),
        ("03-21", "03-22", None),
    ],
)
def test_a_period_is_answered_with_the_days_that_whole_sums_cover(
    book: sqlite3.Connection, start: str, end: str, known: Known | None
) -> None:
    tell(book, CENTRE, *DAYS)
    assert published.centre(book, f"2021-{start}", f"2021-{end}") == known


def test_days_that_wait_end_what_is_answered(book: sqlite3.Connection) -> None:
    tell(book, CENTRE, *DAYS)
    for day in ("03-05", "03-17", "03-21"):
        wait(book, day)
    assert published.centre(book, "2021-03-05", "2021-03-31") == exact("03-05", "03-20", 11, 9)
    for day in ("03-19", "03-18"):
        wait(book, day)
    assert published.centre(book, "2021-03-05", "2021-03-31") == exact("03-05", "03-17", 11, 9)
    assert published.centre(book, "2021-03-18", "2021-03-20") is None


def test_where_nothing_was_published_nothing_is_known(book: sqlite3.Connection) -> None:
    assert (published.last_of_centre(book), published.until(book)) == ("", "2021-03-21")
    book.execute("DELETE FROM meta")
    assert published.until(book) == ""
    assert published.centre(book, "2021-03-01", "2021-03-31") is None
    assert published.by_hour(book, "2021-03-01", "2021-03-31") == {}
    assert published.by_day(book, "2021-03-01", "2021-03-31") == {}


def test_days_and_weekdays_stand_by_themselves_and_several_in_one_sum_under_none(book: sqlite3.Connection) -> None:
    tell(book, CENTRE, *DAYS, ("03-08", "03-08", 4, 3))
    assert published.by_day(book, "2021-03-02", "2021-03-08") == {
        "2021-03-02": exact("03-02", "03-04", 7, 7),
        "2021-03-05": exact("03-05", "03-05", 6, 4),
        "2021-03-08": exact("03-08", "03-08", 4, 3),
    }
    assert published.by_weekday(book, "2021-03-01", "2021-03-31") == {
        "1": exact("03-01", "03-08", 13, 11),
        "-": exact("03-02", "03-17", 12, 12),
        "5": exact("03-05", "03-05", 6, 4),
    }


def test_hours_are_as_fine_as_every_month_tells_them(book: sqlite3.Connection) -> None:
    january, february = ("01-01", "01-31"), ("02-01", "02-28")
    tell(book, ("hour", "08-08"), (*january, 40, 38), (*february, 50, 49))
    tell(book, ("hour", "09-10"), (*january, 30, 30))
    tell(book, ("hour", "10-11"), (*february, 60, 55))
    tell(book, ("hour", "09-09"), (*february, 31, 30))
    tell(book, ("hour", "11-13"), (*january, 32, 31))
    tell(book, ("hour", "14-14"), (*january, 33, 32))
    assert published.by_hour(book, "2021-01-01", "2021-03-20") == {
        "08-08": exact("01-01", "02-28", 90, 87),
        "09-13": exact("01-01", "02-28", 153, 146),
        "14-14": exact("01-01", "02-28", 33, 32),
    }
    assert list(published.by_hour(book, "2021-01-01", "2021-01-31")) == ["08-08", "09-10", "11-13", "14-14"]
    assert published.by_hour(book, "2021-01-02", "2021-02-27") == {}


def test_a_row_is_made_of_the_newest_sums_the_longest_exact_one_first_until_a_gap(book: sqlite3.Connection) -> None:
    desk = ("desk", "a")
    tell(book, desk, ("01-01", "01-31", 40, None), ("01-01", "02-28", 70, None), ("02-01", "02-28", 30, None))

    def row(start: str, end: str) -> Known:
        return published.by_key(book, "desk", f"2021-{start}", f"2021-{end}")["a"]

    assert row("01-01", "02-28") == Known("2021-01-01", "2021-02-28", 70, 66, exact=False, unsatisfied=0)
    assert row("01-02", "02-28") == Known("2021-02-01", "2021-02-28", 30, 26, exact=False, unsatisfied=0)
    assert row("01-01", "01-31") == Known("2021-01-01", "2021-01-31", 40, 36, exact=False, unsatisfied=0)
    tell(book, desk, ("01-01", "03-31", 110, 101), ("03-01", "03-31", 40, None), ("04-01", "04-30", 30, 22))
    assert row("01-01", "04-30") == exact("01-01", "04-30", 140, 123)
    tell(book, desk, ("05-01", "05-31", 30, None))
    assert row("01-01", "12-31") == Known("2021-01-01", "2021-05-31", 170, 149, exact=False, unsatisfied=17)
    tell(book, desk, ("07-01", "07-31", 50, 40))
    assert row("01-01", "12-31") == exact("07-01", "07-31", 50, 40)
    assert published.by_key(book, "counter", "2021-01-01", "2021-12-31") == {}
