"""One serial line with LED panels on it: opened, written, listened to. The only file that imports pyserial here.

Rules: whoever owns the line calls from one thread; an adapter that cannot switch the direction of an RS-485 line by
itself is used without; what came unasked is thrown away before a frame, so that an old answer is never taken for a new.
"""

import time
from collections.abc import Callable
from typing import Self

import serial
import serial.rs485

from display_board.led_frames import Reply, Template, is_answer

WRITE_TIMEOUT_S = 1.0
READ_PAUSE_S = 0.002


class LineError(Exception):
    """The line is not there, or not there any more; the text says which and why."""


class LedPort:
    """The line `url` set as `template` says. Raises LineError, here and in everything it does.

    `rest` waits so many seconds; `degraded` is told why the port cannot switch the direction by itself, where it was
    asked to.
    """

    def __init__(
        self,
        url: str,
        template: Template,
        rest: Callable[[float], None] = time.sleep,
        degraded: Callable[[str], object] | None = None,
    ) -> None:
        self._template = template
        self._rest = rest
        try:
            self._port = serial.serial_for_url(
                url,
                baudrate=template.baud,
                bytesize=template.data_bits,
                parity=template.parity,
                stopbits=template.stop_bits,
                timeout=0,
                write_timeout=WRITE_TIMEOUT_S,
            )
        except (serial.SerialException, OSError, ValueError) as error:
            raise LineError(f"{url}: {error}") from error
        self._url = url
        if degraded is not None:
            self._switch_direction(degraded)

    def __enter__(self) -> Self:
        """Use the line."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._port.close()

    def drain(self) -> None:
        """Throw away what came unasked: echo, noise. This is also how a cut is noticed."""
        self.read()

    def read(self) -> bytes:
        """What came meanwhile."""
        heard = b""
        try:
            while self._port.in_waiting:
                heard += self._port.read(self._port.in_waiting)
        except (serial.SerialException, OSError) as error:
            raise LineError(f"{self._url}: {error}") from error
        return heard

    def write(self, frame: bytes) -> None:
        """Send `frame` and let it pass. No flush: USB adapters say "sent" long before it is true, so we count."""
        self._send(frame)
        self._rest(self._on_air(len(frame)) + self._template.gap_ms / 1000)

    def ask(self, frame: bytes, reply: Reply, going_on: Callable[[], bool] = lambda: True) -> bool:
        """Send `frame`; whether the panel answered in time. Our own echo comes first where the adapter hears it."""
        self._send(frame)
        heard, answered = b"", False
        end = time.monotonic() + self._on_air(len(frame) + reply.length) + reply.within_ms / 1000
        while not answered and going_on() and time.monotonic() < end:
            heard += self.read()
            answered = is_answer(heard, frame, reply)
            if not answered:
                self._rest(READ_PAUSE_S)
        self._rest(self._template.gap_ms / 1000)
        return answered

    def _send(self, frame: bytes) -> None:
        self.drain()
        try:
            self._port.write(frame)
        except (serial.SerialException, OSError) as error:
            raise LineError(f"{self._url}: {error}") from error

    def _on_air(self, size: int) -> float:
        """How long `size` bytes take on the line, s: start bit, data, parity and stop bits rounded up to eleven."""
        return size * 11 / self._template.baud

    def _switch_direction(self, degraded: Callable[[str], object]) -> None:
        """Many adapters turn the line by themselves: a port that cannot is no reason to stay dark."""
        try:
            self._port.rs485_mode = serial.rs485.RS485Settings()
        except (ValueError, OSError, NotImplementedError) as error:
            degraded(str(error))
