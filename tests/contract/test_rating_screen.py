"""One contract for every touch `Panel`: the simulated one, and the real driver on SDL's dummy display."""

from collections.abc import Iterator

import pygame
import pytest

from appliance.runtime.stage import Stage
from rating_terminal.config import PanelSection, ScreenSection
from rating_terminal.drivers.screen_pygame import PygamePanel
from rating_terminal.drivers.screen_sim import SimScreenPanel
from rating_terminal.pages import lay_out
from rating_terminal.ports import Face, Touched
from rating_terminal.session import Chosen
from rating_terminal.talk import Spoken
from tests.contract.watched_stage import WatchedStage
from tests.rating_scene import faces
from tests.waiting import Mailbox, eventually

SCREEN = ScreenSection(width=800, height=480, fullscreen=False)
PAGES = {(name, lang): face for name, lang, face in faces()}


class SimRig:
    def __init__(self) -> None:
        self.told, self.reports = Mailbox(), Mailbox()
        self.watcher = WatchedStage()
        self.stage = Stage(self.watcher.address, "rating-q01b")
        section = PanelSection(driver="screen-sim")
        self.panel = SimScreenPanel(section, self.told.post, lambda *how: self.reports.post(how), SCREEN, self.stage)

    def touch(self, x: float, y: float) -> None:
        self.watcher.act("screen", "touch", x=x, y=y)

    def shows(self, page: str, lang: str) -> None:
        self.watcher.until(lambda frame: frame.kind == "picture" and frame.facts["page"] == page)
        self.watcher.until(lambda frame: frame.kind == "picture" and frame.facts["lang"] == lang)

    def close(self) -> None:
        self.panel.stop()
        self.stage.close()
        self.watcher.close()


class PygameRig:
    def __init__(self) -> None:
        self.told, self.reports = Mailbox(), Mailbox()
        section = PanelSection(driver="screen")
        self.panel = PygamePanel(section, self.told.post, lambda *how: self.reports.post(how), SCREEN)

    def touch(self, x: float, y: float) -> None:
        pygame.event.post(pygame.event.Event(pygame.FINGERDOWN, x=x, y=y, finger_id=1, touch_id=1, dx=0, dy=0))

    def shows(self, page: str, lang: str) -> None:
        wanted = lay_out(PAGES[page, lang], SCREEN.width, SCREEN.height)
        assert eventually(lambda: self.panel._drawn == wanted)  # because a dummy display shows nothing

    def close(self) -> None:
        self.panel.stop()


@pytest.fixture(params=[SimRig, PygameRig])
def rig(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimRig | PygameRig]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    built: SimRig | PygameRig = request.param()
    assert built.panel.start() == (False,) * 4
    yield built
    built.close()
    assert not built.panel.alive


def middle(face: Face, meaning: object) -> tuple[float, float]:
    view = lay_out(face, SCREEN.width, SCREEN.height)
    rect = next(target.rect for target in view.targets if target.meaning == meaning)
    return (rect.x + rect.w / 2) / view.width, (rect.y + rect.h / 2) / view.height


def test_a_touch_tells_what_lies_under_it_and_says_nothing_of_the_rest(rig: SimRig | PygameRig) -> None:
    face = PAGES["ask", "km"]
    rig.panel.show(face)
    rig.shows("ask", "km")
    rig.touch(0.001, 0.001)  # beside everything
    for meaning in (Chosen(3), Spoken("vi")):
        rig.touch(*middle(face, meaning))
        assert rig.told.next(Touched).meaning == meaning


def test_it_says_that_it_is_ready(rig: SimRig | PygameRig) -> None:
    rig.panel.show(PAGES["rest", "vi"])
    assert rig.reports.next(tuple)[0] == "ready"
