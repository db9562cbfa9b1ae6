"""One suite for the keys of the spoken guide: pressed on the stage, and on a keypad that sends the kernel's bytes."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from appliance.runtime.stage import Stage
from kiosk.config import KeysSection
from kiosk.drivers.keys_input import InputKeys
from kiosk.drivers.keys_sim import SimKeys
from kiosk.keys import Key, KeyPressed, KeysAre
from kiosk.ports import Keys
from tests.contract.watched_stage import WatchedStage
from tests.key_bytes import REPORT, event, moved, pressed
from tests.waiting import Mailbox

NAMES = {Key.NEXT: "KEY_KPPLUS", Key.CHOOSE: "KEY_KPENTER", Key.REPEAT: "KEY_KP0", Key.BACK: "KEY_KPMINUS"}


class Rig:
    def __init__(self, keys: Keys, told: Mailbox, press: Callable[[Key], None]) -> None:
        self.keys, self.told, self.press = keys, told, press


@pytest.fixture
def sim() -> Iterator[Rig]:
    watched, told = WatchedStage(), Mailbox()
    stage = Stage(watched.address, "kiosk-1")
    keys = SimKeys(KeysSection(driver="sim"), told.post, stage)
    yield Rig(keys, told, lambda key: watched.act("keys", "press", key=key.value))
    keys.stop()
    stage.close()
    watched.close()


@pytest.fixture
def keypad(tmp_path: Path) -> Iterator[Rig]:
    path, told = tmp_path / "keys", Mailbox()
    os.mkfifo(path)
    keys = InputKeys(KeysSection(driver="input", address=str(path)), told.post, grab=False)
    plugged = os.open(path, os.O_RDWR)

    def press(key: Key) -> None:
        os.write(plugged, pressed(NAMES[key]))

    yield Rig(keys, told, press)
    keys.stop()
    os.close(plugged)


@pytest.fixture(params=["sim", "keypad"])
def rig(request: pytest.FixtureRequest) -> Rig:
    found: Rig = request.getfixturevalue(request.param)
    found.keys.start()
    assert found.told.next(KeysAre) == KeysAre(present=True)
    return found


def test_every_key_is_heard_once(rig: Rig) -> None:
    for key in Key:
        rig.press(key)
        assert rig.told.next(KeyPressed) == KeyPressed(key)
    rig.told.quiet(0.05)
    assert rig.keys.alive


def test_a_key_that_is_held_or_means_nothing_is_not_heard(keypad: Rig, tmp_path: Path) -> None:
    keypad.keys.start()
    keypad.told.next(KeysAre)
    with (tmp_path / "keys").open("wb", buffering=0) as wire:
        wire.write(moved("KEY_KPPLUS", 1) + 5 * moved("KEY_KPPLUS", 2) + moved("KEY_KPPLUS", 0) + pressed("KEY_A"))
    assert keypad.told.next(KeyPressed) == KeyPressed(Key.NEXT)
    keypad.told.quiet(0.05)


def test_headphones_that_are_plugged_in_wake_the_guide_and_a_missing_socket_is_told(tmp_path: Path) -> None:
    keypad, socket, told = tmp_path / "keys", tmp_path / "headphones", Mailbox()
    os.mkfifo(keypad)
    section = KeysSection(driver="input", address=str(keypad), headphones=str(socket))
    keys = InputKeys(section, told.post, grab=False)
    keys.start()
    try:
        assert "headphones" in told.until(KeysAre, lambda each: not each.present).detail
        os.mkfifo(socket)
        assert told.until(KeysAre, lambda each: each.present)
        with socket.open("wb", buffering=0) as wire:
            wire.write(event(5, 2, 1) + REPORT)
            assert told.next(KeyPressed) == KeyPressed(Key.REPEAT)
    finally:
        keys.stop()


def test_an_odd_press_on_the_stage_is_survived(sim: Rig) -> None:
    sim.keys.start()
    sim.told.next(KeysAre)
    sim.press(Key.NEXT)
    assert sim.told.next(KeyPressed) == KeyPressed(Key.NEXT)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"driver": "input"}, "needs address"),
        ({"next": ["KEY_NEXTT"]}, "no key is called 'KEY_NEXTT'"),
        ({"next": ["KEY_ENTER"]}, "two meanings"),
        ({"choose": []}, "a key each"),
    ],
)
def test_a_keypad_that_cannot_work_is_told_before_it_is_needed(written: dict[str, object], told: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=told):
        msgspec.convert(written, KeysSection)
