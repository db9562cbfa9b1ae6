"""Scanners on the bench: the simulated one on a stage, a serial one on a pty, one that types through a FIFO."""

import os
import pty
import tty
from pathlib import Path
from typing import Protocol

from appliance.input.codes import code
from appliance.input.events import Decoder
from appliance.runtime.stage import Stage
from kiosk.config import ScannerSection
from kiosk.drivers.scanner_hid import HidScanner
from kiosk.drivers.scanner_serial import SerialScanner
from kiosk.drivers.scanner_sim import SimScanner
from kiosk.parts import ScannerIs
from kiosk.ports import Scanner
from kiosk.typed_codes import Typist
from tests.contract.watched_stage import WatchedStage
from tests.key_bytes import event, moved
from tests.waiting import Mailbox

REPORT = event(0, 0, 0)


class Rig(Protocol):
    """A scanner, what it tells, and what a person does with it."""

    scanner: Scanner
    told: Mailbox

    def scan(self, text: str) -> None: ...

    def unplug(self) -> None: ...

    def plug(self) -> None: ...

    def stop(self) -> None: ...


class SimRig:
    def __init__(self, folder: Path) -> None:
        self.told, self._watch = Mailbox(), WatchedStage()
        self._stage = Stage(self._watch.address, "kiosk-1")
        self.scanner: Scanner = SimScanner(ScannerSection(driver="sim"), self.told.post, self._stage)
        self.scanner.start()

    def scan(self, text: str) -> None:
        self._watch.act("scanner", "show", scan=text)

    def unplug(self) -> None:
        self._watch.act("scanner", "fault", fault="gone")
        assert not self.told.until(ScannerIs).present

    def plug(self) -> None:
        self._watch.act("scanner", "fault", fault=None)

    def stop(self) -> None:
        self.scanner.stop()
        self._stage.close()
        self._watch.close()


class SerialRig:
    """USB is a file that vanishes: here a link to a pty whose other end is closed."""

    def __init__(self, folder: Path, end: bytes = b"\r\n") -> None:
        self.told, self._end, self._path = Mailbox(), end, folder / "queue-scanner"
        self._plug()
        self.scanner: Scanner = SerialScanner(ScannerSection(driver="serial", address=str(self._path)), self.told.post)
        self.scanner.start()

    def _plug(self) -> None:
        self.master, slave = pty.openpty()
        tty.setraw(slave)
        self._path.unlink(missing_ok=True)
        self._path.symlink_to(os.ttyname(slave))
        os.close(slave)

    def send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self.master, data) :]

    def scan(self, text: str) -> None:
        self.send(text.encode() + self._end)

    def unplug(self) -> None:
        os.close(self.master)
        self._path.unlink()
        assert not self.told.until(ScannerIs).present

    def plug(self) -> None:
        self._plug()

    def stop(self) -> None:
        self.scanner.stop()
        os.close(self.master)


class HidRig:
    """What the kernel sends of a scanner that calls itself a keyboard."""

    def __init__(self, folder: Path) -> None:
        self.told, self._path = Mailbox(), folder / "queue-scanner"
        os.mkfifo(self._path)
        section = ScannerSection(driver="hid", address=str(self._path))
        self.scanner: Scanner = HidScanner(section, self.told.post, grab=False)
        self.scanner.start()
        self._keyboard = self._path.open("wb", buffering=0)

    def scan(self, text: str) -> None:
        self._keyboard.write(b"".join(map(keys, text + "\n")))

    def unplug(self) -> None:
        self._path.unlink()
        self._keyboard.close()
        assert not self.told.until(ScannerIs, lambda told: not told.present).present

    def plug(self) -> None:
        os.mkfifo(self._path)
        self._keyboard = self._path.open("wb", buffering=0)

    def stop(self) -> None:
        self.scanner.stop()
        self._keyboard.close()


def keys(letter: str) -> bytes:
    """The keys that a US keyboard needs for `letter`; none for what it does not have."""
    for name in _KEYS:
        for shift in (False, True):
            if _typed(name, shift) == letter.encode():
                press = moved(name, 1) + moved(name, 0)
                return moved("KEY_LEFTSHIFT", 1) + press + moved("KEY_LEFTSHIFT", 0) if shift else press
    return b""


def _typed(name: str, shift: bool) -> bytes:
    typist, held = Typist(), moved("KEY_LEFTSHIFT", 1) if shift else b""
    return b"".join(map(typist.typed, Decoder().feed(held + moved(name, 1))))


_KEYS = [f"KEY_{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"]
_KEYS += ["KEY_MINUS", "KEY_BACKSLASH", "KEY_DOT", "KEY_SPACE", "KEY_ENTER", "KEY_SEMICOLON", "KEY_SLASH"]
assert all(map(code, _KEYS))
