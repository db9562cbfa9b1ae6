"""Where the printer is, and bytes to and from it: python-escpos's transports behind one small face.

Rules: every call has a deadline; whatever goes wrong is a `LineLost`; the address is a string in the configuration and
nobody else knows what kind of cable it names.
"""

import os
import socket
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

    def send(self, data: bytes, timeout_s: float) -> None:
        """Hand over all of `data`. Raises LineLost, also when it takes longer than `timeout_s`."""

    def receive(self, timeout_s: float) -> bytes:
        """What came, at least one byte; b"" when nothing came in `timeout_s`. Raises LineLost."""

    def close(self) -> None:
        """Let go."""


Open = Callable[[float], Line]


def opener(address: str, cache: Path) -> Open:
    """A function that opens the line at `address` within so many seconds. Raises ConfigError for an odd address.

    python-escpos keeps a pickle of its printer table in `cache`: left to itself it would look in a directory that
    others may write to.
    """
    parts = urlsplit(address)
    build = {"tcp": _tcp, "serial": _serial, "usb": _usb}.get(parts.scheme)
    if build is None:
        raise ConfigError(f"printer.address: {address!r} begins with none of tcp:, serial:, usb:; correct it")
    try:
        opened = build(address)
    except ValueError as error:
        raise ConfigError(f"printer.address: {address!r}: {error}; correct it") from error

    def open_line(timeout_s: float) -> Line:
        os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = str(cache)
        return opened(timeout_s)

    return open_line


def _tcp(address: str) -> Open:
    parts = urlsplit(address)
    host, port = parts.hostname, parts.port or 9100
    if not host:
        raise ValueError("a host is missing")

    def connect(timeout_s: float) -> Line:
        from escpos.printer import Network  # noqa: PLC0415  # because it is slow to import and only printers need it

        printer = Network(host, port=port, timeout=timeout_s, profile=PROFILE)
        return _Tcp(_opened(printer))

    return connect


def _serial(address: str) -> Open:
    parts = urlsplit(address)
    baud = int(parse_qs(parts.query).get("baud", ["19200"])[0])
    if not parts.path:
        raise ValueError("a device is missing")

    def connect(timeout_s: float) -> Line:
        from escpos.printer import Serial  # noqa: PLC0415  # because only serial printers need it

        printer = Serial(devfile=parts.path, baudrate=baud, timeout=timeout_s, dsrdtr=False, profile=PROFILE)
        return _Serial(_opened(printer))

    return connect


def _usb(address: str) -> Open:
    vendor, _, product = urlsplit(address).path.partition(":")
    ids = (int(vendor, 16), int(product, 16))

    def connect(timeout_s: float) -> Line:
        from escpos.printer import Usb  # noqa: PLC0415  # because only USB printers need it

        return _Usb(_opened(Usb(*ids, timeout=round(timeout_s * 1000), profile=PROFILE)))

    return connect


def _opened(printer: Any) -> Any:
    from escpos.exceptions import Error  # noqa: PLC0415  # because of the same

    try:
        printer.open()
    except (Error, OSError, RuntimeError) as error:
        raise LineLost(str(error).strip().replace("\n", " ")) from error
    return printer


class _Tcp:
    """Over the network."""

    def __init__(self, printer: Any) -> None:
        self._printer = printer
        printer.device.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: bytes, timeout_s: float) -> None:
        try:
            self._printer.device.settimeout(timeout_s)
            self._printer.device.sendall(data)
        except OSError as error:
            raise LineLost(f"while sending: {error}") from error

    def receive(self, timeout_s: float) -> bytes:
        try:
            self._printer.device.settimeout(timeout_s)
            data: bytes = self._printer.device.recv(256)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise LineLost(f"while listening: {error}") from error
        if not data:
            raise LineLost("the printer hung up")
        return data

    def close(self) -> None:
        self._printer.close()


class _Serial:
    """Over RS-232."""

    def __init__(self, printer: Any) -> None:
        self._printer = printer

    def send(self, data: bytes, timeout_s: float) -> None:
        try:
            self._printer.device.write_timeout = timeout_s
            self._printer.device.write(data)
        except OSError as error:
            raise LineLost(f"while sending: {error}") from error

    def receive(self, timeout_s: float) -> bytes:
        try:
            self._printer.device.timeout = timeout_s
            first: bytes = self._printer.device.read(1)
            return first + bytes(self._printer.device.read(self._printer.device.in_waiting)) if first else b""
        except OSError as error:
            raise LineLost(f"while listening: {error}") from error

    def close(self) -> None:
        self._printer.close()


class _Usb:
    """Over USB, printer class."""

    def __init__(self, printer: Any) -> None:
        self._printer = printer

    def send(self, data: bytes, timeout_s: float) -> None:
        try:
            sent = self._printer.device.write(self._printer.out_ep, data, round(timeout_s * 1000))
        except OSError as error:
            raise LineLost(f"while sending: {error}") from error
        if sent != len(data):
            raise LineLost(f"took {sent} of {len(data)} bytes")

    def receive(self, timeout_s: float) -> bytes:
        try:
            return bytes(self._printer.device.read(self._printer.in_ep, 64, max(1, round(timeout_s * 1000))))
        except OSError as error:
            if "timed out" in str(error).lower() or "timeout" in str(error).lower():
                return b""
            raise LineLost(f"while listening: {error}") from error

    def close(self) -> None:
        self._printer.close()
