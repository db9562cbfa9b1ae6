"""One suite for every scanner: the simulated one, and the real drivers on a pty and on the kernel's own bytes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.codes import LONGEST
from kiosk.parts import CodeScanned, ScannerIs
from tests.scanner_rigs import HidRig, Rig, SerialRig, SimRig

CARD = "096149000123|381234567|Nguyen Thi Trang|01051949|Nu|Ap 4|25042021"
RIGS: dict[str, Callable[[Path], Rig]] = {"sim": SimRig, "serial": SerialRig, "hid": HidRig}


@pytest.fixture(params=list(RIGS))
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    rig = RIGS[request.param](tmp_path)
    assert rig.told.until(ScannerIs) == ScannerIs(present=True)
    yield rig
    rig.stop()


def scanned(rig: Rig) -> bytes:
    return rig.told.until(CodeScanned).data


def test_what_is_held_before_it_is_told_code_by_code(rig: Rig) -> None:
    rig.scan(CARD)
    rig.scan("H12.15-231123-0001")
    assert [scanned(rig), scanned(rig)] == [CARD.encode(), b"H12.15-231123-0001"]


def test_a_code_that_never_ends_is_cut_and_the_next_one_is_whole(rig: Rig) -> None:
    rig.scan("9" * 3000)
    rig.scan("H12.15-231123-0001")
    assert [len(scanned(rig)), scanned(rig)] == [LONGEST, b"H12.15-231123-0001"]


def test_an_empty_line_is_no_code(rig: Rig) -> None:
    rig.scan("")
    rig.scan("x")
    assert scanned(rig) == b"x"


def test_unplugged_and_plugged_in_again_it_reads_on(rig: Rig) -> None:
    rig.scan(CARD)
    assert scanned(rig) == CARD.encode()
    rig.unplug()
    rig.plug()
    assert rig.told.until(ScannerIs).present
    rig.scan("after")
    assert scanned(rig) == b"after"


@pytest.mark.parametrize("name", RIGS)
def test_stopped_it_lets_go_at_once_and_is_quiet(name: str, tmp_path: Path) -> None:
    rig = RIGS[name](tmp_path)
    assert rig.told.until(ScannerIs).present
    rig.stop()
    rig.told.quiet()


def test_what_was_read_is_in_no_word_of_the_event() -> None:
    assert "096149000123" not in repr(CodeScanned(CARD.encode()))
