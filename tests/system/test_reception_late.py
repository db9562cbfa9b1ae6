"""Reception shortly before the break: who would wait in vain is asked, and gets an afternoon number."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub_core import centre
from tests.system.visitor import DEMO, browser, visit
from tests.web_served import Served

__all__ = ["browser", "visit"]
pytestmark = pytest.mark.browser


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Monday 10:40: one desk busy, five in its line."""
    served = Served(tmp_path, DEMO, site=centre(always_open=False))
    served.hall.take()
    served.hall.press("q01a", "open")
    served.hall.press("q01a", "next")
    for _ in range(5):
        served.hall.take()
    served.hall.clock.advance(160 * 60)
    yield served
    served.close()


def test_reception_offers_what_the_hub_offers(served, visit):
    desk = visit("reception")
    desk.page.locator("[data-service=tnmt-nop]").click()
    desk.see("Có thể không kịp đến lượt", "#instead")
    desk.page.click("text=Số buổi chiều")
    desk.see("A007", "#number")
    desk.see("Được gọi từ 13:00", "#due")
    assert not desk.page.locator("#instead").is_visible()
    desk.page.locator("[data-service=tnmt-nop]").click()
    desk.page.click("text=Vẫn lấy số bây giờ")
    desk.see("A008", "#number")
    assert [each for each in desk.complaints if "409" not in each] == []
