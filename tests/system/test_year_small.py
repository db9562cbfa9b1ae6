"""The first days of the year through a real hub on a real bus, and what must end such a replay."""

import json
import os
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from appliance.wire.messages import TicketRequest
from broker.simulator.day import Day
from broker.verify import check
from tests.system.running_demo import running_demo
from virtual_centre.child import Child
from virtual_centre.replay import Replay, ReplayError
from virtual_centre.twin import Step, Twin
from virtual_centre.year_run import YearRun
from virtual_centre.year_visits import draw_year

SITE_FOLDER = Path(__file__).parents[2] / "firmware_configs" / "site" / "ca-mau"
DAYS = 2
Replayed = tuple[Path, subprocess.CompletedProcess[str]]


def year(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "virtual_centre.year", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    data = tmp_path_factory.mktemp("year")
    return data, year("--data", str(data), "--json", str(data / "figures.json"), "--days", str(DAYS))


def test_two_days_are_as_simulated_and_verify(replayed: Replayed) -> None:
    data, done = replayed
    assert "every answer as expected; 48895 dossiers imported" in done.stdout, done.stderr
    assert "chain, invariants and counts hold" in done.stdout
    with closing(sqlite3.connect(data / "hub.sqlite")) as db:
        assert check(db).sound
        assert db.execute("SELECT count(*) FROM facts WHERE kind = 'stranded'").fetchone() == (0,)


def test_two_days_are_not_a_year_and_the_exit_code_says_so(
    replayed: Replayed,
) -> None:
    _, done = replayed
    assert done.returncode == 1
    assert done.stdout.count("LỆCH") == 4
    assert "\r" not in done.stderr, "no progress bar into a pipe"


def test_the_figures_are_written_for_programs(replayed: Replayed) -> None:
    data, _ = replayed
    rows = {row["id"]: row for row in json.loads((data / "figures.json").read_text())}
    assert list(rows) == [f"N{n:02d}" for n in range(1, 37)]
    assert (rows["N16"]["value"], rows["N16"]["numerator"], rows["N16"]["denominator"]) == (99.78, 46_758, 46_860)
    assert (rows["N21"]["provenance"], rows["N21"]["agrees"]) == ("events", False)
    assert (rows["N25"]["value"], rows["N25"]["provenance"], rows["N25"]["agrees"]) == (None, "not-held", None)


def test_what_was_pressed_is_what_is_counted(replayed: Replayed) -> None:
    data, _ = replayed
    run = YearRun(SITE_FOLDER, data, 2021, DAYS)
    drawn = draw_year(run.plan, tuple(run.site.groups), Random("2021 visits"))[:DAYS]
    visits = [visit for day in drawn for visit in day]
    rows = {row["id"]: row["value"] for row in json.loads((data / "figures.json").read_text())}
    assert rows["N19"] == sum("p" in [work.queue for work in visit.works] for visit in visits)
    assert rows["N21"] == sum(bool(visit.presses) for visit in visits)


def test_what_was_replayed_can_be_served(replayed: Replayed, tmp_path: Path) -> None:
    shutil.copytree(replayed[0], tmp_path / "centre")
    with running_demo("--data", str(tmp_path / "centre")) as demo:
        told = demo.api("/api/v1/ratings?from=2021-01-01&to=2021-12-31&by=site", "manager")
    assert told["rows"][0]["rated"] > 0


def test_a_second_year_is_not_poured_over_the_first(
    replayed: Replayed,
) -> None:
    data, _ = replayed
    again = year("--data", str(data), "--days", "1")
    assert again.returncode == 2
    assert "choose an empty directory" in again.stderr


def test_a_hub_that_gives_another_number_ends_the_replay(tmp_path: Path) -> None:
    """The hub never hears of one ticket: from then on its numbers are not the simulated ones."""
    run = YearRun(SITE_FOLDER, tmp_path, 2021, 1)
    visits = draw_year(run.plan, tuple(run.site.groups), Random("2021 visits"))[0]
    twin = Twin(run.site)
    steps = list(twin.steps(Day(twin, run.shift(run.plan.days[0]), visits, run.plan.visits.pace, Random(1))))
    lost = next(step for step in steps if isinstance(step.message, TicketRequest))
    with run.hub() as bus:
        replay = Replay(bus, run.site.id)
        replay.start()
        try:
            with pytest.raises(ReplayError, match="the hub answered"):
                _say_all(replay, (step for step in steps if step is not lost))
        finally:
            replay.stop()


def test_ctrl_c_leaves_no_hub_and_no_bus_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "virtual_centre.year", "--data", str(tmp_path), "--days", "100"]
    child = Child("year", command, tmp_path / "year.log")
    # Tests that a script runs in the background inherit an ignored Ctrl-C, and would hand it on.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    child.start()
    try:
        assert _wait_for(tmp_path / "hub.sqlite-wal", child), child.last_words()
        programs = _programs(tmp_path)
        child.signal(signal.SIGINT)
        child.wait(60)
    finally:
        child.kill()
        signal.signal(signal.SIGINT, before)
    assert child.ended_with == 2
    assert "interrupted" in child.last_words()
    assert len(programs) >= 2
    assert _programs(tmp_path) == []


def _say_all(replay: Replay, steps: Iterable[Step]) -> None:
    for step in steps:
        replay.play(step)
    replay.drain()


def _wait_for(path: Path, child: Child) -> bool:
    """Whether `path` is there before the child ends."""
    while not path.exists():
        if select.select([child.exit_pipe], [], [], 0.05)[0]:
            return False
    return True


def _programs(folder: Path) -> list[str]:
    """The command lines, below this one, that name `folder`."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes().split(b"\0")
        except OSError:
            continue
        if int(place.parent.name) != os.getpid() and any(str(folder).encode() in word for word in words):
            found.append(b" ".join(words).decode())
    return found
