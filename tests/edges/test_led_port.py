"""The LED driver on a serial port of the machine: one that cannot switch direction, is unplugged, or takes nothing."""

import contextlib
import os
import pty
import threading
import tty
from pathlib import Path

from display_board.config import LedOutput
from display_board.drivers.led_serial import SerialLedLine
from tests.contract.test_led_line import CALLED, DESKS, Said, template
from tests.waiting import eventually
from virtual_centre.led.line import Panels


class Pty:
    """A serial port without a wire; `other` reads what the board wrote."""

    def __init__(self) -> None:
        self.other, self._port = pty.openpty()
        tty.setraw(self.other)
        tty.setraw(self._port)
        self.path = os.ttyname(self._port)

    def unplug(self) -> None:
        os.close(self._port)
        os.close(self.other)

    def fill(self) -> None:
        """Nobody reads at the other end: until nothing more goes in."""
        os.set_blocking(self._port, False)
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(self._port, bytes(1024))


def test_a_port_that_opens_but_takes_nothing_is_no_line_that_comes_and_goes() -> None:
    port = Pty()
    port.fill()
    said: list[str] = []
    output = LedOutput(panels=DESKS, url=port.path)
    line = SerialLedLine(output, lambda state, _: said.append(state), template("ascii-lrc"))
    line.start()
    line.show(CALLED)
    try:
        assert eventually(lambda: len(said) >= 2)
        assert set(said) == {"fault"}
    finally:
        line.stop()
        port.unplug()


def test_a_real_port_without_direction_control_works_and_survives_being_unplugged(tmp_path: Path) -> None:
    """udev gives the port its name again when it is back; here a symbolic link does."""
    name = tmp_path / "queue-led"
    first, second = Pty(), Pty()
    name.symlink_to(first.path)
    said, panels = Said(), Panels(template("ascii-lrc"), [5, 6])
    output = LedOutput(panels=DESKS, url=str(name), rs485=True)
    line = SerialLedLine(output, said.report, panels.decoder.template)
    line.start()
    line.show(CALLED)
    try:
        panels.hear(read(first.other, 22))
        assert panels.texts == {5: "A042", 6: "H003"}
        name.unlink()
        name.symlink_to(second.path)
        first.unplug()
        said.until(tuple, lambda told: told[0] == "fault")
        panels.texts[5] = "lost"
        panels.hear(read(second.other, 22))
        assert panels.texts[5] == "A042"
    finally:
        line.stop()
        second.unplug()


def read(end: int, size: int) -> bytes:
    """`size` bytes, waiting for them on a thread so that a silent port cannot hold up the tests for ever."""
    got = bytearray()
    done = threading.Event()

    def work() -> None:
        while len(got) < size:
            got.extend(os.read(end, size - len(got)))
        done.set()

    threading.Thread(target=work, daemon=True).start()
    assert done.wait(10.0), bytes(got)
    return bytes(got)
