"""From a clerk's key over the bus to the call in the picture of a real board process.

The time ends when the whole picture (1920 x 1080, PNG) with that call has arrived at whoever watches the board.
"""

import statistics
import sys
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

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
PAUSE_S = 0.1
"""Between two calls: nobody presses faster, and a board has pictures to finish."""
PATIENCE_S = 10.0


class Arrivals:
    """When the picture of each call arrived, by its `call_seq`."""

    def __init__(self) -> None:
        self._bell = threading.Condition()
        self._at: dict[int, float] = {}
        self.seen = False

    def take(self, showing: Showing) -> None:
        """A picture came."""
        if showing.kind == "picture":
            with self._bell:
                self.seen = True
                self._at.setdefault(int(showing.facts["call_seq"]), showing.at)
                self._bell.notify_all()

    def of(self, call_seq: int) -> float:
        """When the picture of a call came; waits for it."""
        with self._bell:
            if not self._bell.wait_for(lambda: call_seq in self._at, PATIENCE_S):
                raise CannotStart(f"call {call_seq} was not on the board within {PATIENCE_S} s")
            return self._at[call_seq]

    def first(self) -> None:
        """Wait for the first picture at all."""
        with self._bell:
            if not self._bell.wait_for(lambda: self.seen, PATIENCE_S):
                raise CannotStart("the board showed nothing")


class Presses(Struct, frozen=True):
    """For each press, ms until the desk had its answer and until the board's picture was there."""

    to_answer: list[float]
    to_picture: list[float]


def measure(stand: Stand) -> Presses:
    """Press many times, one after the other."""
    gallery, arrivals = Gallery(), Arrivals()
    gallery.visit(arrivals.take)
    with EdgeLoop() as loop:
        stage = StageServer(loop, gallery)
        stage.start()
        board = _board(stand, stage.port)
        board.start()
        try:
            arrivals.first()
            return _press(stand, arrivals)
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


def _press(stand: Stand, arrivals: Arrivals) -> Presses:
    kiosk = _line(stand, "kiosk-1", "ticket", lambda: {"service": SERVICE})
    calls = range(1, WARM_UP + PRESSES + 1)
    for _ in calls:
        _ask(kiosk)
    plan = iter([{"desk": desk, "action": "open"} for desk in DESKS])
    turns = ({"desk": DESKS[n % 2], "action": "next"} for n in calls)
    keypad = _line(stand, "keypad-1", "desk", lambda: next(plan, None) or next(turns))
    for _ in DESKS:
        _ask(keypad)
    found = Presses([], [])
    for call_seq in calls:
        pressed = time.monotonic()
        _ask(keypad)
        found.to_answer.append(1000 * (time.monotonic() - pressed))
        found.to_picture.append(1000 * (arrivals.of(call_seq) - pressed))
        time.sleep(PAUSE_S)
    kiosk.close()
    keypad.close()
    return Presses(found.to_answer[WARM_UP:], found.to_picture[WARM_UP:])


def _line(stand: Stand, device: str, what: str, make: Callable[[], dict[str, str]]) -> MqttLine:
    up, down = f"goiso/v1/ca-mau/up/{device}/{what}", f"goiso/v1/ca-mau/down/{device}/answer"
    requests = bodies(lambda: {"v": 1, "id": str(uuid.uuid4()), **make()})
    return MqttLine(stand.bus.port, device, up, down, requests)


def _ask(line: MqttLine) -> None:
    line.ask()
    while not line.answers():
        pass


def percentiles(times: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    cuts = statistics.quantiles(times, n=20)
    return cuts[9], cuts[18]
