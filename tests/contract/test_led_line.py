"""One contract for every `LedLine`: the simulated one, and the serial driver on panels made of software."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from appliance.runtime.config import load
from appliance.runtime.stage import Stage
from display_board.config import LedOutput, PanelSection
from display_board.drivers.led_serial import RESEND_S, SerialLedLine
from display_board.drivers.led_sim import SimLedLine
from display_board.led_frames import Template
from display_board.ports import LedLine
from display_board.views import LedView, PanelText
from tests.contract.watched_stage import WatchedStage
from tests.waiting import Mailbox, eventually
from virtual_centre.led.line import LedServer, Panels

FOLDER = Path(__file__).parents[2] / "firmware_configs" / "led"
DESKS = (PanelSection(address=5, desks=("q01a",)), PanelSection(address=6, desks=("q02a",)))
CALLED = LedView((PanelText(5, "A042"), PanelText(6, "H003")))
EMPTY_DESK = LedView((PanelText(5, "A042"), PanelText(6)))
STALE = LedView((PanelText(5, stale=True), PanelText(6, stale=True)))


def template(name: str) -> Template:
    return load(FOLDER / f"{name}.toml", Template)


class Rig(Protocol):
    """A line, what its panels show, and its cable."""

    line: LedLine
    said: Mailbox

    def texts(self) -> dict[int, str]: ...
    def cut(self) -> None: ...
    def mend(self) -> None: ...
    def close(self) -> None: ...


class Said(Mailbox):
    def report(self, state: str, reason: str) -> None:
        self.post((state, reason))


class SimRig:
    def __init__(self) -> None:
        self.said = Said()
        self.watcher = WatchedStage()
        self.stage = Stage(self.watcher.address, "led-1")
        self.line = SimLedLine(LedOutput(panels=DESKS, driver="sim"), self.said.report, None, self.stage)

    def texts(self) -> dict[int, str]:
        shown = [frame for frame in list(self.watcher.frames) if frame.kind == "panels"]
        return {panel["address"]: panel["text"] for panel in shown[-1].facts["panels"]} if shown else {}

    def cut(self) -> None:
        self.watcher.act("led", "fault", name="cut", on=True)

    def mend(self) -> None:
        self.watcher.act("led", "fault", name="cut", on=False)

    def close(self) -> None:
        self.line.stop()
        self.stage.close()
        self.watcher.close()


class SerialRig:
    """The real driver over TCP, as behind a serial-to-Ethernet adapter."""

    def __init__(self, kind: str, resend_s: float = RESEND_S) -> None:
        self.said = Said()
        self.panels = Panels(template(kind), [5, 6])
        self.server = LedServer(self.panels)
        self.server.start()
        output = LedOutput(panels=DESKS, url=self.server.url)
        self.line = SerialLedLine(output, self.said.report, self.panels.decoder.template, resend_s)

    def texts(self) -> dict[int, str]:
        return dict(self.panels.texts)

    def cut(self) -> None:
        self.panels.faults.deaf = True
        self.server.cut()

    def mend(self) -> None:
        self.panels.faults.deaf = False

    def close(self) -> None:
        self.line.stop()
        self.server.stop()


@pytest.fixture(params=["sim", "ascii-lrc", "modbus-text"])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    built: Rig = SimRig() if request.param == "sim" else SerialRig(request.param)
    built.line.start()
    yield built
    built.close()


def test_panels_show_the_numbers(rig: Rig) -> None:
    rig.line.show(CALLED)
    assert eventually(lambda: rig.texts() == {5: "A042", 6: "H003"})


def test_a_desk_that_is_done_goes_dark(rig: Rig) -> None:
    rig.line.show(CALLED)
    rig.line.show(EMPTY_DESK)
    assert eventually(lambda: rig.texts() == {5: "A042", 6: ""})


def test_panels_show_dashes_when_nobody_knows(rig: Rig) -> None:
    rig.line.show(CALLED)
    assert eventually(lambda: rig.texts().get(5) == "A042")
    rig.line.show(STALE)
    assert eventually(lambda: {text.strip("-") for text in rig.texts().values()} == {""} and "-" in rig.texts()[5])


def test_a_cut_line_is_reported_and_shows_the_truth_after_it_is_mended(rig: Rig) -> None:
    rig.line.show(CALLED)
    assert eventually(lambda: rig.texts().get(5) == "A042")
    rig.cut()
    rig.said.until(tuple, lambda said: said[0] != "ready")
    rig.line.show(LedView((PanelText(5, "A043"), PanelText(6, "H003"))))
    rig.mend()
    assert eventually(lambda: rig.texts().get(5) == "A043")
    rig.said.until(tuple, lambda said: said[0] == "ready")


# ------------------------------------------------------------------------------------ what only a real line can suffer


@pytest.fixture(params=["value-sum8", "ascii-lrc", "modbus-text"])
def serial_rig(request: pytest.FixtureRequest) -> Iterator[SerialRig]:
    built = SerialRig(request.param)
    built.line.start()
    yield built
    built.close()


def shows(rig: SerialRig, address: int, number: str) -> bool:
    return rig.texts()[address] in (number, number[1:].lstrip("0"))


def test_the_whole_state_is_sent_again_so_a_panel_switched_on_late_shows_it(serial_rig: SerialRig) -> None:
    serial_rig.line.show(CALLED)
    assert eventually(lambda: serial_rig.panels.frames == {5: 1, 6: 1})
    serial_rig.panels.texts[5] = "lost its memory"
    assert eventually(lambda: shows(serial_rig, 5, "A042"), within_s=RESEND_S + 1)


def test_panels_that_lost_their_power_with_the_line_show_the_truth_as_soon_as_it_is_back() -> None:
    rig = SerialRig("ascii-lrc", resend_s=60.0)
    rig.line.start()
    rig.line.show(CALLED)
    try:
        assert eventually(lambda: shows(rig, 5, "A042") and shows(rig, 6, "H003"))
        rig.panels.texts.update({5: "dark", 6: "dark"})
        rig.server.cut()
        assert eventually(lambda: shows(rig, 5, "A042") and shows(rig, 6, "H003"))
    finally:
        rig.close()


def test_the_echo_of_our_own_bytes_is_no_answer_and_no_frame(serial_rig: SerialRig) -> None:
    serial_rig.panels.faults.echo = True
    serial_rig.line.show(CALLED)
    assert eventually(lambda: shows(serial_rig, 5, "A042") and shows(serial_rig, 6, "H003"))
    assert eventually(lambda: min(serial_rig.panels.frames.values()) >= 2)
    assert serial_rig.panels.decoder.bad == 0


def test_noise_on_the_line_heals_within_one_resend(serial_rig: SerialRig) -> None:
    serial_rig.panels.faults.noise = True
    serial_rig.line.show(CALLED)
    assert eventually(lambda: serial_rig.panels.decoder.bad > 0)
    serial_rig.panels.faults.noise = False
    assert eventually(lambda: shows(serial_rig, 5, "A042") and shows(serial_rig, 6, "H003"), within_s=RESEND_S + 1)


def test_a_panel_that_owes_answers_is_named() -> None:
    rig = SerialRig("modbus-text")
    rig.panels.faults.silent = rig.panels.faults.echo = True
    rig.line.start()
    rig.line.show(CALLED)
    try:
        _, reason = rig.said.until(tuple, lambda said: said[0] == "degraded")
        assert "no answer from panel" in reason
        rig.panels.faults.silent = False
        rig.said.until(tuple, lambda said: said[0] == "ready")
    finally:
        rig.close()


def test_a_panel_that_cannot_show_dashes_keeps_its_number_and_says_so() -> None:
    rig = SerialRig("value-sum8")
    rig.line.start()
    try:
        rig.line.show(CALLED)
        assert eventually(lambda: shows(rig, 5, "A042"))
        rig.line.show(STALE)
        _, reason = rig.said.until(tuple, lambda said: said[0] == "degraded")
        assert "cannot show --" in reason
    finally:
        rig.close()


def test_a_frame_that_was_not_answered_is_sent_again_before_its_turn() -> None:
    rig = SerialRig("modbus-text", resend_s=60.0)
    rig.panels.faults.deaf = True
    rig.line.start()
    rig.line.show(LedView((PanelText(5, "A042"),)))
    try:
        assert eventually(lambda: rig.panels.lost > 0)
        rig.panels.faults.deaf = False
        assert eventually(lambda: shows(rig, 5, "A042"))
    finally:
        rig.close()
