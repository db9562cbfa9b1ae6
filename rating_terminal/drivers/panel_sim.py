"""A panel without wires: a person presses its buttons on the stage, part `panel`, and sees its lamps there.

What a hand can do: `{"kind": "press", "button": 2}`, `{"kind": "hold", "button": 2}` (a stuck button) and
`{"kind": "release", "button": 2}`; `level` means the same as `button`. The contacts bounce like real ones, and presses
come from one finger: the next begins when the last is over.
"""

import dataclasses
import heapq
import threading
import time
from typing import Any

from appliance.input.debounce import Edge
from appliance.runtime.stage import Stage
from rating_terminal.config import PanelSection
from rating_terminal.ports import Face, Report, Tell

PART = "panel"
CLOSING = ((0.0, True), (0.0007, False), (0.0011, True), (0.0026, False), (0.0031, True))
OPENING = ((0.0, False), (0.0009, True), (0.0013, False))
"""What a worn button does within a few milliseconds: after how many seconds the contact is closed or open."""
PRESS_S = 0.12
LIFT_S = 0.06
"""How long a quick finger stays down, and how long it then needs to be down again."""


class SimPanel:
    """A `Panel` on the stage."""

    def __init__(self, section: PanelSection, tell: Tell, report: Report, stage: Stage) -> None:
        self._levels = section.levels
        self._tell = tell
        self._report = report
        self._stage = stage
        self._changed = threading.Condition()
        self._coming: list[tuple[float, int, Edge]] = []
        self._count = 0
        self._finger_free = 0.0
        self._open = True
        self._thread = threading.Thread(target=self._live, name=PART, daemon=True)

    def start(self) -> tuple[bool, ...]:
        """Wait for hands; nothing is down."""
        self._thread.start()
        self._stage.listen(PART, self._act)
        self._report("ready", "simulated")
        return (False,) * self._levels

    def show(self, face: Face) -> None:
        """Show lamps and words on the stage."""
        self._stage.show(PART, "face", **dataclasses.asdict(face))

    def stop(self) -> None:
        """No more hands."""
        with self._changed:
            self._open = False
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=2)

    def _act(self, act: dict[str, Any]) -> None:
        level = act.get("button", act.get("level"))
        if not isinstance(level, int) or not 1 <= level <= self._levels:
            return
        now = time.monotonic()
        match act["kind"]:
            case "press":
                start = max(now, self._finger_free)
                self._finger_free = start + PRESS_S + LIFT_S
                self._plan(level, start, CLOSING)
                self._plan(level, start + PRESS_S, OPENING)
            case "hold":
                self._plan(level, now, CLOSING)
            case "release":
                self._plan(level, now, OPENING)

    def _plan(self, level: int, start: float, waveform: tuple[tuple[float, bool], ...]) -> None:
        with self._changed:
            for after, down in waveform:
                self._count += 1
                heapq.heappush(self._coming, (start + after, self._count, Edge(level, down, start + after)))
            self._changed.notify()

    def _live(self) -> None:
        """Tells every edge when its time has come, as a wire would."""
        with self._changed:
            while self._open:
                wait = self._coming[0][0] - time.monotonic() if self._coming else None
                if wait is not None and wait <= 0:
                    self._tell(heapq.heappop(self._coming)[2])
                else:
                    self._changed.wait(wait)
