"""The whole centre in a real browser: from a touch to a percentage, seen with eyes."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import BrowserContext, Page, expect
from pygame import Surface
from pygame.image import save

from appliance.display.canvas import Canvas
from display_board.drivers.paint import paint
from display_board.views import BoardView
from tests.board_scene import every_view
from tests.system.chromium import chromium
from tests.system.read_number import FONT, read_called_number, read_number
from tests.system.running_demo import RunningDemo, morning, running_demo
from tests.waiting import eventually

pytestmark = pytest.mark.browser

PATIENT_MS = 60_000
NUMBERS = ["A001", "A002", "A003", "A010", "A011", "A100", "B001", "C001", "H001", "K001", "R001", "N001"]
BLOCKS = ["A9001", "A9002", "A9011", "A9100", "A9101", "A9201"]
PAPER = (0.0, 0.4, 1.0, 1.0)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    with running_demo(*morning(tmp_path_factory.mktemp("demo"))) as demo:
        yield demo


@pytest.fixture
def browser(demo: RunningDemo) -> Iterator[BrowserContext]:
    with chromium() as program:
        context = program.new_context(base_url=demo.url, viewport={"width": 1440, "height": 900}, locale="vi-VN")
        context.set_default_timeout(PATIENT_MS)
        expect.set_options(timeout=PATIENT_MS)
        yield context


class Hall:
    """The page /virtual."""

    def __init__(self, browser: BrowserContext, lang: str = "vi") -> None:
        self.page = browser.new_page()
        self.troubles: list[str] = []
        self.page.on("console", lambda told: self.troubles.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.goto(f"/virtual?lang={lang}")

    def shows(self, place: str, **facts: Any) -> None:
        """Wait until a part shows these facts."""
        for name, value in facts.items():
            self.page.wait_for_function(
                "([place, name, value]) => shown.get(place)?.[name] === value", arg=[place, name, value]
            )

    def touch(self, target: str, then: str, place: str = "#kiosk", device: str = "kiosk-1") -> None:
        """Touch what a screen calls `target` where it is drawn, and wait for its page `then`."""
        x, y = self.spot(device, target)
        box = self.page.locator(place).bounding_box()
        assert box
        self.page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        self.shows(f"{device}/screen/picture", page=then)

    def spot(self, device: str, target: str) -> tuple[float, float]:
        """Where on its screen a device has drawn a target, once it has."""
        _, x, y = self.page.wait_for_function(
            "([place, target]) => shown.get(place)?.targets.find(([name]) => name.startsWith(target))",
            arg=[f"{device}/screen/picture", target],
        ).json_value()
        return x, y

    def take(self) -> None:
        """Take a number for a new land dossier, and wait for the paper."""
        self.spot("kiosk-1", "Sought")  # the search comes last and pushes the rest of the start page down
        self.touch("Chose tnmt", then="services")
        self.touch("Wanted tnmt-nop", then="review")
        self.touch("Took", then="take")
        expect(self.page.locator("#paper-size")).to_contain_text("kB")

    def picture(self, place: str) -> bytes:
        """The picture that hangs there, as the browser got it; one that a newer one replaced meanwhile is no loss."""
        source = self.page.locator(f'img[data-picture="{place}"]').evaluate(
            "image => { const whole = () => image.decode().then(() => image.src, whole); return whole(); }"
        )
        return self.page.request.get(source).body()


def test_from_a_touch_to_a_percentage(browser: BrowserContext, tmp_path: Path) -> None:
    hall = Hall(browser)
    hall.shows("kiosk-1/screen/picture", page="start")

    manager = enter(browser, "/manager", "quản lý")
    expect(manager.locator("[data-figure=served]")).to_have_text("0")
    manager.evaluate("window.neverReloaded = true")

    hall.take()
    assert read_number(hall.picture("kiosk-1/paper"), PAPER, NUMBERS, typed=True) == "A001"

    clerk = enter(browser, "/desk/q01a", "cán bộ")
    clerk.get_by_role("button", name="Mở bàn").click()
    clerk.get_by_role("button", name="Gọi số tiếp theo").click()
    hall.shows("board-hall/screen/picture", number="A001")
    assert read_called_number(hall.picture("board-hall/screen"), NUMBERS) == "A001"
    hall.shows("board-hall/counter/picture", number="A001", mode="calling")
    expect(hall.page.locator("#after")).to_contain_text("ms sau khi bấm")
    expect(hall.page.locator(".led b").first).to_have_text("A001")
    expect(clerk.locator(".hero .num")).to_have_text("A001")

    clerk.locator("button[data-action=finish]").click()
    expect(hall.page.locator("#armed")).to_contain_text("A001")
    hall.page.get_by_role("button", name="Rất hài lòng").click()
    hall.shows("rating-q01a/panel/face", chosen=1)
    expect(manager.locator("[data-figure=served]")).to_have_text("1")
    assert manager.evaluate("window.neverReloaded") is True
    assert not hall.troubles
    for name, page in (("virtual", hall.page), ("desk", clerk), ("manager", manager)):
        page.screenshot(path=tmp_path / f"{name}.png")


def test_the_touch_terminal_asks_why_where_somebody_was_not_satisfied(
    demo: RunningDemo, browser: BrowserContext, tmp_path: Path
) -> None:
    hall = Hall(browser)
    hall.page.locator("#desk").select_option("q01b")
    hall.shows("rating-q01b/screen/picture", page="rest")
    demo.api("/api/v1/tickets", "reception", {"service": "tnmt-nop"})
    for action in ("open", "next", "finish"):
        demo.api(f"/api/v1/desks/q01b/{action}", "clerk", {})
    hall.shows("rating-q01b/screen/picture", page="ask")
    expect(hall.page.locator("#touch-picture")).to_be_visible()
    hall.page.locator("#terminal").screenshot(path=tmp_path / "touch.png")
    hall.touch("Chosen 4", then="reasons", place="#touch", device="rating-q01b")
    hall.touch("Toggled cho-lau", then="reasons", place="#touch", device="rating-q01b")
    hall.touch("Went", then="questions", place="#touch", device="rating-q01b")
    hall.touch("Went", then="thanks", place="#touch", device="rating-q01b")
    hall.page.locator("#terminal").screenshot(path=tmp_path / "thanks.png")
    assert not hall.troubles


@pytest.mark.parametrize("trouble", ["Hết giấy", "Mở nắp máy in"])
def test_a_kiosk_in_trouble_gives_no_number_says_so_and_recovers(browser: BrowserContext, trouble: str) -> None:
    hall = Hall(browser)
    hall.shows("kiosk-1/screen/picture", page="start")
    switch = hall.page.get_by_role("button", name=trouble)
    switch.click()
    try:
        hall.shows("kiosk-1/screen/picture", page="out")
        expect(switch).to_have_attribute("aria-pressed", "true")
    finally:
        switch.click()
    hall.shows("kiosk-1/screen/picture", page="start")


def test_a_receipt_out_of_the_wallet_leads_to_the_result(browser: BrowserContext) -> None:
    hall = Hall(browser)
    hall.shows("kiosk-1/screen/picture", page="start")
    hall.page.locator("#thing").select_option("receipt")
    hall.page.get_by_role("button", name="Quét", exact=True).click()
    hall.shows("kiosk-1/screen/picture", page="review")
    hall.touch("WentBack", then="start")
    assert not hall.troubles


def test_with_its_cable_pulled_the_kiosk_gives_numbers_of_its_own_and_tells_them_later(
    demo: RunningDemo, browser: BrowserContext
) -> None:
    hall = Hall(browser)
    hall.shows("kiosk-1/screen/picture", page="start")
    before = waiting(demo, "a")
    switch = hall.page.get_by_role("button", name="Rút cáp mạng máy lấy số")
    switch.click()
    try:
        hall.take()
        assert read_number(hall.picture("kiosk-1/paper"), PAPER, [*NUMBERS, *BLOCKS], typed=True) == "A9001"
        assert waiting(demo, "a") == before
    finally:
        switch.click()
    eventually(lambda: waiting(demo, "a") == before + 1)


def waiting(demo: RunningDemo, queue: str) -> int:
    """How many wait in a queue, as the hub tells programs."""
    rows = {row["id"]: row["waiting"] for row in demo.api("/api/v1/queues", "manager")}
    return int(rows[queue])


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 800), (820, 1180), (390, 844)])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_is_cut_off_or_covered(browser: BrowserContext, lang: str, width: int, height: int) -> None:
    hall = Hall(browser, lang)
    hall.page.set_viewport_size({"width": width, "height": height})
    hall.shows("kiosk-1/screen/picture", page="start")
    assert hall.page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = [panel.bounding_box() for panel in hall.page.locator(".panel").all()]
    for index, box in enumerate(boxes):
        assert box
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
        for other in boxes[:index]:
            assert other
            beside = box["x"] >= other["x"] + other["width"] or other["x"] >= box["x"] + box["width"]
            below = box["y"] >= other["y"] + other["height"] or other["y"] >= box["y"] + box["height"]
            assert beside or below


def test_the_reader_of_numbers_can_tell_them_apart() -> None:
    for number in [*NUMBERS, *BLOCKS]:
        sheet = Image.new("L", (600, 240), 255)
        ImageDraw.Draw(sheet).text((90, 20), number, fill=0, font=ImageFont.truetype(FONT, 97))
        png = io.BytesIO()
        sheet.save(png, "PNG")
        assert read_number(png.getvalue(), (0, 0, 1, 1), [*NUMBERS, *BLOCKS]) == number


def enter(browser: BrowserContext, path: str, role: str) -> Page:
    """A staff page, entered with one click as `role`. Each role is a person with a browser of his own."""
    own = browser.browser
    assert own
    page = own.new_context(base_url=browser.pages[0].url, locale="vi-VN").new_page()
    page.set_default_timeout(PATIENT_MS)
    page.goto(path)
    page.get_by_role("button", name=f"Vào với vai trò {role}").click()
    return page


@pytest.mark.parametrize("name", ["one alone", "busy", "all at once"])
def test_the_reader_reads_what_a_board_calls_alone_or_beside_a_list(name: str) -> None:
    view = dict(every_view("en"))[name]
    assert isinstance(view, BoardView)
    assert view.hero
    for number in NUMBERS:
        surface = Surface((1280, 720))
        paint(Canvas(surface), replace(view, hero=replace(view.hero, number=number, serving=False), stale=False))
        png = io.BytesIO()
        save(surface, png, "board.png")
        assert read_called_number(png.getvalue(), NUMBERS) == number
    with pytest.raises(AssertionError, match="nothing to read"):
        read_number(png.getvalue(), (0, 0.2, 0.3, 0.57), NUMBERS)
