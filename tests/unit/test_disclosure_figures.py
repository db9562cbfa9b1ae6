"""What is told of a few ratings, to the number: worked out by hand from the rules, not from the code."""

from broker.disclosure import CENTRE, Cell, Told, Vote, of_days, of_months, together

DESKS: dict[tuple[str, str], tuple[Cell, ...]] = {(desk, "s"): (("desk", desk),) for desk in "abcde"}
WITH_DEPARTMENTS = {
    (desk, service): (*cells, ("department", "x" if desk in "ab" else "y")) for (desk, service), cells in DESKS.items()
}


def vote(day: str, desk: str, rated: int, bad: int = 0, hour: int = 8) -> Vote:
    return Vote(f"2021-{day}", hour, desk, "s", rated, rated - bad)


def month(number: int, **desks: tuple[int, int]) -> list[Vote]:
    """All of a month's ratings came on its fourth day: ratings and unsatisfied ones of each desk."""
    return [vote(f"{number:02d}-04", desk, *of) for desk, of in desks.items()]


def told_of(dimension: str, votes: list[Vote], cells: dict[tuple[str, str], tuple[Cell, ...]] = DESKS) -> list[object]:
    """Key, days, ratings and satisfied ones of each row that is told, in the order in which it is."""
    return [
        (told.cell[1], told.first[5:], told.last[5:], told.rated, told.satisfied)
        for told in of_months(votes, cells)
        if told.cell[0] == dimension
    ]


DAYS = [
    *(vote("01-04", "a", 2), vote("01-04", "b", 3, 1), vote("01-04", "c", 1)),
    *(vote("01-05", "a", 1, 1), vote("01-05", "b", 1)),
    *(vote("01-06", "b", 1), vote("01-06", "c", 4)),
    *(vote("01-11", "c", 2), vote("01-12", "b", 1), vote("01-13", "a", 1)),
    *(vote("01-29", "a", 7), vote("01-29", "b", 7, 2)),
    *(vote("02-01", "c", 1), vote("02-02", "a", 2), vote("02-02", "b", 2, 1), vote("02-03", "a", 5)),
]


def test_days_of_three_desks_are_told_and_others_wait_for_the_next_also_into_the_next_month() -> None:
    expected = [
        Told(CENTRE, "2021-01-04", "2021-01-04", 6, 5),
        Told(CENTRE, "2021-01-05", "2021-01-06", 7, 6),
        Told(CENTRE, "2021-01-11", "2021-01-13", 4, 4),
        Told(CENTRE, "2021-01-29", "2021-02-02", 19, 16),
    ]
    assert of_days(DAYS) == expected
    assert of_days(list(reversed(DAYS))) == expected
    assert [told for told in of_months(DAYS, DESKS) if told.cell == CENTRE] == expected


def test_what_was_left_before_comes_along_and_hides_nobody() -> None:
    left = [vote("01-29", "a", 7), vote("01-30", "b", 7)]
    one = [vote("02-01", "c", 1)]
    assert together(one, left) == ([], [*left, *one])
    assert together([], left) == ([], left)
    rest = [vote("02-02", "a", 1), vote("02-02", "b", 1)]
    assert together([*rest, *one], left) == ([[*left, *one, *rest]], [])


def test_a_desk_is_told_from_thirty_ratings_and_five_unsatisfied_on() -> None:
    votes = month(1, a=(30, 5), b=(30, 4), c=(29, 5), d=(39, 4))
    january = ("01-01", "01-31")
    assert told_of("desk", votes) == [("a", *january, 30, 25), ("b", *january, 30, None), ("d", *january, 30, None)]


def test_the_last_desk_is_told_with_the_others_only_where_all_may_be() -> None:
    january = ("01-01", "01-31")
    a, b, c = (("a", *january, 30, 25), ("b", *january, 31, 26), ("c", *january, 30, 25))
    assert told_of("desk", month(1, a=(30, 5), b=(31, 5), c=(30, 5))) == [a, b, c]
    assert told_of("desk", month(1, a=(30, 5), b=(31, 5), c=(29, 5))) == [a]
    assert told_of("desk", month(1, a=(30, 5), b=(31, 5), c=(30, 4))) == [a, ("c", *january, 30, None)]


def test_a_desk_goes_before_its_department_and_hides_it() -> None:
    votes = month(1, a=(30, 5), b=(10, 0), c=(30, 6), d=(30, 7))
    january = ("01-01", "01-31")
    assert told_of("desk", votes, WITH_DEPARTMENTS) == [("a", *january, 30, 25), ("c", *january, 30, 24)]
    assert told_of("department", votes, WITH_DEPARTMENTS) == []
    hidden = month(1, a=(29, 5), b=(10, 0), c=(30, 6), d=(30, 7))
    assert told_of("department", hidden, WITH_DEPARTMENTS) == [("x", *january, 39, 34), ("y", *january, 60, 47)]


def test_tens_go_on_growing_beside_the_newest_thirty_until_all_is_exact_and_begins_anew() -> None:
    months = ((40, 1), (35, 1), (10, 0), (20, 0), (1, 1), (30, 5), (30, 5))
    votes = [each for n, of in enumerate(months, start=1) for each in month(n, a=of, b=(60, 9), c=(60, 9))]
    assert [row for row in told_of("desk", votes) if row[0] == "a"] == [  # type: ignore[index]
        ("a", "01-01", "01-31", 40, None),
        ("a", "01-01", "02-28", 70, None),
        ("a", "02-01", "02-28", 30, None),
        ("a", "01-01", "03-31", 80, None),
        ("a", "01-01", "04-30", 100, None),
        ("a", "03-01", "04-30", 30, None),
        ("a", "01-01", "05-31", 100, None),
        ("a", "01-01", "06-30", 136, 128),
        ("a", "07-01", "07-31", 30, 25),
    ]


def test_a_centre_of_two_desks_is_told_by_months_once_thirty_have_rated() -> None:
    votes = [*month(1, a=(14, 5), b=(15, 5)), *month(2, a=(15, 5), b=(14, 5))]
    assert told_of("site", votes) == [("-", "01-01", "02-28", 58, 38)]
    assert told_of("desk", votes) == [], "fifty-eight less thirty of one would be those of the other"
    assert told_of("site", month(1, a=(15, 5), b=(15, 0))) == [("-", "01-01", "01-31", 30, 25)]
    assert told_of("site", month(1, a=(15, 5), b=(14, 5))) == []


def in_hours(ratings: dict[int, int], number: int = 1) -> list[Vote]:
    """So many ratings of each of three desks, the first one's with one unsatisfied each."""
    return [
        vote(f"{number:02d}-04", desk, n, desk == "a", hour) for hour, n in ratings.items() for desk in ("a", "b", "c")
    ]


def test_hours_with_few_ratings_are_told_with_their_neighbours() -> None:
    votes = in_hours({7: 5, 8: 5, 9: 10, 10: 9, 14: 2, 15: 1})
    assert told_of("hour", votes) == [
        ("07-08", "01-01", "01-31", 30, 28),
        ("09-09", "01-01", "01-31", 30, 29),
        ("10-15", "01-01", "01-31", 36, 33),
    ]
    assert told_of("hour", in_hours({8: 9})) == []


def test_hours_wait_until_two_desks_worked_in_all_of_them() -> None:
    january = [*in_hours({8: 10}), vote("01-04", "a", 30, 5, 17)]
    assert told_of("hour", january) == []
    february = in_hours({8: 10, 17: 1}, 2)
    assert told_of("hour", [*january, *february, *in_hours({8: 20}, 3)]) == [
        ("08-08", "01-01", "02-28", 60, 58),
        ("17-17", "01-01", "02-28", 33, 27),
        ("08-08", "03-01", "03-31", 60, 59),
    ]


def test_hours_of_two_days_are_told_where_two_desks_worked_on_both() -> None:
    monday = [vote("01-04", desk, 10, 1, 8) for desk in "abc"]
    january = ("01-01", "01-31", 30, 27)
    for desks, told in (("abd", [("08-08", *january), ("09-09", *january)]), ("ade", [])):
        found = told_of("hour", [*monday, *(vote("01-05", desk, 10, 1, 9) for desk in desks)])
        assert found == told, desks
