"""One contract for a keypad's keys and lamps: on the stage, on the bytes of a USB keypad, on pins that bounce."""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from gpiozero.pins.mock import MockFactory

from appliance.input.contacts import READ_S, Contacts
from appliance.input.debounce import SETTLE_S, Edge, Pressed
from appliance.runtime.errors import CannotStart
from appliance.runtime.stage import Stage
from desk_keypad.config import KeysSection, LampsSection
from desk_keypad.drivers.keys_gpio import GpioKeys
from desk_keypad.drivers.keys_input import InputKeys
from desk_keypad.drivers.keys_sim import SimKeys
from desk_keypad.drivers.lamps_gpio import GpioLamps
from desk_keypad.drivers.lamps_sim import SimLamps
from desk_keypad.face import LAMPS
from desk_keypad.ports import Face, KeyDown, KeysAre
from tests.contract.watched_stage import WatchedStage
from tests.key_bytes import moved, pressed
from tests.waiting import Mailbox, eventually

PINS = {"next": ("GPIO17",), "recall": ("GPIO27",), "no_show": ("GPIO22",)}
LAMP_PINS = (5, 6, 13)


class SimRig:
    names = ("KEY_KPENTER", "KEY_KPPLUS", "KEY_KPMINUS")

    def __init__(self) -> None:
        self.watcher, self.told = WatchedStage(), Mailbox()
        self.stage = Stage(self.watcher.address, "keypad-q01a")
        self.keys = SimKeys(KeysSection(driver="sim"), self.told.post, self.stage)
        self.lamps = SimLamps(LampsSection(driver="sim"), self.stage)

    def press(self, name: str) -> None:
        self.watcher.act("keys", "press", key=name)

    def struck(self) -> str:
        return self.told.next(KeyDown).key

    def lit(self) -> tuple[bool, ...]:
        faces = [frame for frame in list(self.watcher.frames) if frame.kind == "face"]
        return tuple(faces[-1].facts["lamps"]) if faces else ()

    def close(self) -> None:
        self.stage.close()
        self.watcher.close()


class InputRig(SimRig):
    """A FIFO sends the bytes of a USB keypad."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "keys"
        os.mkfifo(path)
        self.wire = os.open(path, os.O_RDWR)
        self.keys = InputKeys(KeysSection(address=str(path)), self.told.post, grab=False)

    def press(self, name: str) -> None:
        os.write(self.wire, moved(name, 1) + 5 * moved(name, 2) + moved(name, 0) + pressed("KEY_A", "KEY_NUMLOCK"))

    def close(self) -> None:
        os.close(self.wire)
        self.folder.cleanup()
        super().close()


class GpioRig:
    names = ("GPIO17", "GPIO27", "GPIO22")

    def __init__(self) -> None:
        self.told, self.pins = Mailbox(), MockFactory()
        self.keys = GpioKeys(KeysSection(driver="gpio", names=PINS), self.told.post, self.pins)
        self.lamps = GpioLamps(LampsSection(driver="gpio", pins=LAMP_PINS), self.pins)
        self.contacts = Contacts((False,) * 3, 0.0)

    def press(self, name: str) -> None:
        pin = self.pins.pin(name)
        for down in (*([True, False] * 8), True):
            (pin.drive_low if down else pin.drive_high)()

    def struck(self) -> str:
        for _ in range(17):
            assert not self.contacts.feel(self.told.next(Edge), time.monotonic())
        (news,) = self.contacts.settle(time.monotonic() + SETTLE_S + READ_S)
        assert isinstance(news, Pressed)
        return self.names[news.number - 1]

    def lit(self) -> tuple[bool, ...]:
        return tuple(bool(self.pins.pin(f"GPIO{pin}").state) for pin in LAMP_PINS)

    def close(self) -> None:
        self.pins.reset()


@pytest.fixture(params=[SimRig, InputRig, GpioRig])
def rig(request: pytest.FixtureRequest) -> Iterator[SimRig | GpioRig]:
    built: SimRig | GpioRig = request.param()
    built.lamps.start()
    built.keys.start()
    assert built.told.next(KeysAre) == KeysAre(present=True)
    yield built
    built.keys.stop()
    built.lamps.stop()
    built.close()


@pytest.mark.parametrize("key", [0, 1, 2])
def test_a_key_that_bounces_is_held_or_let_go_is_one_press_of_that_key(rig: SimRig | GpioRig, key: int) -> None:
    rig.press(rig.names[key])
    assert rig.struck() == rig.names[key]
    rig.told.quiet(0.05)
    assert rig.keys.alive


def test_every_pattern_is_lit_as_it_is_told(rig: SimRig | GpioRig) -> None:
    for pattern, lit in LAMPS.items():
        rig.lamps.show(Face(pattern, lit))
        assert eventually(lambda lit=lit: rig.lit() == lit)


def test_a_keypad_that_is_pulled_is_told_and_presses_nothing() -> None:
    rig = SimRig()
    try:
        rig.keys.start()
        rig.told.next(KeysAre)
        rig.watcher.act("keys", "fault", fault="gone")
        assert not rig.told.next(KeysAre).present
        rig.press("KEY_KPENTER")
        rig.press("KEY_ODD")
        rig.watcher.act("keys", "fault", fault=None)
        assert rig.told.next(KeysAre).present
    finally:
        rig.close()


def test_pins_in_use_stop_the_keypad_with_a_reason() -> None:
    pins = MockFactory()
    lamps = GpioLamps(LampsSection(driver="gpio", pins=(17, 5, 6)), pins)
    lamps.start()
    try:
        with pytest.raises(CannotStart, match="buttons"):
            GpioKeys(KeysSection(driver="gpio", names=PINS), Mailbox().post, pins).start()
    finally:
        lamps.stop()
        pins.reset()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({}, "needs address"),
        ({"driver": "sim", "names": {"next": ["KEY_NEXTT"]}}, "no key is called 'KEY_NEXTT'"),
        ({"driver": "sim", "names": {"next": ["KEY_ENTER"], "undo": ["KEY_ENTER"]}}, "two meanings"),
        ({"driver": "sim", "names": {"recall": ["KEY_ENTER"]}}, "names.next is missing"),
        ({"driver": "gpio"}, "is no pin"),
        ({"driver": "gpio", "names": {"next": ["GPIO28"]}}, "is no pin"),
    ],
)
def test_keys_that_cannot_work_are_told_before_they_are_needed(written: dict[str, object], told: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=told):
        msgspec.convert(written, KeysSection)
