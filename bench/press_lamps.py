"""From a contact that closes to the lamp that says thank you: the terminal's own app and journal, on this disk."""

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from appliance.input.debounce import SETTLE_S, Edge
from appliance.runtime.clock import SystemClock, instant
from appliance.runtime.link import Heard
from appliance.runtime.loop import Loop
from appliance.runtime.memory_link import MemoryBus, MemoryLink
from appliance.runtime.outbox import Outbox
from appliance.runtime.stage import Stage
from appliance.wire.messages import DeskState
from appliance.wire.topics import TABLE
from bench.press_terminals import LEVELS, SITE, ZONE
from rating_terminal.app import Parts, RatingApp, hears
from rating_terminal.journal import Journal
from rating_terminal.ports import Face

DESK, PATIENCE_S = "q01a", 5.0


class Lamps:
    """A panel whose lamps tell when they light."""

    def __init__(self) -> None:
        self._bell = threading.Condition()
        self._lit: list[tuple[int, float]] = []

    def start(self) -> tuple[bool, ...]:
        return (False,) * LEVELS

    def show(self, face: Face) -> None:
        now = time.monotonic()
        if face.state == "thanked":
            with self._bell:
                self._lit.append((face.chosen, now))
                self._bell.notify_all()

    def stop(self) -> None:
        pass

    def of(self, level: int, after: float) -> float:
        """When the lamp of `level` was lit, after a moment."""

        def found() -> list[float]:
            return [at for lit, at in self._lit if lit == level and at >= after]

        with self._bell:
            if not self._bell.wait_for(found, PATIENCE_S):
                raise TimeoutError(f"no lamp within {PATIENCE_S} s")
            return found()[0]


class Times(NamedTuple):
    """For each press, ms to its lamp; and beside it what the disk alone takes for one record, ms."""

    lamp: list[float]
    disk: list[float]


def lamp_times(folder: Path, presses: int) -> Times:
    """How long each of `presses` takes: the contact's rest included, which proves that it is one."""
    loop, lamps, clock = Loop(), Lamps(), SystemClock(trusted=True)
    thread = threading.Thread(target=_live, args=(folder, loop, lamps, clock))
    thread.start()
    try:
        with closing(_bare(folder)) as bare:
            both = [(_press(loop.post, lamps, clock, n), _record(bare, n)) for n in range(presses)]
        return Times([lamp for lamp, _ in both], [disk for _, disk in both])
    finally:
        loop.stop()
        thread.join()


def _bare(folder: Path) -> sqlite3.Connection:
    """A database as durable as a journal, and nothing else."""
    book = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    book.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE event (body TEXT)")
    return book


def _record(book: sqlite3.Connection, n: int) -> float:
    began = time.monotonic()
    book.execute("INSERT INTO event VALUES (?)", (f"{n:0200d}",))
    return (time.monotonic() - began) * 1000


def _live(folder: Path, loop: Loop, lamps: Lamps, clock: SystemClock) -> None:
    device = f"rating-{DESK}"
    outbox = Outbox(folder / "lamps.sqlite")
    parts = Parts(
        link=MemoryLink(MemoryBus(), SITE, device, hears(device, DESK), loop.post),
        outbox=outbox,
        journal=Journal(outbox, clock, ZONE),
        clock=clock,
        panel=lamps,
        stage=Stage("", device),
        levels=LEVELS,
        desk=DESK,
    )
    loop.run(RatingApp(parts, {}))


def _press(post: Callable[[object], None], lamps: Lamps, clock: SystemClock, n: int) -> float:
    """A visit is finished, and its citizen presses."""
    until = instant(clock.now() + 180.0, ZONE)
    topic = next(row for row in TABLE if row.type is DeskState)
    state = DeskState(
        gen=1, rev=n + 1, counter="q01", label="1", status="open", armed_until=until, armed_ticket=f"A{n:03d}"
    )
    post(Heard(topic, DESK, state))
    level = 1 + n % LEVELS
    began = time.monotonic()
    post(Edge(level, down=True, at=began))
    lit = lamps.of(level, began)
    post(Edge(level, down=False, at=time.monotonic()))
    time.sleep(2 * SETTLE_S)
    return (lit - began) * 1000
