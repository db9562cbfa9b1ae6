"""The pages in a real Chromium, on a real hub: pressed, looked at, cut off and brought back."""

import re

import pytest

from tests.system.visitor import DEMO, LOOK_AGAIN, OFFERED, browser, served, visit
from tests.waiting import eventually
from tests.web_served import Served

__all__ = ["browser", "served", "visit"]

pytestmark = pytest.mark.browser


def at_desk(served, desk="q01a"):
    """The number at a desk; "" when there is none."""
    return served.hall.hub.look(
        lambda lobby: lobby.tickets[lobby.seats[desk].ticket].number if lobby.seats[desk].ticket else ""
    )


def test_a_key_pressed_twice_in_haste_calls_once(served, visit):
    for _ in range(3):
        served.hall.take()
    served.hall.press("q01a", "open")
    clerk = visit("clerk")
    clerk.page.goto("/desk/q01a")
    clerk.see("Gọi số tiếp theo", ".main")
    clerk.page.evaluate(
        "const enter = () => new KeyboardEvent('keydown', {key: 'Enter', bubbles: true});"
        "for (let n = 0; n < 5; n++) document.dispatchEvent(enter())"
    )
    clerk.page.locator(".main").dblclick(force=True, no_wait_after=True)
    clerk.see("A001", "[data-region=hero]")
    clerk.page.locator(".main:enabled").wait_for()
    assert at_desk(served) in ("A001", "A002")
    assert served.hall.hub.look(lambda lobby: lobby.call_seq) <= 2


def test_a_press_while_the_hub_is_away_is_done_once_when_it_is_back(served, visit, tmp_path):
    for _ in range(3):
        served.hall.take()
    served.hall.press("q01a", "open")
    clerk = visit("clerk")
    clerk.page.goto("/desk/q01a")
    clerk.see("Gọi số tiếp theo", ".main")
    served.close()
    clerk.page.keyboard.press("Enter")
    clerk.see("Đang kết nối…", ".main")
    clerk.page.keyboard.press("Enter")
    back = Served(tmp_path, DEMO, port=served.server.port)
    try:
        clerk.see("A001", "[data-region=hero]")
        clerk.see("Xong và gọi số tiếp theo", ".main")
        assert (at_desk(back), back.hall.hub.look(lambda lobby: lobby.call_seq)) == ("A001", 1)
    finally:
        clerk.close()
        back.close()


def test_a_day_s_visits_move_without_a_reload_and_its_ratings_wait_until_it_is_over(served, visit):
    for desk, level in (("q01a", 1), ("q01b", 1), ("q02", 4)):
        served.hall.serve_and_rate(level, desk)
    served.hall.end_day()
    manager = visit("manager")
    manager.page.goto("/manager/satisfaction?from=2026-11-23&to=2026-11-23")
    manager.see("66,67 %", "[data-figure=percent]")
    manager.see("2 / 3", "[data-figure=of]")
    manager.page.goto("/manager")
    manager.page.evaluate("window.stayed = true")
    served.hall.serve_and_rate(1)
    manager.see("1", "[data-figure=served]")
    assert manager.page.evaluate("window.stayed") is True
    manager.page.goto("/manager/satisfaction")
    manager.see("Chưa công bố", "[data-figure=percent]")
    assert "nan" not in manager.page.inner_text("main").lower()
    assert manager.complaints == []


def test_a_citizen_follows_his_turn_in_his_language_on_a_weak_phone(served, visit):
    served.hall.take()
    ticket = served.hall.take(lang="km").ticket
    phone = visit(width=390, height=844)
    weights = []
    phone.page.on("response", lambda answer: weights.append(answer))  # noqa: PLW0108  # because it must be a function
    phone.page.goto(f"/t/{ticket.code}")
    phone.see("A002", ".num")
    phone.see("កំពុងរង់ចាំ")
    total = sum(int(answer.headers.get("content-length", 0)) for answer in weights if answer.status == 200)
    assert total + 700 * len(weights) <= 40_000
    phone.page.click("text=Tiếng Việt")
    phone.see("Số người trước bạn")
    served.hall.press("q01a", "open")
    served.hall.press("q01a", "next")
    served.hall.press("q01a", "next")
    phone.page.evaluate(LOOK_AGAIN)
    phone.see("Đã đến lượt bạn!")
    phone.see("Quầy 1")
    phone.page.goto("/t/0000000000")
    phone.see("Không tìm thấy số này hôm nay")
    assert [each for each in phone.complaints if "404" not in each] == []


def test_reception_finds_a_service_without_marks_and_takes_a_number(served, visit):
    desk = visit("reception")
    desk.page.fill("#search", "ho so dat dai")
    desk.page.keyboard.press("Backspace")
    desk.page.wait_for_function(f"() => {OFFERED} < 4")
    desk.page.locator("[data-service=tnmt-nop]").click()
    desk.see("A001", "#number")
    desk.see("Xem bảng ở Quầy 1, Quầy 2", "#watch")
    assert desk.complaints == []


def test_an_administrator_adds_a_clerk_who_then_logs_in(served, visit):
    boss = visit("admin")
    boss.page.fill("section.wide input[name=name]", "lan")
    boss.page.fill("input[name=display]", "Nguyễn Thị Lan")
    boss.page.fill("input[name=desks]", "q01a")
    boss.page.fill("input[name=password]", "Chim sẻ đậu mái nhà")
    boss.page.click("text=Lưu tài khoản")
    boss.see("Nguyễn Thị Lan")
    clerk = visit()
    clerk.page.goto("/desk")
    clerk.page.fill("input[name=name]", "lan")
    clerk.page.fill("input[name=password]", "Chim sẻ đậu mái nhà")
    clerk.page.keyboard.press("Enter")
    clerk.see("Nguyễn Thị Lan", ".bar")
    assert clerk.page.url.endswith("/desk/q01a")
    assert boss.complaints == clerk.complaints == []


def test_a_texts_script_never_runs(served, visit):
    boss = visit("admin")
    boss.page.fill("#notice", "<img src=x onerror=alert(1)><script>alert(2)</script>")
    boss.page.click("text=Hiện thông báo")
    for path in ("/admin", "/board"):
        boss.page.goto(path)
        boss.see("<img src=x") if path == "/board" else None
    assert boss.complaints == []


def test_a_stranger_at_a_page_logs_in_and_comes_back_to_it(served, visit):
    stranger = visit()
    stranger.page.goto("/manager?from=2026-11-01&to=2026-11-20")
    stranger.page.click("button[value=manager]")
    stranger.page.wait_for_url(re.compile("/manager"))
    assert eventually(lambda: served.hall.web.streams.listeners) == 1
