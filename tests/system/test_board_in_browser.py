"""The board of a smart TV in a real Chromium: the truth at once, said when it is not, the same as on HDMI boards."""

import re

import pytest

from tests.system.test_pages_look import PALE
from tests.system.visitor import browser, served, visit
from virtual_centre.cable import Cable
from virtual_centre.edge_loop import EdgeLoop

__all__ = ["browser", "served", "visit"]
pytestmark = pytest.mark.browser

SIZES = ((1280, 720), (1920, 1080), (3840, 2160), (1080, 1920))
SERVICES = {
    "q03a": "gtvt-nop",
    "q04a": "tp-nop",
    "q05a": "ldtbxh-nop",
    "q07a": "ca-nop",
    "q08": "bhxh-nop",
    "q09": "ct-nop",
}
COLLIDING = """() => {
  const seen = [...document.querySelectorAll("h1, h2, p, b, small, button, span")].filter((each) =>
    each.checkVisibility() && each.innerText.trim() && !each.querySelector("h1, h2, p, b, small, button, span"));
  const box = (each) => { const range = document.createRange(); range.selectNodeContents(each);
    const at = range.getBoundingClientRect(), size = parseFloat(getComputedStyle(each).fontSize);
    // Of Noto Sans: a capital begins 0.355 of its size below the top of its box and ends 0.293 above the bottom.
    return { left: at.left, right: at.right, top: at.top + 0.34 * size, bottom: at.bottom - 0.28 * size }; };
  const boxes = seen.map((each) => [each.innerText, box(each)]), found = [];
  boxes.forEach(([said, a]) => {
    const inside = a.left >= -1 && a.right <= innerWidth + 1 && a.top >= -1 && a.bottom <= innerHeight + 1;
    if (!inside) found.push(`${said} leaves`);
  });
  boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
    const across = a.left < b.right - 1 && b.left < a.right - 1, down = a.top < b.bottom - 1 && b.top < a.bottom - 1;
    if (across && down) found.push(`${one} on ${other}`);
  }));
  const cut = seen.filter((each) => each.scrollWidth > each.clientWidth + 1
    && getComputedStyle(each).display !== "inline");
  return found.concat(cut.map((each) => `${each.innerText} is cut`));
}"""
"""Texts that stand on each other, leave the screen or are cut."""


def call_somebody(served, *desks):
    for desk in desks:
        served.hall.take(SERVICES.get(desk, "tnmt-nop"))
        served.hall.press(desk, "open")
        served.hall.press(desk, "next")


def test_a_call_is_there_at_once_with_its_way_and_the_others_stay(served, visit):
    tv = visit(width=1920, height=1080)
    tv.page.goto("/board")
    tv.see("Kính chào quý công dân", ".calm")
    call_somebody(served, "q01a")
    tv.see("A001", ".hero")
    tv.see("Counter 1", ".hero")
    tv.page.wait_for_selector(".hero.fresh")
    assert "180deg" in tv.page.get_attribute(".plate svg", "style")
    call_somebody(served, "q03a")
    tv.see("H001", ".hero")
    tv.see("A001", ".list")
    served.hall.press("q01a", "finish")
    tv.page.wait_for_function("() => !document.querySelector('.list').innerText.includes('A001')")
    assert tv.complaints == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("second", ["none", "en", "km"])
def test_every_state_is_whole_readable_and_apart(served, visit, size, second):
    tv = visit(width=size[0], height=size[1])
    tv.page.emulate_media(reduced_motion="reduce")  # so that no colour is measured in the middle of a pulse
    tv.page.add_init_script("localStorage.setItem('goiso-board-sound', 'off')")  # the question would cover what it may
    tv.page.goto(f"/board?second={second}")
    tv.page.evaluate("document.fonts.ready")

    def hold(state):
        tv.page.wait_for_function("() => performance.now() > 300")
        assert tv.page.evaluate(COLLIDING) == [], state
        assert tv.page.evaluate(PALE) == [], state

    tv.see("Kính chào", ".calm")
    hold("nobody")
    for service in ("yt-nop", "xd-nop", "nv-nop"):
        served.hall.take(service)
    tv.see("Y tế", ".queues")
    hold("waiting")
    call_somebody(served, "q01a")
    tv.see("A001", ".hero")
    hold("one")
    call_somebody(served, "q03a", "q04a", "q05a")
    tv.see("L001", ".hero")
    hold("some")
    served.hall.program("manager").post(
        "/api/v1/notice", {"text": "Mời công dân xem bảng niêm yết tại sảnh trước khi lấy số thứ tự. " * 3}
    )
    call_somebody(served, "q01b", "q02", "q07a", "q08", "q09")
    tv.see("S001", ".hero")
    tv.see("1/", ".notice") if size[0] < 2 * size[1] else None
    hold("many")
    served.server.stop()
    tv.page.wait_for_selector(".banner", state="visible")
    hold("stale")


def test_it_says_when_it_is_cut_off_and_shows_the_truth_when_it_is_back(served, visit):
    tv = visit(width=1280, height=720)
    with EdgeLoop() as loop, Cable(loop, served.server.port) as cable:
        tv.page.goto(f"http://localhost:{cable.port}/board")
        call_somebody(served, "q01a")
        tv.see("A001", ".hero")
        cable.pull()
        tv.page.wait_for_selector(".banner", state="visible")
        tv.see("A001", ".hero")
        call_somebody(served, "q03a")
        cable.mend()
        tv.see("H001", ".hero")
        tv.page.wait_for_selector(".banner", state="hidden")
        cable.cut()
        tv.page.wait_for_selector(".banner", state="visible")
        cable.mend()
        tv.page.wait_for_selector(".banner", state="hidden")
        tv.see("H001", ".hero")


def test_texts_that_turn_attack_or_never_end_leave_a_readable_board(served, visit):
    tv = visit(width=1280, height=720)
    tv.page.goto("/board")
    served.hall.program("manager").post(
        "/api/v1/notice", {"text": "\u202e<img src=x onerror=alert(1)>\u0007 " + "dài " * 30}
    )
    call_somebody(served, "q01a")
    tv.see("A001", ".hero")
    tv.page.wait_for_selector(".notice", state="visible")
    shown = tv.page.evaluate("document.querySelector('.notice').textContent")
    assert not re.search("[\u202e\u0007]", shown)
    assert tv.page.evaluate("document.querySelectorAll('img').length") == 0
    assert tv.complaints == []


def test_a_counters_own_screen_shows_what_each_of_its_desks_does(served, visit):
    tv = visit(width=1280, height=720)
    tv.page.add_init_script("localStorage.setItem('goiso-board-sound', 'off')")
    tv.page.goto("/board?view=counter&counters=q03")
    tv.see("Quầy đóng", ".card[data-desk=q03a]")
    call_somebody(served, "q01a", "q03a")
    tv.see("Mời vào", ".card.calling.fresh")
    tv.see("H001", ".card.calling.fresh")
    served.hall.take("gtvt-nop")
    tv.see("H002", ".card[data-desk=q03a] .following")
    served.hall.press("q03b", "open")
    served.hall.press("q03b", "pause")
    tv.see("Tạm nghỉ", ".card[data-desk=q03b].paused")
    assert "A001" not in tv.page.inner_text("body")
    tv.page.wait_for_function("() => !document.querySelector('.fresh')")
    assert tv.page.evaluate(COLLIDING) == []
    assert tv.page.evaluate(PALE) == []
    assert tv.complaints == []


def test_a_tv_at_one_counter_shows_its_desks_only(served, visit):
    tv = visit(width=1280, height=720)
    tv.page.goto("/board?counters=q03&desks=nosuch&arrow=up")
    call_somebody(served, "q01a", "q03a")
    tv.see("H001", ".hero")
    assert "A001" not in tv.page.inner_text("body"), "that was called before"
    assert "270deg" in tv.page.get_attribute(".plate svg", "style")
