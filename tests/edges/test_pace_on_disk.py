"""What the hub learned of its calls outlives a restart, to the last digit: no range may change by pulling a plug."""

from pathlib import Path

from broker.experience.calibration import Stretch
from broker.experience.pace import Work
from tests.edges.test_hub_on_disk import SITE, Running


def work_a_day(running: Running, minutes: float) -> None:
    running.take()
    running.press("open")
    for _ in range(3):
        running.press("next")
        running.take()
        running.clock.advance(60 * minutes)
        running.press("finish")
        running.clock.advance(45)


def known(running: Running) -> dict[str, Work]:
    return running.hub.look(lambda lobby: {queue: lobby.experience.pace.of(queue) for queue in SITE.queues})


def forecasts(running: Running) -> tuple[list[float], Stretch]:
    return running.hub.look(
        lambda lobby: (lobby.experience.times.calls(("a", "tnmt-nop")), lobby.experience.calibration.stretch)
    )


def test_what_earlier_days_taught_is_known_after_a_restart(tmp_path: Path) -> None:
    running = Running(tmp_path)
    for minutes in (4.0, 7.5, 13.0):
        work_a_day(running, minutes)
        running.clock.advance(24 * 3600)
    running.take()
    before, foretold = known(running), forecasts(running)
    clock = running.clock
    running.close()
    running = Running(tmp_path, clock)
    assert known(running) == before
    assert forecasts(running) == foretold
    assert foretold[1] != Stretch(1.0, 1.0)
    assert before["a"] != before["h"]
    running.close()


def test_a_log_from_before_anything_was_learned_is_no_obstacle(tmp_path: Path) -> None:
    """An old database has no `tidy` counts: then a call lasts as long as its visit."""
    running = Running(tmp_path)
    work_a_day(running, 4)
    running.clock.advance(24 * 3600)
    running.take()
    clock = running.clock
    running.close()
    running = Running(tmp_path, clock)
    running.store.db.execute("DELETE FROM tally WHERE measure IN ('tidy', 'tidy_s')")
    running.close()
    running = Running(tmp_path, clock)
    assert known(running)["a"].tidy_s == 0
    running.close()
