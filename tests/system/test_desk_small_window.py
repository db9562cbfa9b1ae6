"""The clerk's page in a window of 360 × 200 that stays on top, on an old office screen, and read by axe-core."""

import importlib.resources

import pytest

from tests.system.desk_clerk import HERO, LINES, Desk, hall, later, press, sit
from tests.system.visitor import browser

__all__ = ["browser", "hall", "sit"]
pytestmark = pytest.mark.browser

AXE = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
FINDINGS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter((each) => each.impact === "serious" || each.impact === "critical")
  .flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.target.join(" ")}`))"""
"""What axe-core finds that keeps somebody out, or nearly."""

OUTSIDE = """(names) => names.filter((name) => {
  const each = document.querySelector(name);
  const box = each?.getBoundingClientRect();
  return !each?.checkVisibility() || box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth
    || each.scrollWidth > each.clientWidth + 1;
})"""
"""Which of them cannot be seen whole without scrolling."""

COVERED = """(names) => names.filter((name) => {
  const box = document.querySelector(name).getBoundingClientRect();
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const edges = [[x, box.top + 2], [x, box.bottom - 2], [box.left + 2, y], [box.right - 2, y]];
  return !edges.every((place) => document.elementFromPoint(...place)?.closest(name));
})"""
"""Which of them have something else over the middle of an edge."""


def test_on_an_old_office_screen_nothing_lies_over_the_number(hall, sit):
    desk = Desk(hall, "q09", "ct-nop")
    desk.come(2)
    desk.open()
    clerk = sit("q09", width=1024, height=768)
    clerk.page.keyboard.press("Enter")
    clerk.see(desk.number or "S001", HERO)
    clerk.page.wait_for_selector(".main:enabled")
    seen = [".hero .num", ".hero h2", ".hero .timer", ".hero .calls", "[data-priority]", ".main", "[data-action=list]"]
    assert clerk.page.evaluate(OUTSIDE, seen) == []
    assert clerk.page.evaluate(COVERED, seen) == []


def test_the_small_window_holds_what_a_clerk_needs_and_keys_reach_the_rest(hall, sit):
    desk = Desk(hall, "q07a", "ca-nop")
    first, _, third = desk.come(3)
    desk.open()
    clerk = sit("q07a", width=360, height=200)
    keys = clerk.page.keyboard
    keys.press("Enter")
    clerk.see(first.number, HERO)
    clerk.page.wait_for_selector(".main:enabled")
    needed = [".hero .num", ".hero h2", ".hero .timer", ".hero .calls", ".main", "[data-action=undo]"]
    assert clerk.page.evaluate(OUTSIDE, needed) == []
    later(clerk, desk, 100)
    clerk.page.wait_for_selector(".undo", state="detached")
    actions = [f"[data-alt='{digit}']" for digit in range(1, 10)]
    assert clerk.page.evaluate(OUTSIDE, [".hero .num", ".hero h2", ".hero .timer", *actions]) == []
    assert clerk.page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    keys.press("l")
    clerk.see("Hàng của tôi", LINES)
    keys.press("Escape")
    press(clerk, "x")
    clerk.see("Bàn đang rảnh", HERO)
    press(clerk, "s")
    keys.type(third.number)
    clerk.see("đang chờ", "#other [data-region=found]")
    assert clerk.page.evaluate(OUTSIDE, ["#other-number", "#other-reason", "#other [data-region=found]"]) == []
    keys.press("Alt+2")
    clerk.see(third.number, HERO)
    assert clerk.complaints == []


def test_a_window_that_stays_on_top_is_the_same_page(hall, sit):
    desk = Desk(hall, "q11", "nnptnt-nop")
    (ticket,) = desk.come()
    desk.open()
    clerk = sit("q11")
    with clerk.context.expect_page() as opened:
        clerk.page.click("[data-small]")
    frame = opened.value.frame_locator("iframe")
    frame.locator(".main:enabled").press("Enter")
    frame.locator(HERO).get_by_text(ticket.number, exact=True).wait_for()
    assert desk.number == ticket.number


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 200)])
def test_axe_finds_nothing_serious_at_a_desk(hall, sit, width, height):
    desk = Desk(hall, "q02", "tnmt-nop")
    desk.come(3)
    desk.hall.press("q02", "open")
    desk.hall.press("q02", "finish")
    clerk = sit("q02", width=width, height=height)
    found = []

    def look(what):
        clerk.page.evaluate(AXE)
        found.extend(f"{what}: {finding}" for finding in clerk.page.evaluate(FINDINGS))

    look("free")
    clerk.page.keyboard.press("Enter")
    clerk.see("Xong và gọi số tiếp theo", ".main")
    clerk.page.wait_for_selector(".main:enabled")
    look("busy")
    for key, dialog in (("c", "transfer"), ("s", "other")):
        clerk.page.keyboard.press(key)
        clerk.page.wait_for_selector(f"dialog#{dialog}[open]")
        look(dialog)
        clerk.page.keyboard.press("Escape")
        clerk.page.wait_for_selector(f"dialog#{dialog}:not([open])", state="hidden")
    clerk.page.keyboard.press("l")
    look("lists")
    assert found == []
