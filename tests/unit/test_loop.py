"""The loop: every event on one thread, in order, and no error survives unseen."""

import threading
import time

import pytest

from appliance.runtime.loop import TURN_S, Loop


class Recorder:
    """An app that notes what happens to it."""

    def __init__(self, loop: Loop) -> None:
        self.loop = loop
        self.events: list[object] = []
        self.threads: set[int] = set()
        self.life: list[str] = []
        self.due: float | None = None
        self.last: object = "last"

    def start(self) -> None:
        self.life.append("start")

    def handle(self, event: object) -> None:
        self.threads.add(threading.get_ident())
        self.events.append(event)
        if isinstance(event, Exception):
            raise event
        if event == self.last:
            self.loop.stop()

    def tick(self) -> None:
        self.life.append("tick")
        self.due = None
        self.loop.stop()

    def deadline(self) -> float | None:
        return self.due

    def stop(self) -> None:
        self.life.append("stop")


def test_events_of_any_thread_are_handled_on_one_in_the_order_they_came() -> None:
    loop = Loop()
    app = Recorder(loop)
    app.last = (3, 99)
    workers = [
        threading.Thread(target=lambda name=name: [loop.post((name, n)) for n in range(99)]) for name in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    loop.post(app.last)
    assert loop.run(app) == 0
    assert app.threads == {threading.get_ident()}
    for name in range(3):
        assert [n for who, n in app.events if who == name] == list(range(99))
    assert app.life == ["start", "stop"]


def test_a_deadline_is_kept_although_nothing_happens() -> None:
    late_s = [_late_s() for _ in range(5)]
    assert 0 <= min(late_s) < TURN_S / 2, "it only looked by itself"


def _late_s() -> float:
    loop = Loop()
    app = Recorder(loop)
    app.due = due = time.monotonic() + 0.05
    assert loop.run(app) == 0
    assert app.life == ["start", "tick", "stop"]
    return time.monotonic() - due


class Minutes(Recorder):
    """Reckons its deadline anew each time it is asked, as "at the next full tenth of a second"."""

    def deadline(self) -> float | None:
        now = time.monotonic()
        return now + 0.1 - now % 0.1


def test_a_deadline_that_is_reckoned_anew_when_it_has_come_is_not_put_off_for_ever() -> None:
    loop = Loop()
    app = Minutes(loop)
    guard = threading.Timer(5.0, loop.stop)
    guard.start()
    assert loop.run(app) == 0
    guard.cancel()
    assert app.life == ["start", "tick", "stop"]


def test_a_deadline_is_kept_although_events_never_cease() -> None:
    loop = Loop()
    app = Recorder(loop)
    app.due = time.monotonic()
    for n in range(1000):
        loop.post(n)
    assert loop.run(app) == 0
    assert "tick" in app.life
    assert len(app.events) < 1000 or app.events[-1] == 999


def test_an_error_in_a_handler_ends_the_process_after_closing_everything(caplog: pytest.LogCaptureFixture) -> None:
    loop = Loop()
    app = Recorder(loop)
    loop.post(ZeroDivisionError("planted"))
    loop.post("last")
    assert loop.run(app) == 1
    assert app.life == ["start", "stop"]
    assert "planted" in caplog.text
    assert len(app.events) == 1, "no event is handled by a state that is not to be trusted"


def test_what_was_queued_before_the_end_is_still_handled() -> None:
    loop = Loop()
    app = Recorder(loop)
    loop.post(1)
    loop.stop()
    loop.post(2)
    assert loop.run(app) == 0
    assert app.events == [1]


def test_a_start_that_fails_closes_what_was_opened() -> None:
    loop = Loop()

    class Broken(Recorder):
        def start(self) -> None:
            raise OSError("no such part")

    app = Broken(loop)
    with pytest.raises(OSError, match="no such part"):
        loop.run(app)
    assert app.life == ["stop"]


def test_an_idle_loop_still_turns_so_that_the_watchdog_is_fed() -> None:
    loop = Loop()
    app = Recorder(loop)
    turns: list[float] = []

    def turned() -> None:
        turns.append(time.monotonic())
        if len(turns) == 2:
            loop.stop()

    assert loop.run(app, turned=turned) == 0
    assert turns[1] - turns[0] < 1.5


def test_a_dead_part_makes_the_loop_not_alive() -> None:
    class Part:
        alive = True

    loop, part = Loop(), Part()
    loop.watch(part)
    assert loop.alive
    part.alive = False
    assert not loop.alive
