"""What real scanners do on their lines: no line end, half a code, pulled out in the middle, keys that nobody has."""

import os
from itertools import chain, repeat
from pathlib import Path

import pytest

from appliance.input.events import Decoder
from appliance.runtime.errors import ConfigError
from kiosk.config import ScannerSection
from kiosk.drivers.scanner_hid import PAUSE_S, HidScanner
from kiosk.drivers.scanner_serial import SerialScanner
from kiosk.parts import CodeScanned, ScannerIs
from kiosk.typed_codes import Typist
from tests.key_bytes import moved, pressed
from tests.scanner_rigs import SerialRig, keys
from tests.waiting import Mailbox


@pytest.fixture
def rig(tmp_path: Path):
    rig = SerialRig(tmp_path)
    assert rig.told.next(ScannerIs).present
    yield rig
    rig.stop()


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\n\r", b""])
def test_every_way_to_end_a_line_or_none_at_all(tmp_path: Path, end: bytes) -> None:
    rig = SerialRig(tmp_path, end)
    assert rig.told.next(ScannerIs).present
    rig.scan("one")
    assert rig.told.until(CodeScanned).data == b"one"
    rig.scan("two")
    assert rig.told.until(CodeScanned).data == b"two"
    rig.told.quiet()
    rig.stop()


def test_pulled_out_in_the_middle_of_a_code_the_half_is_none(rig: SerialRig) -> None:
    rig.send(b"0961490001")
    rig.unplug()
    rig.plug()
    assert rig.told.next(ScannerIs).present, "one word when it goes, one when it comes, nothing between"
    rig.scan("whole")
    assert rig.told.next(CodeScanned).data == b"whole"


def test_a_scanner_that_is_not_there_is_told_once_and_found_later(tmp_path: Path) -> None:
    told = Mailbox()
    scanner = SerialScanner(ScannerSection(driver="serial", address=str(tmp_path / "nothing")), told.post)
    scanner.start()
    gone = told.next(ScannerIs)
    assert not gone.present
    assert gone.detail == f"{tmp_path}/nothing: No such file or directory"
    told.quiet(1.5)
    scanner.stop()
    assert not scanner.alive


@pytest.mark.parametrize("address", ["", "COM3", "dev/ttyACM0"])
def test_an_address_that_names_no_device_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="needs address"):
        ScannerSection(driver="serial", address=address)


def test_an_odd_baud_rate_is_refused_with_its_place() -> None:
    with pytest.raises(ConfigError, match=r"scanner\.address"):
        SerialScanner(ScannerSection(driver="serial", address="/dev/queue-scanner?baud=fast"), lambda _: None)


def typed(data: bytes) -> bytes:
    typist = Typist()
    return b"".join(map(typist.typed, Decoder().feed(data)))


def test_letters_that_no_keyboard_has_are_passed_over_and_the_bars_stay() -> None:
    alt_code = moved("KEY_LEFTALT", 1) + pressed("KEY_KP0", "KEY_KP2", "KEY_KP3") + moved("KEY_LEFTALT", 0)
    text = b"".join(map(keys, "096149|")) + alt_code + b"".join(map(keys, "|1949"))
    assert typed(text) == b"096149||1949"


def test_shift_holds_for_as_long_as_one_of_the_two_is_down() -> None:
    both = moved("KEY_LEFTSHIFT", 1) + moved("KEY_RIGHTSHIFT", 1) + moved("KEY_LEFTSHIFT", 0) + pressed("KEY_A")
    assert typed(both + moved("KEY_RIGHTSHIFT", 0) + pressed("KEY_A")) == b"Aa"


def test_the_rest_of_a_broken_code_does_not_stand_before_the_next_one(tmp_path: Path) -> None:
    told, path = Mailbox(), tmp_path / "scanner"
    broken, whole = b"".join(map(keys, "0961")), b"".join(map(keys, "whole\n"))
    begun = len(Decoder().feed(broken))
    seconds = chain(repeat(100.0, begun), repeat(100.0 + 2 * PAUSE_S))
    os.mkfifo(path)
    section = ScannerSection(driver="hid", address=str(path))
    scanner = HidScanner(section, told.post, monotonic=lambda: next(seconds), grab=False)
    scanner.start()
    with path.open("wb", buffering=0) as keyboard:
        keyboard.write(broken + whole)
        assert told.until(CodeScanned).data == b"whole"
    scanner.stop()
