"""A keypad that is there, is unplugged, and comes back. A FIFO sends the kernel's bytes."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.input.codes import code
from appliance.input.device import DeviceIs, InputDevice
from appliance.input.events import KeyMoved, Motion
from tests.key_bytes import pressed
from tests.waiting import Mailbox


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "queue-keys"


@pytest.fixture
def told() -> Mailbox:
    return Mailbox()


@pytest.fixture
def device(path: Path, told: Mailbox) -> Iterator[InputDevice]:
    device = InputDevice(str(path), told.post, grab=False)
    yield device
    device.stop()
    assert not device.alive


def down(told: Mailbox) -> int:
    return told.until(KeyMoved, lambda moved: moved.motion is Motion.DOWN).code


def test_every_press_is_heard_in_order(path: Path, told: Mailbox, device: InputDevice) -> None:
    os.mkfifo(path)
    device.start()
    assert told.next(DeviceIs) == DeviceIs(True)
    with path.open("wb", buffering=0) as keypad:
        keypad.write(pressed("KEY_KP1", "KEY_KP2")[:100])
        keypad.write(pressed("KEY_KP1", "KEY_KP2")[100:])
        assert [down(told), down(told)] == [code("KEY_KP1"), code("KEY_KP2")]


def test_a_keypad_that_was_unplugged_is_heard_again(path: Path, told: Mailbox, device: InputDevice) -> None:
    device.start()
    absent = told.next(DeviceIs)
    assert not absent.present
    assert "No such file" in absent.detail
    for name in ("KEY_F1", "KEY_F2"):
        os.mkfifo(path)
        assert told.next(DeviceIs).present
        with path.open("wb", buffering=0) as keypad:
            keypad.write(pressed(name) + b"half an event")
            assert down(told) == code(name)
            path.unlink()
        assert not told.until(DeviceIs).present


def test_a_file_that_is_no_input_device_is_told_and_not_read(path: Path, told: Mailbox) -> None:
    os.mkfifo(path)
    device = InputDevice(str(path), told.post)
    device.start()
    try:
        assert "ioctl" in told.next(DeviceIs).detail
    finally:
        device.stop()


def test_what_never_started_stops(path: Path, told: Mailbox) -> None:
    InputDevice(str(path), told.post).stop()
    told.quiet(0.05)
