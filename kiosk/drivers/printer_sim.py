"""A printer that is not there: it keeps its tickets as pictures, shows them on the stage, and plays faults.

Rules: what it tells is what the real driver tells for the same fault (one contract suite runs both); a person plays a
fault on the stage with `{"part": "printer", "fault": NAME or null}`.
"""

import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from appliance.display.dots import dots_png
from appliance.runtime.stage import Stage
from kiosk.config import PrinterSection
from kiosk.drivers.strip import Strip
from kiosk.drivers.strips import draw
from kiosk.parts import Outcome, PrintEnded, PrinterIs, PrinterState
from kiosk.ticket import Band

logger = logging.getLogger(__name__)

STATES: dict[str, PrinterState] = {
    **{state.value: state for state in PrinterState if state is not PrinterState.READY},
    "hot": PrinterState.ERROR,
    "garbage": PrinterState.SILENT,
}
"""Faults that are seen before a ticket is sent."""
DOUBTS = {
    "dies": "the printer died",
    "forgets": "not confirmed by the printer",
    "never_confirms": "not confirmed by the printer",
}
"""Faults that show with the next ticket, and what becomes of it."""
_PRINTING = (PrinterState.READY, PrinterState.NEAR_END)


class _Job(NamedTuple):
    name: str
    bands: tuple[Band, ...]


class _Played(NamedTuple):
    fault: str | None


class SimPrinter:
    """The printer that `section` describes, on `stage`; `tell` gets PrinterIs and PrintEnded, on its own thread."""

    def __init__(self, section: PrinterSection, tell: Callable[[object], None], _cache: Path, stage: Stage) -> None:
        self._dots = section.dots
        self._tell = tell
        self._stage = stage
        self._orders: queue.SimpleQueue[_Job | _Played | None] = queue.SimpleQueue()
        self._fault: str | None = None
        self._told: PrinterState | None = None
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)

    def start(self) -> None:
        """Be there."""
        self._stage.listen("printer", self._hear)
        self.play(None)
        self._thread.start()

    def print(self, job: str, bands: tuple[Band, ...]) -> None:
        """Print a ticket; PrintEnded tells."""
        self._orders.put(_Job(job, bands))

    def keep(self, bands: tuple[Band, ...]) -> None:
        """Nothing is saved where paper is a picture."""

    def clear(self, bands: tuple[Band, ...]) -> None:
        """A printer without a buffer forgets nothing; the strip is shown."""
        self._orders.put(_Job("", bands))

    def play(self, fault: str | None) -> None:
        """From now on, be as `fault` says; None: all is well again."""
        self._orders.put(_Played(fault))

    def stop(self) -> None:
        """Be gone."""
        self._orders.put(None)
        if self._thread.is_alive():
            self._thread.join(5)

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def _hear(self, act: dict[str, Any]) -> None:
        fault = act.get("fault")
        if fault is None or fault in STATES or fault in DOUBTS:
            self.play(fault)
        else:
            logger.warning("printer: no fault %r", fault)

    def _run(self) -> None:
        while (order := self._orders.get()) is not None:
            if isinstance(order, _Played):
                self._fault = order.fault
                self._say(STATES.get(order.fault or "", PrinterState.READY))
            elif order.name:
                outcome, detail = self._print(order.bands)
                self._tell(PrintEnded(order.name, outcome, detail))
            elif self._fault == "never_confirms":
                self._say(PrinterState.ERROR)
            elif self._told in _PRINTING:
                self._show(order.bands)

    def _print(self, bands: tuple[Band, ...]) -> tuple[Outcome, str]:
        if self._told not in _PRINTING:
            return Outcome.UNSENT, f"printer {self._told.value if self._told else 'unknown'}"
        if self._fault in DOUBTS:
            if self._fault == "dies":
                self._say(PrinterState.GONE)
            return Outcome.UNCERTAIN, DOUBTS[self._fault]
        self._show(bands)
        return Outcome.PRINTED, ""

    def _show(self, bands: tuple[Band, ...]) -> None:
        self._stage.show("printer", "paper", dots_png(_rows(draw(bands, self._dots)), self._dots))

    def _say(self, state: PrinterState) -> None:
        if state is not self._told:
            self._told = state
            self._tell(PrinterIs(state))
        self._stage.show("printer", "state", state=state.value)


def _rows(strips: list[Strip]) -> list[int]:
    rows: list[int] = []
    for strip in strips:
        for row in strip.rows:
            rows += [_doubled(row)] * 2 if strip.doubled else [row]
        rows += [0] * strip.feed
    return rows


def _doubled(row: int) -> int:
    return int("".join(bit * 2 for bit in f"{row:b}"), 2)
