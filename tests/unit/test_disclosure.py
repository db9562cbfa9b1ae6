"""What is told of ratings, attacked with exact algebra, over many small centres drawn at random."""

import datetime
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker.audit import Audit
from broker.disclosure import CENTRE, TOGETHER, Cell, Told, Vote, linked, of_days, of_months, together
from tests.disclosure_attack import Atom, betrayed, worked_out

DESKS = {"a": ("s1", "s2"), "b": ("s1", "s2"), "c": ("s3",), "e": ("s3", "s4"), "f": ("s4",)}
DEPARTMENTS = {"s1": "d1", "s2": "d1", "s3": "d2", "s4": "d3"}
CELLS: dict[tuple[str, str], tuple[Cell, ...]] = {
    (desk, service): (("department", DEPARTMENTS[service]), ("service", service), ("desk", desk))
    for desk, services in DESKS.items()
    for service in services
}


def months(seed: int, bad: float, days: int = 75) -> list[Vote]:
    """A small centre: five desks, on Saturdays one, a few ratings a day."""
    chance, votes = random.Random(seed), Counter[tuple[str, int, str, str, bool]]()
    for n in range(days):
        day = datetime.date(2021, 1, 4) + datetime.timedelta(days=n)
        for desk, services in DESKS.items():
            if day.weekday() == 6 or (day.weekday() == 5 and desk != "a") or chance.random() < 0.1:
                continue
            for _ in range(chance.randint(0, 6)):
                key = (day.isoformat(), chance.choice((8, 9, 14)), desk, chance.choice(services))
                votes[*key, chance.random() > bad] += 1
    return [
        Vote(*key, votes[*key, True] + votes[*key, False], votes[*key, True]) for key in sorted({k[:4] for k in votes})
    ]


def known(votes: list[Vote], told: list[Told]) -> list[frozenset[Atom]]:
    """What an attacker makes of it: sums of atoms. Sums in tens are no equations."""
    return [
        frozenset(Atom(*vote[:4]) for vote in votes if each.first <= vote.day <= each.last and belongs(vote, each.cell))
        for each in told
        if each.satisfied is not None
    ]


def belongs(vote: Vote, cell: Cell) -> bool:
    if cell[0] == "hour":
        low, high = cell[1].split("-")
        return int(low) <= vote.hour <= int(high)
    return cell == CENTRE or cell in CELLS[vote.desk, vote.service]


@pytest.mark.parametrize("seed", range(12))
def test_nobody_can_work_out_what_may_not_be_known_of_one_desk(seed: int) -> None:
    votes = months(seed, (0.02, 0.08, 0.2)[seed % 3])
    told = of_months(votes, CELLS)
    counts = {Atom(*vote[:4]): (vote.rated, vote.satisfied) for vote in votes}
    sums = known(votes, told)
    assert betrayed(counts, sums, list(DESKS)) == []
    assert {"site", "department", "desk", "service"} <= {each.cell[0] for each in told}, "there is something to attack"


def test_an_hour_that_one_desk_works_alone_is_not_told() -> None:
    late = [Vote(f"2021-01-{day:02d}", 17, "a", "s1", 4, 4 - (day == 9)) for day in range(4, 16)]
    votes = sorted([*months(1, 0.08), *late])
    told = of_months(votes, CELLS)
    assert [each.cell for each in told if each.cell[0] == "hour" and each.first == "2021-01-01"] == []
    counts = {Atom(*vote[:4]): (vote.rated, vote.satisfied) for vote in votes}
    assert betrayed(counts, known(votes, told), list(DESKS)) == []


def test_hours_are_told_too() -> None:
    told = [{each.cell for each in of_months(months(seed, 0.08), CELLS)} for seed in range(4)]
    assert all(("hour", "08-08") in cells for cells in told)


@pytest.mark.parametrize("seed", range(4))
def test_the_attack_finds_a_planted_day_of_one_desk(seed: int) -> None:
    votes = months(seed, 0.08)
    counts = {Atom(*vote[:4]): (vote.rated, vote.satisfied) for vote in votes}
    sums = known(votes, of_months(votes, CELLS))
    day = next(vote.day for vote in votes if vote.desk == "a")
    leak = frozenset(atom for atom in counts if atom.day == day and atom.desk == "a")
    assert betrayed(counts, [*sums, leak], list(DESKS)) != []


def test_the_attack_finds_what_two_periods_that_differ_by_a_day_tell() -> None:
    votes = months(1, 0.08)
    counts = {Atom(*vote[:4]): (vote.rated, vote.satisfied) for vote in votes}
    days = sorted({vote.day for vote in votes if vote.desk == "c"})
    sums = [
        frozenset(atom for atom in counts if atom.desk == "c" and days[0] <= atom.day <= last)
        for last in (days[20], days[21])
    ]
    assert betrayed(counts, sums, ["c"]) != []


@pytest.mark.parametrize("seed", range(6))
def test_what_is_said_to_be_at_least_is(seed: int) -> None:
    votes = months(seed, 0.03)
    in_tens = [each for each in of_months(votes, CELLS) if each.satisfied is None]
    assert in_tens
    for each in in_tens:
        meant = [vote for vote in votes if each.first <= vote.day <= each.last and belongs(vote, each.cell)]
        rated, satisfied = sum(vote.rated for vote in meant), sum(vote.satisfied for vote in meant)
        assert each.rated <= rated < each.rated + 10
        assert rated - satisfied < 5
        assert rated >= 30


@pytest.mark.parametrize("seed", range(6))
def test_what_is_out_stays_as_it_is(seed: int) -> None:
    votes = months(seed, 0.05, 100)
    early = of_months([vote for vote in votes if vote.day < "2021-03-01"], CELLS)
    assert of_months([vote for vote in votes if vote.day < "2021-04-01"], CELLS)[: len(early)] == early


def test_a_row_shows_itself_no_sooner_because_nobody_was_unsatisfied() -> None:
    votes = months(3, 0.0, 60)
    assert {each.satisfied for each in of_months(votes, CELLS) if each.cell[0] == "desk"} <= {None}


def test_a_centre_of_two_desks_has_its_months_where_it_has_no_days() -> None:
    votes = [vote for vote in months(2, 0.1) if vote.desk in "ab"]
    assert of_days(votes) == []
    centre = [each for each in of_months(votes, CELLS) if each.cell == CENTRE]
    assert [each.first for each in centre] == ["2021-01-01", "2021-02-01", "2021-03-01"]
    assert sum(each.rated for each in centre) == sum(vote.rated for vote in votes)


@given(st.integers(0, 1000))
@settings(max_examples=30)
def test_every_run_of_days_hides_each_desk_behind_others_and_none_is_lost(seed: int) -> None:
    chance = random.Random(seed)
    votes = [vote for vote in months(seed, 0.1, 26) if chance.random() < 0.4]
    runs, rest = together(votes)
    assert all(len({vote.desk for vote in run}) >= TOGETHER for run in runs)
    assert [vote for run in (*runs, rest) for vote in run] == sorted(votes, key=lambda vote: vote.day)
    assert len({vote.desk for vote in rest}) < TOGETHER


def test_parts_are_linked_by_two_desks_that_did_the_same_in_both() -> None:
    monday, tuesday = {("a", "s1"), ("b", "s1"), ("c", "s3")}, {("a", "s1"), ("b", "s1")}
    assert linked([monday, tuesday]) == [0, 0]
    assert linked([monday, {("a", "s1"), ("b", "s2"), ("e", "s3")}]) == [0, 1]
    assert linked([{("a", "s1")}, {("b", "s1")}, {("a", "s1"), ("b", "s1")}]) == [0, 1, 2]
    assert linked([{("a", "s1"), ("b", "s1")}, {("b", "s1"), ("c", "s3")}, {("a", "s1"), ("b", "s1")}]) == [0, 1, 0]


def test_the_audit_refuses_the_last_straw_and_is_unchanged_by_it() -> None:
    audit = Audit(lambda columns: len(list(columns)) > 1)
    a, b, c = (("a", "s", "2021-01", 0), ("b", "s", "2021-01", 0), ("c", "s", "2021-01", 0))
    assert audit.admit([a, b, c])
    assert audit.admit([b, c]) is False, "the difference is a alone"
    assert audit.admit([a]) is False
    assert audit.admit([a, b, c])


def test_the_attack_knows_a_difference_of_differences() -> None:
    a, b, c = (Atom("2021-01-04", 8, desk, "s") for desk in "abc")
    assert worked_out([frozenset({a, b}), frozenset({b, c})], "a") == []
    assert worked_out([frozenset({a, b}), frozenset({b, c}), frozenset({c})], "a") == [{a: 1}]
