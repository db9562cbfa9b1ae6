"""LED panels on a serial line, RS-485 or RS-232.

Rules: everything sent is a whole state: a panel that changed gets its frame at once, every panel gets it again within
two seconds, so noise, a half frame or a panel switched on late heal by themselves; what comes back is only looked at
for an answer, our own echo (two-wire adapters) is no answer; a broken line is opened again for ever, and is ready only
once it took a frame.
"""

import logging
import threading
import time
from functools import partial

from appliance.runtime.health import Changed
from display_board.config import LedOutput
from display_board.drivers.led_port import WRITE_TIMEOUT_S, LedPort, LineError
from display_board.led_frames import Template, encode
from display_board.ports import Report
from display_board.views import LedView, PanelText

logger = logging.getLogger(__name__)

RESEND_S = 1.8
"""With the time of the frames before it, no panel waits longer than two seconds."""
RETRY_S = 0.3
"""A panel that owes an answer is asked again this soon, unless it is silent anyway."""
FIRST_PAUSE_S, LAST_PAUSE_S = 0.25, 1.5
LISTEN_S = 0.5
"""While there is nothing to say the line is looked at this often: a closed one is noticed by reading only."""
SILENT_AFTER = 3
"""A panel that owes an answer this many times in a row is called silent."""


class SerialLedLine:
    """A `LedLine` on a real port; every panel hears its state again after `resend_s`."""

    def __init__(self, output: LedOutput, report: Report, template: Template, resend_s: float = RESEND_S) -> None:
        self._resend_s = resend_s
        self._url = output.url
        self._wants_rs485 = output.rs485
        self._template = template
        self._report = report
        self._rs485 = Changed(logger, f"{output.part}: direction control by the port")
        self._changed = threading.Condition()
        self._open = True
        self._wanted: dict[int, PanelText] = {}
        self._sent: dict[int, tuple[PanelText, float]] = {}
        self._missed: dict[int, int] = {}
        self._cannot: set[int] = set()
        self._pause = FIRST_PAUSE_S
        self._thread = threading.Thread(target=self._live, name=output.part, daemon=True)

    def start(self) -> None:
        """Open the line, again and again."""
        self._thread.start()

    def show(self, view: LedView) -> None:
        """Send what is new at once."""
        with self._changed:
            self._wanted = {panel.address: panel for panel in view.panels}
            self._changed.notify()

    def stop(self) -> None:
        """Close the line."""
        with self._changed:
            self._open = False
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=WRITE_TIMEOUT_S + 1)

    @property
    def alive(self) -> bool:
        """Whether the line's thread runs: a lost line does not end it."""
        return self._thread.is_alive()

    # ------------------------------------------------------------------------------------------- the line's thread

    def _live(self) -> None:
        while self._open:
            try:
                with self._opened() as port:
                    self._sent.clear()
                    self._serve(port)
            except LineError as error:
                self._report("fault", str(error))
                self._rest(self._pause)
                self._pause = min(2 * self._pause, LAST_PAUSE_S)

    def _opened(self) -> LedPort:
        degraded = partial(self._rs485.say, "degraded") if self._wants_rs485 else None
        return LedPort(self._url, self._template, self._rest, degraded)

    def _serve(self, port: LedPort) -> None:
        while self._open:
            panel = self._next()
            if panel is None:
                port.drain()
                continue
            self._sent[panel.address] = (panel, time.monotonic())
            frame = encode(self._template, panel)
            if frame is None:
                self._cannot.add(panel.address)
            else:
                self._cannot.discard(panel.address)
                self._send(port, panel, frame)
                self._pause = FIRST_PAUSE_S
            self._tell()

    def _next(self) -> PanelText | None:
        """The panel whose frame is most urgent, waiting up to the next resend; None when there was nothing to send."""
        with self._changed:
            panel, due = self._most_urgent()
            wait = due - time.monotonic()
            if wait <= 0:
                return panel
            self._changed.wait(min(wait, LISTEN_S))
            panel, due = self._most_urgent()
            return panel if self._open and due <= time.monotonic() else None

    def _most_urgent(self) -> tuple[PanelText | None, float]:
        """What changed first, then what was sent longest ago."""
        due = [(self._due(panel), panel.address, panel) for panel in self._wanted.values()]
        at, _, panel = min(due, default=(time.monotonic() + LISTEN_S, 0, None))
        return panel, at

    def _due(self, panel: PanelText) -> float:
        sent, at = self._sent.get(panel.address, (None, 0.0))
        return at + self._resend_s if sent == panel else 0.0

    def _send(self, port: LedPort, panel: PanelText, frame: bytes) -> None:
        if self._template.reply is None:
            port.write(frame)
            return
        answered = port.ask(frame, self._template.reply, lambda: self._open)
        missed = self._missed[panel.address] = 0 if answered else self._missed.get(panel.address, 0) + 1
        if 0 < missed < SILENT_AFTER:
            self._sent[panel.address] = panel, time.monotonic() + RETRY_S - self._resend_s

    def _tell(self) -> None:
        silent = [str(panel) for panel, missed in sorted(self._missed.items()) if missed >= SILENT_AFTER]
        stuck = [str(panel) for panel in sorted(self._cannot)]
        said = [f"no answer from panel {', '.join(silent)}"] if silent else []
        said += [f"panel {', '.join(stuck)} cannot show -- and keeps its last number"] if stuck else []
        self._report("degraded" if said else "ready", "; ".join(said))

    def _rest(self, seconds: float) -> None:
        """Wait without holding up `stop`."""
        with self._changed:
            self._changed.wait_for(lambda: not self._open, seconds)
