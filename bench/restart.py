"""A board killed in the middle of a call, or cut off while others are called: when its picture is right again.

And that it rings no second time. The time of a cut counts from the moment at which the board is on the bus again.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TypeVar

from appliance.runtime.config import BusSection, DataSection, DeviceSection, StageSection, dump
from appliance.runtime.errors import CannotStart
from appliance.runtime.link import Heard, MqttLink
from appliance.runtime.site_words import HubSection
from appliance.wire.messages import Presence
from bench.picture import PATIENCE_S, SERVICE, Keypads, ask, number_of
from bench.report import Figure
from bench.stand import Stand
from broker.voice import FOLDER
from display_board.config import BoardConfig, ScreenOutput, VoiceOutput
from virtual_centre.cable import Cable
from virtual_centre.child import Child
from virtual_centre.edge_loop import EdgeLoop
from virtual_centre.gallery import Gallery, Showing
from virtual_centre.ports import HOST
from virtual_centre.stage_server import PRESENCE, StageServer

ROUNDS, DESK, DEVICE = 7, "q04a", "board-killed"
_Found = TypeVar("_Found")


class Witness:
    """All that a board showed and played, one life after the other."""

    def __init__(self) -> None:
        self._bell = threading.Condition()
        self._showings: list[Showing] = []

    def take(self, showing: Showing) -> None:
        """Something was shown or heard."""
        with self._bell:
            self._showings.append(showing)
            self._bell.notify_all()

    def forget(self) -> None:
        """Wait until all that the dead board sent has arrived; a new life begins."""
        self._first(lambda showing: (showing.kind == PRESENCE and not showing.facts["connected"]) or None)
        with self._bell:
            self._showings.clear()

    def drawn(self, number: str) -> tuple[int, float]:
        """The call with `number`, by its seq, and when it was drawn first in this life; waits for it."""

        def look(showing: Showing) -> tuple[int, float] | None:
            if showing.kind != "picture" or showing.facts["number"] != number:
                return None
            seq, at = showing.facts["drawn"][-1]
            return seq, at

        return self._first(look)

    def rung(self) -> int:
        """For which call, by its seq, anything was heard first in this life; waits for it."""
        return self._first(lambda showing: int(showing.facts["job"].split(".")[1]) if showing.kind == "sound" else None)

    def _first(self, look: Callable[[Showing], _Found | None]) -> _Found:
        def found() -> _Found | None:
            return next((thing for thing in map(look, self._showings) if thing is not None), None)

        with self._bell:
            thing = self._bell.wait_for(found, PATIENCE_S)
        if thing is None:
            raise CannotStart(f"the board showed and said nothing within {PATIENCE_S} s")
        return thing


def figures(stand: Stand) -> list[Figure]:
    """Kill a board between a call and its end, many times; what rings first in its next life must be the next call."""
    gaps, chimes = [], 0
    with _board(stand) as (board, witness, cable), Keypads(stand, 0, [DESK]) as keypads:
        kiosk = keypads.line("ticket", lambda: {"service": SERVICE})
        keypad = keypads.line("desk", lambda: {"desk": DESK, "action": "next"})
        for life in range(1 + ROUNDS):
            ask(kiosk)
            ask(keypad)
            seq, _ = witness.drawn(number_of(keypad))
            if life:  # to a board that was never alive before, whatever was called while it started is history
                chimes += witness.rung() != seq
            board.kill()
            witness.forget()
            began = time.monotonic()
            board.start()
            gaps.append(witness.drawn(number_of(keypad))[1] - began)
        cuts = []
        with _returns(stand) as returned:
            for _ in range(ROUNDS):
                cable.cut()
                ask(kiosk)
                ask(keypad)
                while not returned.empty():
                    returned.get()
                cable.mend()
                drawn = witness.drawn(number_of(keypad))[1]
                cuts.append(drawn - returned.get(timeout=PATIENCE_S))
        for line in (kiosk, keypad):
            line.close()
    return [
        Figure(name="restart_to_picture_s", value=max(gaps), unit="s", at_most=2.0),
        Figure(name="restart_second_chimes", value=chimes, at_most=0),
        Figure(name="reconnect_to_truth_s", value=max(cuts), unit="s", at_most=1.0),
    ]


@contextmanager
def _returns(stand: Stand) -> Iterator["SimpleQueue[float]"]:
    """When the board came back to the bus."""
    returned: SimpleQueue[float] = SimpleQueue()

    def note(event: object) -> None:
        if isinstance(event, Heard) and event.place == DEVICE and event.message == Presence(state="online"):
            returned.put(time.monotonic())

    link = MqttLink(BusSection(host=HOST, port=stand.bus.port), "ca-mau", "bench-ears", [(Presence, "+")], note)
    link.start()
    try:
        yield returned
    finally:
        link.stop()


@contextmanager
def _board(stand: Stand) -> Iterator[tuple[Child, Witness, Cable]]:
    gallery, witness = Gallery(), Witness()
    gallery.visit(witness.take)
    with EdgeLoop() as loop, Cable(loop, stand.bus.port) as cable:
        stage = StageServer(loop, gallery)
        stage.start()
        config = BoardConfig(
            device=DeviceSection(id=DEVICE, site="ca-mau"),
            data=DataSection(dir=str(stand.folder / DEVICE)),
            hub=HubSection(url=f"http://{HOST}:{stand.web_port}"),
            output=(ScreenOutput(driver="sim"), VoiceOutput(driver="sim", clips=str(stand.folder / FOLDER))),
            bus=BusSection(host=HOST, port=cable.port),
            stage=StageSection(address=f"{HOST}:{stage.port}"),
        )
        path = stand.folder / f"{DEVICE}.toml"
        path.write_text(dump(config), encoding="utf-8")
        command = [sys.executable, "-m", "display_board", "--config", str(path)]
        board = Child(DEVICE, command, stand.folder / f"{DEVICE}.log")
        board.start()
        try:
            yield board, witness, cable
        finally:
            board.stop()
            stage.stop()
