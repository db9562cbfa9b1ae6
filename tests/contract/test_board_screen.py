"""One contract for every `Screen`: the simulated one, and the real one on SDL's display without a display."""

import io
import threading
from collections.abc import Iterator
from dataclasses import replace

import pygame
import pytest

from appliance.display.canvas import Canvas
from appliance.runtime.stage import Stage
from appliance.runtime.stage_frames import Frame
from display_board.config import ScreenOutput
from display_board.drivers.paint import paint
from display_board.drivers.screen_hdmi import HdmiScreen
from display_board.drivers.screen_sim import SimScreen
from display_board.views import BoardView, CallLine, Mode
from tests.contract.watched_stage import WatchedStage
from tests.waiting import Mailbox, eventually

SIZE, LARGE = (640, 360), (1920, 1080)


def line(seq: int) -> CallLine:
    return CallLine(seq=seq, times=1, number=f"A{seq:03d}", place="Quầy 1", place_short="1")


def calling(seq: int) -> BoardView:
    return BoardView(Mode.CALLING, hero=line(seq), calls=(line(900),), clock="07:42")


def painted(view: BoardView, size: tuple[int, int] = SIZE) -> bytes:
    surface = pygame.Surface(size)
    paint(Canvas(surface), view)
    return pygame.image.tobytes(surface, "RGB")


class Said(Mailbox):
    """What a driver reports."""

    def __init__(self) -> None:
        super().__init__()
        self.states: list[str] = []

    def report(self, state: str, reason: str) -> None:
        self.states.append(state)
        self.post((state, reason))


class SimRig:
    def __init__(self, size: tuple[int, int] = SIZE) -> None:
        self.said = Said()
        self.watcher = WatchedStage()
        self.stage = Stage(self.watcher.address, "board-1")
        self.screen = SimScreen(ScreenOutput(driver="sim", width=size[0], height=size[1]), self.said.report, self.stage)

    def picture(self) -> bytes:
        frames = [frame for frame in list(self.watcher.frames) if frame.kind == "picture"]
        return pixels(frames[-1]) if frames else b""

    def close(self) -> None:
        self.screen.stop()
        self.stage.close()
        self.watcher.close()


class HdmiRig:
    def __init__(self) -> None:
        self.said = Said()
        self.screen = HdmiScreen(ScreenOutput(width=640, height=360, fullscreen=False), self.said.report)

    def picture(self) -> bytes:
        surface = pygame.display.get_surface()
        return pygame.image.tobytes(surface, "RGB") if surface else b""

    def close(self) -> None:
        self.screen.stop()


def pixels(frame: Frame) -> bytes:
    return pygame.image.tobytes(pygame.image.load(io.BytesIO(frame.body)), "RGB")


@pytest.fixture(params=[SimRig, HdmiRig])
def rig(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimRig | HdmiRig]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    built: SimRig | HdmiRig = request.param()
    built.screen.start()
    yield built
    built.close()


def test_what_is_shown_is_drawn(rig: SimRig | HdmiRig) -> None:
    rig.screen.show(calling(42))
    assert eventually(lambda: rig.picture() == painted(calling(42)))
    rig.said.until(tuple, lambda said: said[0] == "ready")


def test_after_a_burst_the_last_one_stands(rig: SimRig | HdmiRig) -> None:
    for seq in range(1, 201):
        rig.screen.show(calling(seq))
    assert eventually(lambda: rig.picture() == painted(calling(200)))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_screen_whose_painter_died_does_not_pass_for_a_calm_one(rig: SimRig | HdmiRig) -> None:
    rig.screen.show(calling(1))
    assert eventually(lambda: rig.picture() == painted(calling(1)))
    assert rig.screen.alive
    rig.screen.show(replace(calling(2), calls=(None,)))  # type: ignore[arg-type]  # because a painter must stumble
    assert eventually(lambda: not rig.screen.alive)


def test_a_picture_and_what_is_said_about_it_belong_together() -> None:
    """Latest wins between threads: a watcher must never see one call's picture under another call's number."""
    rig = SimRig(LARGE)
    rig.screen.start()
    try:
        between = threading.Event()
        for seq in range(1, 61):
            rig.screen.show(calling(seq))
            between.wait(0.003)  # less than a picture of this size takes
        rig.watcher.until(lambda frame: frame.facts.get("call_seq") == 60)
        for frame in [each for each in rig.watcher.frames if each.kind == "picture"]:
            assert pixels(frame) == painted(calling(int(frame.facts["call_seq"])), LARGE)
            assert frame.facts["number"] == f"A{int(frame.facts['call_seq']):03d}"
    finally:
        rig.close()


def test_a_missing_display_is_reported_and_nothing_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "nosuchdriver")
    rig = HdmiRig()
    rig.screen.start()
    try:
        rig.screen.show(calling(1))

        def complained() -> bool:
            rig.screen.show(replace(calling(1), pulse=1))
            return bool(rig.said.states)

        assert eventually(complained)
        state, reason = rig.said.next(tuple)
        assert (state, "no picture" in reason) == ("fault", True)
    finally:
        rig.close()
