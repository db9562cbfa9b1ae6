"""A scanner that speaks over a serial line: USB (CDC-ACM), or RS-232.

Rules: one thread reads, posts and never waits for others; a scanner that is not there is looked for every `RETRY_S`,
for ever; what it had begun when it was unplugged is dropped. USB ignores the baud rate.
"""

import contextlib
import os
import select
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import serial

from appliance.runtime.errors import ConfigError
from kiosk.config import ScannerSection
from kiosk.parts import CodeScanned, ScannerIs
from kiosk.scanned import Gatherer

RETRY_S = 1.0
PAUSE_S = 0.15
"""A scanner sends a code in one go; after so long it is over, whether it ended with a line end or not."""
SLICE = 512


class SerialScanner:
    """Reads the scanner at `section.address`; `tell` gets ScannerIs and CodeScanned, on its own thread."""

    def __init__(self, section: ScannerSection, tell: Callable[[object], None]) -> None:
        address = urlsplit(section.address)
        try:
            self._path, self._baud = address.path, int(parse_qs(address.query).get("baud", ["9600"])[0])
        except ValueError as error:
            raise ConfigError(f"scanner.address: {section.address!r}: {error}; correct it") from error
        self._tell = tell
        self._told: ScannerIs | None = None
        self._gatherer = Gatherer()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._live, name="scanner", daemon=True)

    def start(self) -> None:
        """Look for it."""
        self._thread.start()

    def stop(self) -> None:
        """Let go of it."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(5)

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def _live(self) -> None:
        while not self._ending.is_set():
            try:
                with contextlib.closing(serial.Serial(self._path, self._baud, timeout=0, exclusive=True)) as line:
                    self._say(ScannerIs(present=True))
                    self._read(line)
            except OSError as error:  # pyserial's own errors are OSErrors
                self._gatherer.forget()
                why = os.strerror(error.errno) if error.errno else "unplugged"
                self._say(ScannerIs(present=False, detail=f"{self._path}: {why}"))
                self._ending.wait(RETRY_S)

    def _read(self, line: Any) -> None:
        """Read until we end. Raises OSError when it is unplugged."""
        while not self._ending.is_set():
            ready, _, _ = select.select([line], [], [], PAUSE_S if self._gatherer.begun else RETRY_S)
            for code in self._gatherer.feed(line.read(SLICE)) if ready else self._gatherer.pause():
                self._tell(CodeScanned(code))

    def _say(self, told: ScannerIs) -> None:
        if told != self._told:
            self._told = told
            self._tell(told)
