"""When a kiosk lays out a page, and when it draws one."""

from appliance.runtime.clock import ManualClock
from kiosk.catalogue import Catalogue
from kiosk.centre import Centre
from kiosk.drivers.ruler import FontRuler
from kiosk.presenter import Presenter
from kiosk.ruler import Fitted
from kiosk.states import begin
from kiosk.view import View
from tests.hub_core import MONDAY_0800
from tests.kiosk_scene import queues, site


class Glass:
    """A screen that counts what is drawn."""

    def __init__(self) -> None:
        self.drawn = 0

    def show(self, view: View) -> None:
        self.drawn += 1


class Counting(FontRuler):
    """A ruler that counts what is measured."""

    def __init__(self) -> None:
        self.fitted = 0

    def fit(self, words: str, size: int, bold: bool, width: int, lines: int, least: int) -> Fitted:
        self.fitted += 1
        return super().fit(words, size, bold, width, lines, least)


def test_a_page_that_nothing_changed_is_neither_measured_nor_drawn_again() -> None:
    glass, ruler, clock = Glass(), Counting(), ManualClock(MONDAY_0800 / 1000)
    presenter = Presenter(glass, clock, ruler, 1080, 1920)
    catalogue, flow = Catalogue(site()), begin("vi")

    def second(now: float) -> tuple[int, int]:
        clock.advance(1.0)
        presenter.look(flow, catalogue, Centre(0.0, queues=dict(queues())), now)
        presenter.show(None, now)
        return ruler.fitted, glass.drawn

    first = second(1.0)
    assert first[0] > 0
    assert first[1] == 1
    assert [second(float(now)) for now in range(2, 50)] == [first] * 48
    later = [second(float(now)) for now in range(50, 61)][-1]
    assert later[0] > first[0], "a new minute is a new page"
    assert later[1] == 2
