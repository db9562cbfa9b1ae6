"""Where the printer is, and bytes to and from it: a socket, a serial port, or python-escpos's way over USB.

Rules: every call has a deadline; whatever goes wrong is a `LineLost`; the address is a string in the configuration and
nobody else knows what kind of cable it names.
"""

import contextlib
import os
import select
import socket
import termios
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from appliance.runtime.errors import ConfigError

PROFILE = "default"
"""Named, because python-escpos guesses otherwise; we use its transports only, never its idea of a printer."""


class LineLost(Exception):  # noqa: N818  # because it tells what happened, and is an ordinary event of a printer's life
    """The printer cannot be reached, or not any more."""


class Line(Protocol):
    """An open way to the printer."""

    def send(self, data: bytes, timeout_s: float) -> int:
        """Hand over as much of `data` as it takes; how many bytes, 0 when none in `timeout_s`. Raises LineLost."""

    def receive(self, timeout_s: float) -> bytes:
        """What came, at least one byte; b"" when nothing came in `timeout_s`. Raises LineLost."""

    def close(self) -> None:
        """Let go."""


Open = Callable[[float], Line]
"""Opens a line within so many seconds. Raises LineLost."""


def opener(address: str, cache: Path) -> Open:
    """What opens the line at `address`. Raises ConfigError for an odd address.

    python-escpos keeps a pickle of its printer table in `cache`: left to itself it would look in a directory that
    others may write to.
    """
    parts = urlsplit(address)
    build = {"tcp": _tcp, "serial": _serial, "usb": _usb}.get(parts.scheme)
    if build is None:
        raise ConfigError(f"printer.address: {address!r} begins with none of tcp:, serial:, usb:; correct it")
    try:
        return build(address, cache)
    except ValueError as error:
        raise ConfigError(f"printer.address: {address!r}: {error}; correct it") from error


def _tcp(address: str, _cache: Path) -> Open:
    parts = urlsplit(address)
    host, port = parts.hostname, parts.port or 9100
    if not host:
        raise ValueError("a host is missing")

    def connect(timeout_s: float) -> Line:
        try:
            line = socket.create_connection((host, port), timeout_s)
        except OSError as error:
            raise LineLost(f"{host}:{port}: {error.strerror or error}") from error
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _Tcp(line)

    return connect


def _serial(address: str, _cache: Path) -> Open:
    parts = urlsplit(address)
    baud = int(parse_qs(parts.query).get("baud", ["19200"])[0])
    if not parts.path:
        raise ValueError("a device is missing")

    def connect(_timeout_s: float) -> Line:
        import serial  # noqa: PLC0415  # because only serial printers need it

        try:
            # Without waiting: it is waited for here, since pyserial forgets how much was sent.
            return _Serial(serial.Serial(parts.path, baud, timeout=0, write_timeout=0))
        except (OSError, ValueError) as error:
            raise LineLost(str(error)) from error

    return connect


def _usb(address: str, cache: Path) -> Open:
    vendor, _, product = urlsplit(address).path.partition(":")
    ids = (int(vendor, 16), int(product, 16))

    def connect(timeout_s: float) -> Line:
        os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = str(cache)
        from escpos.exceptions import Error  # noqa: PLC0415  # because it takes 10 MB, and only USB printers need it
        from escpos.printer import Usb  # noqa: PLC0415  # because of the same

        printer = Usb(*ids, timeout=round(timeout_s * 1000), profile=PROFILE)
        try:
            printer.open()
        except (Error, OSError, RuntimeError, ValueError) as error:  # ValueError: a machine without libusb
            raise LineLost(str(error).strip().replace("\n", " ")) from error
        return _Usb(printer)

    return connect


class _Tcp:
    """Over the network."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def send(self, data: bytes, timeout_s: float) -> int:
        try:
            self._line.settimeout(timeout_s)
            return self._line.send(data)
        except (TimeoutError, BlockingIOError):
            return 0
        except OSError as error:
            raise LineLost(f"while sending: {error}") from error

    def receive(self, timeout_s: float) -> bytes:
        try:
            self._line.settimeout(timeout_s)
            data = self._line.recv(256)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise LineLost(f"while listening: {error}") from error
        if not data:
            raise LineLost("the printer hung up")
        return data

    def close(self) -> None:
        self._line.close()


class _Serial:
    """Over RS-232."""

    def __init__(self, device: Any) -> None:
        self._device = device

    def send(self, data: bytes, timeout_s: float) -> int:
        try:
            ready = select.select([], [self._device], [], timeout_s)[1]
            return int(self._device.write(data)) if ready else 0
        except OSError as error:
            raise LineLost(f"while sending: {error}") from error

    def receive(self, timeout_s: float) -> bytes:
        try:
            ready = select.select([self._device], [], [], timeout_s)[0]
            return bytes(self._device.read(256)) if ready else b""
        except OSError as error:
            raise LineLost(f"while listening: {error}") from error

    def close(self) -> None:
        with contextlib.suppress(termios.error, OSError):  # the port may be gone already
            self._device.reset_output_buffer()  # a kernel waits half a minute for a printer that reads no more
        self._device.close()


class _Usb:
    """Over USB, printer class."""

    def __init__(self, printer: Any) -> None:
        self._printer = printer

    def send(self, data: bytes, timeout_s: float) -> int:
        return int(self._try(self._printer.device.write, self._printer.out_ep, data, timeout_s) or 0)

    def receive(self, timeout_s: float) -> bytes:
        return bytes(self._try(self._printer.device.read, self._printer.in_ep, 64, timeout_s) or b"")

    def _try(self, move: Callable[..., Any], endpoint: int, what: Any, timeout_s: float) -> Any:
        try:
            return move(endpoint, what, max(1, round(timeout_s * 1000)))
        except OSError as error:
            if "timed out" in str(error).lower() or "timeout" in str(error).lower():
                return None
            raise LineLost(str(error)) from error

    def close(self) -> None:
        self._printer.close()
