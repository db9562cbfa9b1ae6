"""One contract for every `Panel`: the simulated one, and the real driver on gpiozero's simulated pins."""

import gc
import time
from collections.abc import Iterator

import gpiozero
import pytest
from gpiozero.pins.mock import MockFactory, MockPin

from appliance.input import debounce
from appliance.input.debounce import SETTLE_S, Edge, News, Pressed, Stuck, Together
from appliance.runtime.errors import CannotStart
from appliance.runtime.stage import Stage
from rating_terminal.config import PanelSection
from rating_terminal.drivers.panel_gpio import GpioPanel
from rating_terminal.drivers.panel_sim import CLOSING, SimPanel
from rating_terminal.ports import Face
from tests.contract.watched_stage import WatchedStage
from tests.waiting import Mailbox, eventually

BUTTONS, LAMPS = (17, 27, 22, 23), (5, 6, 13, 19)
SECTION = PanelSection(buttons=BUTTONS, lamps=LAMPS)


def face(*lit: int) -> Face:
    return Face(state="open", lamps=tuple(level in lit for level in range(1, 5)))


class Listener:
    """Feeds what a panel tells into the debouncer, as the app does."""

    def __init__(self) -> None:
        self.edges = Mailbox()
        self.reports = Mailbox()
        self._buttons = debounce.at_rest((False,) * 4, 0.0)

    def began(self, down: tuple[bool, ...]) -> None:
        self._buttons = debounce.at_rest(down, time.monotonic())

    def report(self, state: str, reason: str) -> None:
        self.reports.post((state, reason))

    def hear(self, edges: int) -> list[News]:
        """What the next `edges` edges mean."""
        news: list[News] = []
        for _ in range(edges):
            self._buttons, more = debounce.feel(self._buttons, self.edges.next(Edge))
            news += more
        return news

    def settle(self, seconds: float = SETTLE_S) -> list[News]:
        """What is certain after the buttons were left alone for `seconds`."""
        due = max((button.since for button in self._buttons.all), default=0.0)
        self._buttons, news = debounce.pass_time(self._buttons, max(due, time.monotonic()) + seconds)
        return list(news)


class SimRig:
    def __init__(self) -> None:
        self.listener = Listener()
        self.watcher = WatchedStage()
        self.stage = Stage(self.watcher.address, "rating-q01a")
        self.panel = SimPanel(PanelSection(driver="sim"), self.listener.edges.post, self.listener.report, self.stage)
        self.listener.began(self.panel.start())

    def press(self, level: int) -> int:
        self.watcher.act("panel", "hold", button=level)
        return len(CLOSING)

    def let_go(self, level: int) -> int:
        self.watcher.act("panel", "release", button=level)
        return 3

    def lit(self) -> list[int]:
        faces = [frame for frame in list(self.watcher.frames) if frame.kind == "face"]
        return [level for level, on in enumerate(faces[-1].facts["lamps"], 1) if on] if faces else []

    def close(self) -> None:
        self.panel.stop()
        self.stage.close()
        self.watcher.close()


class GpioRig:
    def __init__(self) -> None:
        self.listener = Listener()
        self.pins = MockFactory()
        self.panel = GpioPanel(SECTION, self.listener.edges.post, self.listener.report, self.pins)
        self.listener.began(self.panel.start())
        gc.collect()  # gpiozero holds callbacks weakly; ours must be there still

    def bounce(self, level: int, *states: bool) -> int:
        pin = self.pins.pin(f"GPIO{BUTTONS[level - 1]}")
        for down in states:
            (pin.drive_low if down else pin.drive_high)()
        return len(states)

    def press(self, level: int) -> int:
        return self.bounce(level, *([True, False] * 12), True)

    def let_go(self, level: int) -> int:
        return self.bounce(level, *([False, True] * 5), False)

    def lit(self) -> list[int]:
        return [level for level, pin in enumerate(LAMPS, 1) if self.pins.pin(f"GPIO{pin}").state]

    def close(self) -> None:
        self.panel.stop()
        self.pins.reset()


@pytest.fixture(params=[SimRig, GpioRig])
def rig(request: pytest.FixtureRequest) -> Iterator[SimRig | GpioRig]:
    built: SimRig | GpioRig = request.param()
    yield built
    built.close()


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_bouncing_button_is_one_press_of_its_own_level(rig: SimRig | GpioRig, level: int) -> None:
    news = rig.listener.hear(rig.press(level)) + rig.listener.settle()
    assert [item.number for item in news if isinstance(item, Pressed)] == [level]
    news = rig.listener.hear(rig.let_go(level)) + rig.listener.settle()
    assert news == []


def test_two_buttons_at_once_are_no_press(rig: SimRig | GpioRig) -> None:
    edges = rig.press(1) + rig.press(3)
    news = rig.listener.hear(edges) + rig.listener.settle()
    assert [type(item) for item in news] in ([Together, Together], [Pressed, Together])
    if isinstance(rig, GpioRig):
        assert Pressed not in {type(item) for item in news}


def test_a_button_that_is_held_sticks_and_comes_free(rig: SimRig | GpioRig) -> None:
    rig.listener.hear(rig.press(2))
    news = rig.listener.settle(seconds=11.0)
    assert [type(item) for item in news] == [Pressed, Stuck]


def test_lamps_light_as_told_and_go_out(rig: SimRig | GpioRig) -> None:
    rig.panel.show(face(1, 2, 3, 4))
    assert eventually(lambda: rig.lit() == [1, 2, 3, 4])
    rig.panel.show(face(3))
    assert eventually(lambda: rig.lit() == [3])
    rig.panel.show(face())
    assert eventually(lambda: rig.lit() == [])


# ------------------------------------------------------------------------------------------------------ only real pins


def test_the_driver_hands_on_every_raw_edge_with_the_time_of_the_wire() -> None:
    rig = GpioRig()
    try:
        before = time.monotonic()
        edges = rig.bounce(4, True, False, True)
        heard = [rig.listener.edges.next(Edge) for _ in range(edges)]
        assert [(edge.number, edge.down) for edge in heard] == [(4, True), (4, False), (4, True)]
        assert before <= heard[0].at <= heard[1].at <= heard[2].at <= time.monotonic()
    finally:
        rig.close()


class LeanedOn(MockPin):
    """A simulated pin; on GPIO22 somebody leans on the button from before the start."""

    def _set_pull(self, value: str) -> None:
        super()._set_pull(value)
        if self.info.name == "GPIO22":
            self.drive_low()


def test_a_button_that_is_down_at_start_is_told_as_such() -> None:
    listener = Listener()
    panel = GpioPanel(SECTION, listener.edges.post, listener.report, MockFactory(pin_class=LeanedOn))
    try:
        assert panel.start() == (False, False, True, False)
    finally:
        panel.stop()


def test_pins_in_use_stop_the_terminal_with_a_reason() -> None:
    pins = MockFactory()
    taken = gpiozero.DigitalOutputDevice(17, pin_factory=pins)
    listener = Listener()
    panel = GpioPanel(SECTION, listener.edges.post, listener.report, pins)
    try:
        with pytest.raises(CannotStart, match="panel"):
            panel.start()
    finally:
        taken.close()
        pins.reset()


def test_lamps_go_out_when_the_terminal_ends() -> None:
    rig = GpioRig()
    rig.panel.show(face(1))
    assert rig.lit() == [1]
    rig.close()
    assert rig.lit() == []
