"""From a clerk's key over the bus to the call in the picture of a real board process.

The time ends when the pixels of the picture (1920 x 1080) are there, by the board's own word (`drawn`; the monotonic
clock is one for all processes of a machine). What a simulated screen does then, packing and sending, no real one does.
"""

import itertools
import json
import statistics
import sys
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from msgspec import Struct

from appliance.runtime.config import BusSection, DataSection, DeviceSection, StageSection, dump
from appliance.runtime.errors import CannotStart
from bench.lines import MqttLine, bodies
from bench.stand import Stand
from display_board.config import BoardConfig, ScreenOutput
from virtual_centre.child import Child
from virtual_centre.edge_loop import EdgeLoop
from virtual_centre.gallery import Gallery, Showing
from virtual_centre.ports import HOST
from virtual_centre.stage_server import StageServer

DESKS = ("q04a", "q04b")
SERVICE = "tp-nop"
WARM_UP, PRESSES = 10, 120
SEED = 2026
CROWDED_S = (0.1, 0.4)
"""Between two calls, drawn anew each time: clerks keep step neither with the hub nor with the frames of a screen."""
BUSY_S = (3.2, 3.6)
"""The same in a full hall, where a call has pulsed for its 3 s before the next one: one every ten seconds is a lot."""
PATIENCE_S = 30.0
_devices = itertools.count(1)


class Arrivals:
    """When each call was drawn, by its `call_seq`, and which call each number had last."""

    def __init__(self) -> None:
        self._bell = threading.Condition()
        self._seqs: dict[str, int] = {}
        self.drawn: dict[int, float] = {}
        self.seen = False

    def take(self, showing: Showing) -> None:
        """A picture came."""
        if showing.kind == "picture":
            with self._bell:
                self.seen = True
                self._seqs[str(showing.facts["number"])] = int(showing.facts["call_seq"])
                for seq, at in showing.facts["drawn"]:
                    self.drawn.setdefault(seq, at)
                self._bell.notify_all()

    def of(self, number: str) -> float:
        """When the picture with a number was drawn; waits for it."""
        with self._bell:
            if not self._bell.wait_for(lambda: number in self._seqs, PATIENCE_S):
                raise CannotStart(f"{number} was not on the board within {PATIENCE_S} s")
            return self.drawn[self._seqs[number]]

    def first(self) -> None:
        """Wait for the first picture at all."""
        with self._bell:
            if not self._bell.wait_for(lambda: self.seen, PATIENCE_S):
                raise CannotStart("the board showed nothing")


class Presses(Struct, frozen=True):
    """For each press, ms until the desk had its answer and until whoever looks saw the call."""

    to_answer: list[float]
    to_picture: list[float]


def measure(stand: Stand) -> Presses:
    """Press many times, one after the other, and look at a board."""
    with watched_board(stand) as arrivals, Keypads(stand) as keypads:
        return keypads.press_each(arrivals.of)


@contextmanager
def watched_board(stand: Stand) -> Iterator[Arrivals]:
    """A board of its own process, whose pictures arrive here."""
    gallery, arrivals = Gallery(), Arrivals()
    gallery.visit(arrivals.take)
    with EdgeLoop() as loop:
        stage = StageServer(loop, gallery)
        stage.start()
        board = _board(stand, stage.port)
        board.start()
        try:
            arrivals.first()
            yield arrivals
        finally:
            board.stop()
            stage.stop()


def _board(stand: Stand, stage_port: int) -> Child:
    config = BoardConfig(
        device=DeviceSection(id="board-bench", site="ca-mau"),
        data=DataSection(dir=str(stand.folder / "board")),
        output=(ScreenOutput(driver="sim"),),
        bus=BusSection(host=HOST, port=stand.bus.port),
        stage=StageSection(address=f"{HOST}:{stage_port}"),
    )
    path: Path = stand.folder / "board.toml"
    path.write_text(dump(config), encoding="utf-8")
    return Child("board", [sys.executable, "-m", "display_board", "--config", str(path)], stand.folder / "board.log")


class Keypads:
    """A kiosk that takes tickets first, and the keypads of `desks`, open; they are closed at the end."""

    def __init__(self, stand: Stand, tickets: int = WARM_UP + PRESSES, desks: Sequence[str] = DESKS) -> None:
        self._stand = stand
        self._desks = desks
        self._keys: deque[dict[str, str]] = deque()
        self._kiosk = self.line("ticket", lambda: {"service": SERVICE})
        self._keypad = self.line("desk", self._keys.popleft)
        for _ in range(tickets):
            ask(self._kiosk)
        self._press("open")

    def __enter__(self) -> "Keypads":
        return self

    def __exit__(self, *_: object) -> None:
        for key in ("finish", "close"):
            self._press(key)
        self._kiosk.close()
        self._keypad.close()

    def _press(self, key: str) -> None:
        for desk in self._desks:
            self._keys.append({"desk": desk, "action": key})
            ask(self._keypad)

    def line(self, what: str, make: Callable[[], dict[str, str]]) -> MqttLine:
        """A device of its own that says what `make` gives."""
        device = f"bench-{next(_devices)}"
        up, down = f"goiso/v1/ca-mau/up/{device}/{what}", f"goiso/v1/ca-mau/down/{device}/answer"
        requests = bodies(lambda: {"v": 1, "id": str(uuid.uuid4()), **make()})
        return MqttLine(self._stand.bus.port, device, up, down, requests)

    def press_each(
        self, seen: Callable[[str], float], presses: int = PRESSES, pauses_s: tuple[float, float] = CROWDED_S
    ) -> Presses:
        """Press, wait until the number was `seen` (which tells when, `time.monotonic()`), and press again."""
        found, chance = Presses([], []), Random(SEED)
        for n in range(WARM_UP + presses):
            self._keys.append({"desk": self._desks[n % len(self._desks)], "action": "next"})
            pressed = time.monotonic()
            ask(self._keypad)
            answered = time.monotonic()
            shown = seen(number_of(self._keypad))
            found.to_answer.append(1000 * (answered - pressed))
            found.to_picture.append(1000 * (shown - pressed))
            time.sleep(chance.uniform(*pauses_s if n >= WARM_UP else CROWDED_S))
        return Presses(found.to_answer[WARM_UP:], found.to_picture[WARM_UP:])


def ask(line: MqttLine) -> None:
    """Ask, and wait for the answer."""
    line.ask()
    while not line.answers():
        pass


def number_of(line: MqttLine) -> str:
    """The number in the answer that came last."""
    return str(json.loads(line.heard[0])["ticket"]["number"])


def percentiles(times: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    cuts = statistics.quantiles(times, n=20)
    return cuts[9], cuts[18]
