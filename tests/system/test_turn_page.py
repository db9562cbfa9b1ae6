"""The phone in a citizen's hand, in a real Chromium: light, true without a network, loud only when asked."""

import pytest

from tests.system.test_manager_pages import AXE, FINDINGS
from tests.system.test_pages_look import PALE
from tests.system.visitor import LOOK_AGAIN, browser, served, visit

__all__ = ["browser", "served", "visit"]
pytestmark = pytest.mark.browser

FIRST_LOAD, ASKED_AGAIN = 40_000, 1_000
"""Bytes over the wire, heads and bodies."""
LISTEN = """(() => {
  window.heard = [];
  navigator.vibrate = (how) => heard.push(how);
  window.AudioContext = class extends AudioContext { constructor() { super(); heard.push("sound"); } };
})()"""
RING = [400, 150, 400, 150, 400]


def phone_at(visit, served, code, lang="vi"):
    phone = visit(width=360, height=640)
    phone.page.add_init_script(LISTEN)
    phone.page.goto(f"/t/{code}?lang={lang}")
    return phone


def test_the_page_weighs_next_to_nothing_and_asking_again_less(served, visit):
    code = served.hall.take().ticket.code
    phone = visit(width=360, height=640)
    wire = phone.context.new_cdp_session(phone.page)
    addresses, weights = {}, []
    wire.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))
    wire.on("Network.loadingFinished", lambda done: weights.append((done["requestId"], done["encodedDataLength"])))
    wire.send("Network.enable")
    phone.page.goto(f"/t/{code}?lang=vi")
    phone.page.wait_for_load_state("networkidle")
    first = sum(size for _, size in weights)
    for status in (200, 304):
        told = phone.page.expect_response(lambda answer, told=status: "/now" in answer.url and answer.status == told)
        with told as answer:
            phone.page.evaluate(LOOK_AGAIN)
    unchanged = answer.value.request.sizes()
    assert 2_000 < first <= FIRST_LOAD
    assert 0 < unchanged["responseHeadersSize"] + unchanged["responseBodySize"] < ASKED_AGAIN
    assert not [address for address in addresses.values() if "font" in address]


def test_without_a_network_it_says_until_when_it_was_right_and_catches_up(served, visit):
    served.hall.press("q01a", "open")
    phone = phone_at(visit, served, served.hall.take().ticket.code)
    phone.see("Bạn là người tiếp theo")
    phone.context.route("**/now*", lambda asked: asked.abort())
    phone.page.evaluate(LOOK_AGAIN)
    phone.see("Mất kết nối. Trang này đúng đến 08:00")
    phone.context.unroute_all()
    phone.page.wait_for_selector("body:not(.away)")
    phone.context.set_offline(True)
    phone.see("Mất kết nối. Trang này đúng đến 08:00")
    served.hall.clock.advance(60)
    served.hall.press("q01a", "next")
    assert "Đã đến lượt" not in phone.page.inner_text("main")
    phone.context.set_offline(False)
    phone.see("Đã đến lượt bạn!")
    phone.see("Quầy 1", ".place")
    assert "Mất kết nối" not in phone.page.inner_text("body")


@pytest.mark.parametrize("asked", [True, False])
def test_it_rings_only_for_who_asked_for_it(served, visit, asked):
    served.hall.press("q01a", "open")
    phone = phone_at(visit, served, served.hall.take().ticket.code)
    if asked:
        phone.page.click("text=Rung và kêu khi đến lượt")
        phone.see("Sẽ rung và kêu")
    served.hall.press("q01a", "next")
    phone.page.evaluate(LOOK_AGAIN)
    phone.see("Đã đến lượt bạn!")
    served.hall.press("q01a", "recall")
    with phone.page.expect_response("**/now*"):
        phone.page.evaluate(LOOK_AGAIN)
    phone.page.wait_for_selector("[data-call='2']")
    assert phone.page.evaluate("heard") == (["sound", 80, RING, RING] if asked else [])
    assert phone.page.locator(".ring").is_hidden()


def test_nobody_is_kept_out_in_any_state(served, visit):
    hall = served.hall
    for desk in ("q01a", "q01b"):
        hall.press(desk, "open")
    codes = {}
    for state, action in (("no_show", "no_show"), ("parked", "park"), ("served", "finish"), ("called", "")):
        codes[state] = hall.take().ticket.code
        hall.press("q01b", "next")
        if action:
            hall.press("q01b", action)
    codes |= {"soon": hall.take().ticket.code, "unknown": "0" * 20}
    phone = visit(width=360, height=640)
    for place, (state, code) in enumerate(codes.items()):
        phone.page.goto(f"/t/{code}?lang={('vi', 'en', 'km')[place % 3]}")
        assert phone.page.evaluate("document.querySelector('main').className") == state
        phone.page.evaluate(AXE)
        assert phone.page.evaluate(FINDINGS) == [], state
        assert phone.page.evaluate(PALE) == [], state
        assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, state
    assert [each for each in phone.complaints if "404" not in each] == []
