"""A month's counts, and what would have been: what is learned, and that a change shows where it must."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from broker.commands import Command
from broker.decide import Outcome
from broker.lobby import Lobby
from broker.model import Closing, Forecasting, Site
from broker.refusals import Refusal
from broker.simulator.command import main
from broker.simulator.day import Day
from broker.simulator.hall import Hall
from broker.simulator.learned import Draw, Learned, Row, learn
from broker.simulator.shifts import Shift
from broker.simulator.visits import Pace, Visit, Work, fresh_id
from broker.simulator.what_if import Change, Outlook, changed, minutes, simulate
from broker.site_files import load_site
from broker.store import Store
from broker.tallies import counts
from tests.hub_core import SITE_FOLDER

MIDNIGHT = round(datetime(2026, 11, 23, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp() * 1000)
DAY = "2026-11-23"
VISITS = 90


class Counted:
    """A hall that counts what happens in it, as the read models do."""

    def __init__(self, site: Site) -> None:
        self._hall = Hall(site)
        self.lobby: Lobby = self._hall.lobby
        self.counts: Counter[tuple[str, str, str, int]] = Counter()

    def carry_out(self, command: Command, now: int) -> Outcome:
        outcome = self._hall.carry_out(command, now)
        hour = f"{self.lobby.calendar.hour(now):02d}"
        for fact in () if isinstance(outcome, Refusal) else outcome:
            for (queue, service, *_), measure, bucket, n in counts(fact):
                for dimension, key in (("site", "-"), ("hour", hour), ("queue", queue), ("service", service)):
                    self.counts[dimension, key, measure, bucket] += n
        return outcome

    def rows(self) -> Iterator[Row]:
        return (
            (dimension, DAY, key, measure, bucket, n) for (dimension, key, measure, bucket), n in self.counts.items()
        )


@pytest.fixture(scope="module")
def site() -> Site:
    return replace(load_site(SITE_FOLDER), closing=Closing(), forecasting=Forecasting(method="none"))


@pytest.fixture(scope="module")
def learned(site: Site) -> Learned:
    """One busy morning in queue A, half of whom go on to pay."""
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
    shift = Shift(MIDNIGHT, tuple((60.0 * a, 60.0 * b) for a, b in site.hours.clerks), ())
    for _ in Day(hall, shift, sorted(visits, key=lambda visit: visit.at_s), Pace((10, 20), (1, 3)), chance).run():
        pass
    return learn(hall.rows(), site)


def outlook(site: Site, learned: Learned, days: int = 4, **change: object) -> Outlook:
    return simulate(site, learned, Change(**change), day=DAY, days=days, chance=Random)


def test_what_is_learned_is_what_happened(learned: Learned) -> None:
    assert learned.services == {"tnmt-nop": VISITS}
    assert learned.days == (1.0,)
    assert set(learned.hours) == {7, 8, 9, 10}
    assert sum(learned.contact["a"].values()) == VISITS * 9 // 10, "who did not come took nobody's time"
    assert dict(learned.onward)["f"] == pytest.approx(0.5, abs=0.06)
    assert learned.no_show == pytest.approx(0.1 * VISITS / (VISITS + 45), abs=0.02)


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


def test_nobody_comes_before_the_doors_open_or_at_lunch(site: Site, learned: Learned) -> None:
    rushed = replace(learned, hours={6: 1, 11: 0, 12: 1, 16: 1})
    for visit in Draw(rushed, site).day(0, Random(5)):
        minute = visit.at_s / 60
        assert any(start <= minute <= end for start, end in site.hours.spans)


@pytest.mark.parametrize(
    ("desks", "words"),
    [
        ({"zz": 1}, "no desk serves a queue 'zz'; queues are a, h"),
        ({"a": -3}, "queue a has 3 desk(s): one must be left"),
    ],
)
def test_an_impossible_hall_is_refused_in_words(
    site: Site, learned: Learned, desks: dict[str, int], words: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        changed(site, learned, Change(desks=desks))


def test_days_without_visitors_teach_nothing(site: Site) -> None:
    with pytest.raises(ValueError, match="nobody came"):
        learn([("site", DAY, "-", "issued", 0, 0)], site)


def test_the_command_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Store(tmp_path / "hub.sqlite", "ca-mau", "Asia/Ho_Chi_Minh").close()
    assert main(["--data", str(tmp_path)]) == 2
    assert "no day has ended yet" in capsys.readouterr().err
