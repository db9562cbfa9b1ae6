"""Our LED driver against a Modbus server that we did not write, over a serial line that is not kind to either."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.runtime.config import load
from display_board.config import LedOutput, PanelSection
from display_board.drivers.led_serial import SerialLedLine
from display_board.led_frames import Template
from display_board.views import LedView, PanelText
from tests.edges.modbus_wall import ModbusWall
from tests.waiting import eventually

TEMPLATE = load(Path(__file__).parents[2] / "firmware_configs" / "led" / "modbus-text.toml", Template)
PANELS = (PanelSection(address=5, desks=("q01a",)), PanelSection(address=9, desks=("q02",)))
CALLED = LedView((PanelText(5, "A042"), PanelText(9, "H003")))
RECOVERS_S = 2.0


class Rig:
    def __init__(self, wall: ModbusWall) -> None:
        self.wall = wall
        self.said: list[tuple[str, str]] = []
        output = LedOutput(panels=PANELS, url=wall.wire.board)
        self.line = SerialLedLine(output, lambda *report: self.said.append(report), TEMPLATE)

    def shows(self, first: str, second: str) -> bool:
        return (self.wall.text(5), self.wall.text(9)) == (first, second)


@pytest.fixture
def rig() -> Iterator[Rig]:
    with ModbusWall(5, 9) as wall:
        built = Rig(wall)
        built.line.start()
        built.line.show(CALLED)
        try:
            assert eventually(lambda: built.shows("A042", "H003"))
            yield built
        finally:
            built.line.stop()


def test_the_registers_hold_what_the_panels_show_and_the_answers_are_understood(rig: Rig) -> None:
    rig.line.show(LedView((PanelText(5, "A043"), PanelText(9, stale=True))))
    assert eventually(lambda: rig.shows("A043", "----"))
    assert {state for state, _ in rig.said} == {"ready"}


def test_a_panel_that_lost_its_power_is_right_again_within_two_seconds(rig: Rig) -> None:
    rig.wall.forget(5)
    assert eventually(lambda: rig.shows("A042", "H003"), within_s=RECOVERS_S + 1)


def test_half_a_frame_is_never_shown_and_made_good(rig: Rig) -> None:
    rig.wall.wire.swallow = 5
    rig.line.show(LedView((PanelText(5, "A044"), PanelText(9, "H003"))))
    assert eventually(lambda: rig.shows("A044", "H003"), within_s=RECOVERS_S + 2)


def test_noise_is_never_shown_and_made_good(rig: Rig) -> None:
    rig.wall.wire.noise = bytes.fromhex("00 FF 81 7E")
    rig.line.show(LedView((PanelText(5, "A045"), PanelText(9, "H003"))))
    assert eventually(lambda: rig.said[-1][0] == "degraded" or rig.shows("A045", "H003"))
    assert rig.wall.text(5) in ("A042", "A045")
    rig.wall.wire.noise = b""
    assert eventually(lambda: rig.shows("A045", "H003"), within_s=RECOVERS_S + 2)


def test_our_own_echo_is_not_taken_for_the_servers_answer(rig: Rig) -> None:
    rig.wall.wire.echo = True
    rig.line.show(LedView((PanelText(5, "A046"), PanelText(9, "H004"))))
    assert eventually(lambda: rig.shows("A046", "H004"))
    rig.wall.wire.swallow = 1_000_000
    assert eventually(lambda: rig.said[-1][0] == "degraded")
    rig.wall.wire.swallow = 0
    assert eventually(lambda: rig.said[-1][0] == "ready")
