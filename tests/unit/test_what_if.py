"""A month's counts, and what would have been: what is learned, and that a change shows where it must."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as every
from hypothesis import strategies as st
from msgspec.structs import replace

from broker import facts as f
from broker.commands import Command
from broker.decide import Outcome
from broker.lobby import Lobby
from broker.model import Closing, Forecasting, Site
from broker.refusals import Refusal
from broker.simulator.attendance import away, on_clock, present
from broker.simulator.change import Change, ImpossibleError, hall_of
from broker.simulator.command import main
from broker.simulator.day import Day
from broker.simulator.hall import Hall
from broker.simulator.learned import Draw, Learned, RecordedDay, Row, learn
from broker.simulator.moments import Moment, given, tidied
from broker.simulator.shifts import Shift
from broker.simulator.visits import Pace, Visit, Work, fresh_id
from broker.simulator.what_if import Outlook, changed, minutes, simulate
from broker.site_files import load_site
from broker.store import Store
from broker.tallies import counts
from tests.hub_core import SITE_FOLDER
from tests.what_if_scene import record_a_month

MIDNIGHT = round(datetime(2026, 11, 23, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp() * 1000)
DAY = "2026-11-23"
VISITS = 90


class Counted:
    """A hall that counts what happens in it, as the read models do, and keeps what the log would say of desks."""

    def __init__(self, site: Site) -> None:
        self._hall = Hall(site)
        self.lobby: Lobby = self._hall.lobby
        self.counts: Counter[tuple[str, str, str, int]] = Counter()
        self.moments: list[Moment] = []

    def carry_out(self, command: Command, now: int) -> Outcome:
        outcome = self._hall.carry_out(command, now)
        for fact in () if isinstance(outcome, Refusal) else outcome:
            for (queue, service, *_), measure, bucket, n in counts(fact):
                self.counts[queue, service, measure, bucket] += n
            self.moments.append((DAY, now, fact))
        return outcome

    def rows(self) -> Iterator[Row]:
        return ((DAY, *key, n) for key, n in self.counts.items())


@pytest.fixture(scope="module")
def site() -> Site:
    return replace(load_site(SITE_FOLDER), closing=Closing(), forecasting=Forecasting(method="none"))


@pytest.fixture(scope="module")
def counted(site: Site) -> Counted:
    """One busy morning in queue A, half of whom go on to pay; each clerk has a break of ten minutes."""
    chance, hall = Random(7), Counted(site)
    visits = [
        Visit(
            id=fresh_id(chance),
            service="tnmt-nop",
            at_s=3600 * chance.uniform(7.5, 10.5),
            group="",
            lang="vi",
            works=(Work("a", chance.uniform(240, 480), 30), Work("f", 60, 10))[: 1 + n % 2],
            missed=n % 10 == 0,
        )
        for n in range(VISITS)
    ]
    shift = Shift(MIDNIGHT, tuple((60.0 * a, 60.0 * b) for a, b in site.hours.clerks), (10.0,))
    for _ in Day(hall, shift, sorted(visits, key=lambda visit: visit.at_s), Pace((10, 20), (1, 3)), chance).run():
        pass
    return hall


@pytest.fixture(scope="module")
def learned(site: Site, counted: Counted) -> Learned:
    moments = counted.moments
    return learn(counted.rows(), given(moments, site), tidied(moments), site, away(moments, site))


def outlook(site: Site, learned: Learned, days: int = 4, **change: object) -> Outlook:
    return simulate(site, learned, Change(**change), day=DAY, days=days, chance=Random, tell=lambda _: None)


def test_what_is_learned_is_what_happened(learned: Learned) -> None:
    assert [day.visits for day in learned.days] == [{"tnmt-nop": VISITS}]
    assert {slot // 12 for slot, rate in learned.rates["a"].items() if rate} == {7, 8, 9, 10}
    assert sum(learned.contact["a", ""].values()) == VISITS * 9 // 10, "who did not come took nobody's time"
    assert dict(learned.onward)["f"] == pytest.approx(0.5, abs=0.06)
    assert learned.no_show == pytest.approx(0.1, abs=0.02)


def test_what_a_desk_tidies_up_belongs_to_the_visit_before() -> None:
    """A long visit needs a long while afterwards: who draws both by themselves has too even a day."""
    place = {"desk": "q01a", "counter": "q01", "actor": "test", "queue": "a"}

    def called(n: int, tidy_s: int | None) -> f.Called:
        return f.Called(
            **place, ticket=f"{n}", service="tnmt-tra", call_seq=n, first=True, wait_s=60, reason="turn", tidy_s=tidy_s
        )

    served = f.Served(**place, ticket="1", service="tnmt-nop", service_s=900, forgotten=False)
    facts = [called(1, None), served, called(2, 240), f.Missed(**place, ticket="2", service="tnmt-tra"), called(3, 2)]
    assert list(tidied((DAY, 0, fact) for fact in facts)) == [("a", "tnmt-nop", 240)]


def test_a_break_that_a_key_told_of_is_known(site: Site, learned: Learned) -> None:
    """Ten minutes of a working day of eight hours."""
    there = present(day.away for day in learned.days)
    assert set(there) == set(site.desks)
    assert there["q01a"] == pytest.approx(1 - 10 / 480, abs=0.004)


def test_unchanged_days_are_like_the_recorded_one(site: Site, learned: Learned) -> None:
    like = outlook(site, learned, days=12)
    assert like.visits == pytest.approx(VISITS, rel=0.1)
    assert like.minutes(0.75) == pytest.approx(minutes(learned.waits, 0.75), rel=0.35)
    assert like.stranded == 0


def test_more_desks_or_fewer_visitors_shorten_the_line_and_the_reverse(site: Site, learned: Learned) -> None:
    as_is = outlook(site, learned).minutes(0.9)
    for better in ({"desks": {"a": 1}}, {"demand": 0.5}):
        assert outlook(site, learned, **better).minutes(0.9) < 0.8 * as_is
    for worse in ({"desks": {"a": -1}}, {"demand": 1.5}, {"breaks_min": (40.0,)}):
        assert outlook(site, learned, **worse).minutes(0.9) > 1.1 * as_is


def test_the_same_days_come_again(site: Site, learned: Learned) -> None:
    assert outlook(site, learned, days=2) == outlook(site, learned, days=2)


def test_priority_is_as_large_as_it_is_wished(site: Site, learned: Learned) -> None:
    assert learned.priority == 0.0
    drawn = Draw(changed(site, learned, Change(priority_share=0.4))[1], site).day(0, Random(3))
    assert sum(bool(visit.group) for visit in drawn) == pytest.approx(0.4 * len(drawn), abs=0.15 * len(drawn))


@pytest.mark.parametrize("spans", [((420, 660), (780, 1020)), ((405, 660), (750, 1020)), ((600, 720),)])
def test_nobody_comes_while_no_numbers_are_given(
    site: Site, learned: Learned, spans: tuple[tuple[int, int], ...]
) -> None:
    drawn = Draw(learned, replace(site, hours=replace(site.hours, spans=spans))).day(0, Random(5))
    assert len(drawn) == VISITS, "other hours bring as many visitors"
    assert all(any(start <= visit.at_s / 60 <= end for start, end in spans) for visit in drawn)


def test_who_waits_at_the_door_comes_when_it_opens_now(site: Site, learned: Learned) -> None:
    opened = 405 // 5
    crowd = replace(learned, rates={"": dict.fromkeys(range(opened + 1, opened + 20), 1.0) | {opened: 20.0}})
    later = replace(site, hours=replace(site.hours, spans=((450, 660), (780, 1020))))
    early = [visit.at_s < 60 * 455 for visit in Draw(crowd, later).day(0, Random(1))]
    assert 0.15 < sum(early) / len(early) < 0.6


@every(few=st.floats(0.1, 3), many=st.floats(0.1, 3), seed=st.integers(0, 99))
def test_more_demand_is_the_same_visits_and_some_more(
    site: Site, learned: Learned, few: float, many: float, seed: int
) -> None:
    few, many = sorted((few, many))
    less, more = (
        {visit.id for visit in Draw(replace(learned, demand=demand), site).day(0, Random(seed))}
        for demand in (few, many)
    )
    assert less <= more
    assert len(more) == pytest.approx(many * VISITS, abs=1)


QUEUES = st.sampled_from(("a", "h", "k", "l", "m", "n", "c", "f"))
PAIRS = st.tuples(QUEUES, QUEUES).filter(lambda pair: pair[0] != pair[1])


@every(moves=st.lists(PAIRS, max_size=5), n=st.integers(0, 3))
def test_who_is_moved_is_neither_lost_nor_doubled(site: Site, moves: list[tuple[str, str]], n: int) -> None:
    change = Change(moves=tuple(moves), desks={"a": n})
    had = {queue: sum(queue in desk.skills for desk in site.desks.values()) for queue in site.queues}
    goes = {queue: sum(source == queue for source, _ in moves) for queue in site.queues}
    comes = {queue: sum(target == queue for _, target in moves) + n * (queue == "a") for queue in site.queues}
    if any(goes[queue] > had[queue] or not had[queue] + comes[queue] - goes[queue] for queue in site.queues):
        with pytest.raises(ImpossibleError, match="one must be left"):
            hall_of(site, change)
        return
    hall = hall_of(site, change)
    assert len(hall.desks) == len(site.desks) + n
    for queue in site.queues:
        has = sum(queue in desk.skills for desk in hall.desks.values())
        assert has == had[queue] + comes[queue] - goes[queue]


def test_the_clerk_who_goes_is_one_who_was_there(site: Site) -> None:
    """A desk that was never open is no clerk who could help elsewhere."""
    there = {desk: float(desk != "q02") for desk in site.desks}
    hall = hall_of(site, Change(moves=(("a", "k"),)), there)
    assert hall.desks["q02"].skills == ("a",)
    assert sum(desk.skills == ("k",) for desk in hall.desks.values()) == 3


def test_moving_a_clerk_to_the_crowd_shortens_its_line(site: Site, learned: Learned) -> None:
    assert outlook(site, learned, moves=(("m", "a"),)).minutes(0.9) < 0.8 * outlook(site, learned).minutes(0.9)


def test_whoever_was_away_serves_nobody_then(site: Site, learned: Learned) -> None:
    gone = {"q01a": ((0.0, 1.0),), "q01b": ((0.0, 1.0),)}
    alone = replace(learned, days=tuple(RecordedDay(day.visits, {**day.away, **gone}) for day in learned.days))
    assert outlook(site, alone).minutes(0.9) > 1.3 * outlook(site, learned).minutes(0.9)


@every(
    marks=st.lists(st.integers(0, 480), max_size=6, unique=True).map(sorted),
    spans=st.sampled_from(
        (((25200, 39600), (46800, 61200)), ((27000, 54000),), ((0, 3600), (7200, 9000), (9000, 9900)))
    ),
)
def test_time_away_is_the_same_share_of_any_hours(marks: list[int], spans: tuple[tuple[float, float], ...]) -> None:
    away = tuple((gone / 480, back / 480) for gone, back in zip(marks[::2], marks[1::2], strict=False))
    told = on_clock(away, spans)
    total = sum(end - start for start, end in spans)
    assert sum(end - start for start, end in told) == pytest.approx(sum(b - a for a, b in away) * total, abs=0.01)
    assert all(any(start - 0.01 <= gone < back <= end + 0.01 for start, end in spans) for gone, back in told)


def test_a_desk_that_came_late_was_paused_by_mistake_and_left_early(site: Site) -> None:
    place = {"desk": "q01a", "counter": "q01", "actor": "test"}
    paused = f.DeskPaused(**place)
    keys = [
        (8.0, f.DeskOpened(**place)),
        (9.0, paused),
        (9.001, f.Undone(**place, at=0, facts=(paused,))),
        (10.0, paused),
        (10.5, f.DeskResumed(**place)),
        (16.0, f.DeskClosed(**place)),
    ]
    moments = [(DAY, MIDNIGHT + round(3_600_000 * hour), fact) for hour, fact in keys]
    found = away(moments, site)[DAY]
    assert [share for gap in found["q01a"] for share in gap] == pytest.approx([0, 1 / 8, 3 / 8, 3.5 / 8, 7 / 8, 1])
    assert found["q02"] == ((0.0, 1.0),), "a desk that was not opened was away"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"desks": {"zz": 1}}, "no desk serves a queue ZZ; queues are A, B"),
        ({"desks": {"a": -3}}, "queue A has 3 desk(s): one must be left"),
        ({"desks": {"a": -9}}, "queue A has 3 desk(s): one must be left"),
        ({"moves": (("g", "a"),)}, "queue G has 1 desk(s): one must be left"),
        ({"moves": (("a", "a"),)}, "the queue that he comes from"),
        ({"moves": (("a", "zz"),)}, "no desk serves a queue ZZ"),
        ({"demand": 0.0}, "demand must be more than 0"),
        ({"demand": float("nan")}, "demand must be more than 0"),
        ({"clerks": ((660, 420),)}, "hours 11:00–07:00: each part must begin before it ends"),
        ({"numbers": ((420, 720), (660, 1020))}, "each part must begin after the one before has ended"),
        ({"clerks": ((420, 660),)}, "Numbers are given until 17:00, but clerks serve until 11:00"),
        ({"clerks": ((0, 9 * 1440),)}, "each part must begin before it ends"),
        ({"backup_after_s": -1}, "others help after 0 to"),
        ({"priority_rate": 0.5}, "the priority rate must be"),
        ({"priority_share": 1.5}, "from 0 to 100 %"),
        ({"breaks_min": (-1.0,)}, "a break must be"),
        ({"desks": {"a": 1000}}, "at most 20 desks"),
    ],
)
def test_an_impossible_hall_is_refused_in_words(site: Site, change: dict[str, object], words: str) -> None:
    with pytest.raises(ImpossibleError) as refused:
        hall_of(site, Change(**change))
    assert words in str(refused.value)
    assert refused.value.words.vi != refused.value.words.en


def test_days_without_visitors_teach_nothing(site: Site) -> None:
    with pytest.raises(ValueError, match="nobody came"):
        learn([], [], [], site)


def test_the_command_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Store(tmp_path / "hub.sqlite", "ca-mau", "Asia/Ho_Chi_Minh").close()
    assert main(["--data", str(tmp_path)]) == 2
    assert "no day has ended yet" in capsys.readouterr().err


def test_the_command_knows_no_month_without_days(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record_a_month(tmp_path, days=1, visits=2)
    assert main(["--data", str(tmp_path), "--month", "2020-01"]) == 2
    assert "nothing to learn from in 2020-01; known months are 2026-10" in capsys.readouterr().err
