"""The clerk's page in a real Chromium: a day by keyboard alone, two windows of a desk, a network gone and back."""

import pytest

from tests.system.desk_clerk import HERO, LINES, WORD, Desk, hall, later, press, sit
from tests.system.visitor import browser
from tests.waiting import eventually

__all__ = ["browser", "hall", "sit"]
pytestmark = pytest.mark.browser


def test_a_whole_day_passes_without_a_mouse(hall, sit):
    desk = Desk(hall, "q03a", "gtvt-nop")
    first, second, third, fourth, fifth = desk.come(5)
    clerk = sit("q03a")
    keys = clerk.page.keyboard
    keys.press("Enter")
    clerk.see("Gọi số tiếp theo", ".main")
    clerk.see(f"Tiếp theo: {first.number}", HERO)
    press(clerk, "Alt+1")
    clerk.see(first.number, HERO)
    press(clerk, "r")
    clerk.see("Lần gọi 2/3", HERO)
    press(clerk, "Alt+3")
    clerk.see("Vắng mặt, còn được gọi lại", LINES)
    press(clerk, "s")
    keys.type(first.number.lower().replace("00", ""))
    clerk.see("vắng mặt", "#other [data-region=found]")
    keys.press("Enter")
    assert eventually(lambda: desk.ticket(first).status == "waiting")
    later(clerk, desk, 1)
    clerk.see("lỡ lượt, xếp lại", LINES)
    press(clerk, "Alt+1")
    clerk.see(second.number, HERO)
    press(clerk, "Alt+5")
    clerk.see("Đang giữ chỗ", LINES)
    press(clerk, "l")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    clerk.page.focus(f".line:has-text('{second.number}') button")
    keys.press("Enter")
    clerk.see(second.number, HERO)
    press(clerk, "c")
    clerk.page.wait_for_selector("dialog#transfer[open]")
    keys.press("Alt+1")
    clerk.see("Bàn đang rảnh", HERO)
    assert (desk.ticket(second).queue, desk.ticket(second).number) == ("f", second.number), "to pay, with his number"
    press(clerk, "Alt+8")
    keys.type(fifth.number)
    clerk.see("đang chờ", "#other [data-region=found]")
    keys.press("Enter")
    clerk.page.wait_for_selector("#other-reason:focus")
    keys.press("Alt+3")
    clerk.see(fifth.number, HERO)
    press(clerk, "x")
    clerk.see(f"Đã hoàn thành {fifth.number}", "[data-region=undo]")
    press(clerk, "Control+z")
    clerk.see(fifth.number, HERO)
    press(clerk, "Alt+4")
    clerk.see("Hôm nay: 1 lượt", "[data-region=today]")
    press(clerk, "n")
    clerk.page.wait_for_selector("dialog#pause[open]")
    keys.press("1")
    clerk.see("Giải lao", HERO)
    press(clerk, "Enter")
    clerk.see("Bàn đang rảnh", HERO)
    press(clerk, "d")
    clerk.see("Bàn đang đóng", HERO)
    assert (desk.status, desk.ticket(third).status, desk.ticket(fourth).status) == ("closed", "waiting", "waiting")
    assert clerk.complaints == []


def test_two_windows_of_a_desk_show_the_same_and_a_press_in_both_counts_once(hall, sit):
    desk = Desk(hall, "q04a", "tp-nop")
    desk.come(3)
    desk.open()
    one, other = sit("q04a"), sit("q04a")
    one.page.keyboard.press("Enter")
    other.see(desk.number or "K001", HERO)
    other.see("Xong và gọi số tiếp theo", ".main")
    other.page.route("**/now*", lambda route: route.abort())
    press(one, "Enter")
    assert eventually(lambda: desk.number == "K002")
    other.page.keyboard.press("Enter")
    other.see("Bàn này vừa được bấm ở một cửa sổ", WORD)
    assert (desk.number, desk.calls()) == ("K002", 2)
    other.page.unroute("**/now*")
    other.page.evaluate("goiso.refresh()")
    other.see("K002", HERO)
    other.page.route("**/now*", lambda route: route.abort())
    press(one, "r")
    one.see("Lần gọi 2/3", HERO)
    press(other, "r")
    other.see("vừa được gọi lại rồi", WORD)
    press(one, "r")
    one.see("Lần gọi 3/3", HERO)


def test_a_dialog_opened_for_one_citizen_sends_no_other_away(hall, sit):
    desk = Desk(hall, "q05a", "ldtbxh-nop")
    first, second = desk.come(2)
    desk.open()
    clerk = sit("q05a")
    clerk.page.keyboard.press("Enter")
    clerk.see(first.number, HERO)
    press(clerk, "c")
    clerk.page.wait_for_selector("dialog#transfer[open]")
    desk.hall.press("q05a", "next")
    clerk.see(second.number, HERO)
    clerk.page.keyboard.press("f")
    clerk.see("Hãy xem số đang hiện", WORD)
    assert desk.number == second.number


def test_a_press_while_the_network_is_off_is_carried_out_once_when_it_is_back(hall, sit):
    desk = Desk(hall, "q06a", "khdt-nop")
    first, _ = desk.come(2)
    desk.open()
    clerk = sit("q06a")
    clerk.context.set_offline(True)
    clerk.page.keyboard.press("Enter")
    clerk.see("Đang kết nối…", ".main")
    clerk.page.keyboard.press("Enter")
    assert desk.calls() == 0
    clerk.context.set_offline(False)
    clerk.see(first.number, HERO)
    clerk.see("Xong và gọi số tiếp theo", ".main")
    assert (desk.number, desk.calls()) == (first.number, 1)


def test_a_lost_answer_is_asked_for_again_and_nothing_is_done_twice(hall, sit):
    desk = Desk(hall, "q08", "bhxh-nop")
    first, _ = desk.come(2)
    desk.open()
    clerk = sit("q08")
    sent = []

    def swallow(route):
        sent.append(route.request.headers["idempotency-key"])
        if len(sent) > 1:
            route.continue_()
        else:
            route.fetch()
            route.abort()

    clerk.page.route("**/api/v1/desks/**", swallow)
    clerk.page.keyboard.press("Enter")
    clerk.see(first.number, HERO)
    clerk.page.wait_for_selector(".main:enabled")
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert (desk.number, desk.calls()) == (first.number, 1)


def test_the_page_says_when_to_call_again_and_when_nobody_came_but_marks_nobody_by_itself(hall, sit):
    desk = Desk(hall, "q09", "ct-nop")
    (ticket,) = desk.come()
    desk.open()
    clerk = sit("q09")
    clerk.page.keyboard.press("Enter")
    clerk.see("Lần gọi 1/3 · gọi lại sau", HERO)
    for times in (2, 3):
        later(clerk, desk, 20)
        clerk.see("gọi lại được rồi", HERO)
        clerk.page.wait_for_selector("[data-action=recall].due:enabled")
        clerk.page.keyboard.press("r")
        clerk.see(f"Lần gọi {times}/3", HERO)
        clerk.page.wait_for_selector(".main:enabled")
    clerk.see("hãy chờ thêm", HERO)
    later(clerk, desk, 30)
    clerk.see("không ai đến thì ghi vắng mặt", HERO)
    clerk.page.wait_for_selector("[data-action=no_show].due:enabled")
    later(clerk, desk, 600)
    clerk.see("đang phục vụ", HERO)
    assert desk.ticket(ticket).status == "called"


def test_a_citizen_is_not_sent_back_before_the_clerk_says_why(hall, sit):
    desk = Desk(hall, "q10", "yt-nop")
    (ticket,) = desk.come()
    for at, action in (("q10", "open"), ("q10", "next"), ("p02", "open"), ("q12", "open")):
        desk.hall.press(at, action)
    desk.hall.press("q10", "transfer", to_queue="p")
    clerk = sit("p02")
    clerk.page.keyboard.press("Enter")
    clerk.see("đã qua Quầy 10", HERO)
    press(clerk, "c")
    clerk.page.wait_for_selector("dialog#transfer[open]")
    clerk.page.wait_for_selector("#transfer .keys button:has-text('Đất đai') >> text=chưa có bàn mở")
    assert clerk.page.is_disabled("#transfer option[value=q01b]"), "nobody sits there"
    clerk.page.select_option("#transfer-desk", "q12")
    clerk.page.focus("#transfer .keys button")
    clerk.page.keyboard.press("x")
    clerk.see("Ghi lý do chuyển trở lại", "#transfer")
    clerk.page.keyboard.type("thiếu chữ ký")
    clerk.page.keyboard.press("Enter")
    clerk.see("Bàn đang rảnh", HERO)
    assert (desk.ticket(ticket).queue, desk.ticket(ticket).for_desk) == ("x", ""), "not to the desk given up before"


def test_the_visit_found_before_is_not_called_for_a_number_the_hub_was_not_there_to_answer(hall, sit):
    desk = Desk(hall, "q02", "tnmt-nop")
    first, second = desk.come(2)
    desk.open()
    clerk = sit("q02")
    keys = clerk.page.keyboard
    keys.press("s")
    keys.type(first.number)
    clerk.see("đang chờ", "#other [data-region=found]")
    clerk.page.fill("#other-reason", "có lịch hẹn")
    clerk.page.route("**/number?*", lambda route: route.abort())
    clerk.page.fill("#other-number", second.number)
    clerk.page.press("#other-number", "Enter")
    clerk.see("Đang kết nối", "#other")
    assert clerk.page.inner_text("#other [data-region=found]") == ""
    assert desk.calls() == 0
    clerk.page.unroute("**/number?*")
    clerk.page.press("#other-number", "Enter")
    clerk.see(second.number, HERO)
    assert desk.ticket(first).status == "waiting"


@pytest.mark.parametrize(("at", "service", "listing"), [("q11", "nnptnt-nop", False), ("q07a", "ca-nop", True)])
def test_enter_on_a_row_that_has_just_gone_finishes_nobody(hall, sit, at, service, listing):
    desk = Desk(hall, at, service)
    first, second, _ = desk.come(3)
    desk.open()
    clerk = sit(at)
    if listing:
        clerk.page.keyboard.press("l")
    clerk.page.focus(f".line:has-text('{second.number}') button")
    desk.hall.press(at, "next")
    clerk.see(first.number, HERO)
    clerk.page.wait_for_selector(".lines:focus")
    if listing:
        clerk.page.evaluate("document.activeElement.blur()")
    press(clerk, "Enter")
    press(clerk, "r")
    clerk.see("Lần gọi 2/3", HERO)
    assert desk.number == first.number


def test_undo_is_gone_when_its_ten_seconds_are_over(hall, sit):
    desk = Desk(hall, "q12", "thue-nop")
    (ticket,) = desk.come()
    desk.open()
    clerk = sit("q12")
    clerk.page.keyboard.press("Enter")
    clerk.see("Đã gọi", "[data-region=undo]")
    later(clerk, desk, 11)
    clerk.page.wait_for_selector(".undo", state="detached")
    clerk.page.keyboard.press("Control+z")
    assert desk.number == ticket.number
