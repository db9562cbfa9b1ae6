"""Where simulated parts are seen and touched, by a person or a test, over TCP on one machine.

Rules: showing never waits: only the newest picture per (part, kind) is kept until the watcher takes it; a watcher who
comes back sees everything again; without an address nothing happens at all.
"""

import logging
import socket
import threading
from collections.abc import Callable
from typing import Any

from appliance.runtime.stage_frames import HELLO, BrokenFrame, Frame, pack, read_acts

logger = logging.getLogger(__name__)

Handler = Callable[[dict[str, Any]], None]
PAUSE_S = 0.3
CONNECT_S = 2.0


class Stage:
    """A device's place on the stage at `address` (`host:port`, or empty for nobody)."""

    def __init__(self, address: str, device: str) -> None:
        self._device = device
        self._address = address
        self._handlers: dict[str, list[Handler]] = {}
        self._newest: dict[tuple[str, str], Frame] = {}
        self._unsent: dict[tuple[str, str], None] = {}  # an ordered set
        self._line: socket.socket | None = None
        self._changed = threading.Condition()
        self._closed = threading.Event()
        self._threads: list[threading.Thread] = []

    def _go_on(self) -> None:
        """Look for the watcher, from the first moment there is something to see or touch."""
        if self._threads:
            return
        self._threads = [
            threading.Thread(target=work, name=f"stage-{work.__name__.strip('_')}", daemon=True)
            for work in (self._watch, self._send)
        ]
        for thread in self._threads:
            thread.start()

    def show(self, part: str, kind: str, body: bytes = b"", **facts: Any) -> None:
        """Show `body` and `facts` as the `kind` of `part`; replaces what was shown there before. Never blocks."""
        if not self._address:
            return
        with self._changed:
            self._go_on()
            self._newest[part, kind] = Frame(self._device, part, kind, body, facts)
            self._unsent[part, kind] = None
            self._changed.notify_all()

    def listen(self, part: str, handler: Handler) -> None:
        """Call `handler` with whatever is done to `part`, on the stage's thread: it may only enqueue."""
        if not self._address:
            return
        with self._changed:
            self._go_on()
            self._handlers.setdefault(part, []).append(handler)
            self._unsent[HELLO] = None
            self._changed.notify_all()

    def close(self) -> None:
        """Leave the stage."""
        self._closed.set()
        self._hang_up()
        for thread in self._threads:
            thread.join(CONNECT_S + PAUSE_S)

    # ------------------------------------------------------------------------------------------------ two threads

    def _watch(self) -> None:
        """Connects, reads what is done to our parts, and connects again."""
        host, _, port = self._address.rpartition(":")
        while not self._closed.is_set():
            try:
                with socket.create_connection((host, int(port)), CONNECT_S) as line:
                    line.settimeout(None)
                    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self._greet(line)
                    for act in read_acts(line.makefile("rb")):
                        self._hand_out(act)
            except (OSError, BrokenFrame) as error:
                logger.debug("stage %s: %s", self._address, error)
            self._hang_up()
            self._closed.wait(PAUSE_S)

    def _greet(self, line: socket.socket) -> None:
        with self._changed:
            self._line = line
            self._unsent = dict.fromkeys([HELLO, *self._newest])
            self._changed.notify_all()

    def _hang_up(self) -> None:
        with self._changed:
            line, self._line = self._line, None
            self._changed.notify_all()
        if line is not None:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                logger.debug("stage %s: already gone", self._address)

    def _hand_out(self, act: dict[str, Any]) -> None:
        for handler in self._handlers.get(act["part"], ()):
            try:
                handler(act)
            except Exception:  # because one odd act must not end the stage for all parts
                logger.exception("stage: %s", act)

    def _send(self) -> None:
        while not self._closed.is_set():
            with self._changed:
                self._changed.wait_for(lambda: self._closed.is_set() or (self._line is not None and self._unsent))
                if self._closed.is_set() or self._line is None:
                    continue
                line, frame = self._line, self._take()
            try:
                line.sendall(pack(frame))
            except OSError:
                self._hang_up()

    def _take(self) -> Frame:
        key = next(iter(self._unsent))
        del self._unsent[key]
        if key == HELLO:
            return Frame(self._device, *HELLO, facts={"parts": sorted(self._handlers)})
        return self._newest[key]
