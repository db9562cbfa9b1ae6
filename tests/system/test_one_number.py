"""Reception in a hurry: one number is found, read and put right by keyboard alone, in a real browser."""

import pytest

from tests.system.test_manager_pages import AXE, FINDINGS
from tests.system.visitor import browser, served, visit
from tests.web_hall import SITE

__all__ = ["browser", "served", "visit"]
pytestmark = pytest.mark.browser


@pytest.fixture
def desk(served, visit):
    """Somebody at reception; A001 is called, A002 and A003 wait."""
    served.hall.press("q01a", "open")
    for _ in range(3):
        served.hall.take()
    served.hall.press("q01a", "next")
    return visit("reception")


def ticket(served, number):
    return served.hall.hub.look(lambda lobby: next(each for each in lobby.tickets.values() if each.number == number))


def shows(desk, number):
    """The page of that number, once its keys work."""
    desk.see(number, "h1")
    desk.page.wait_for_selector("[data-action=priority]:enabled")


def test_a_number_is_found_given_priority_cancelled_and_brought_back_without_a_mouse(served, desk):
    desk.page.goto("/ticket")
    desk.page.keyboard.type("a3\n")
    shows(desk, "A003")
    desk.see("1 người trước", ".hero")
    desk.page.keyboard.press("u")
    desk.page.keyboard.press("1")
    desk.see("Ưu tiên", ".hero .tag")
    desk.see("Được ưu tiên", ".steps")
    assert ticket(served, "A003").priority
    desk.page.keyboard.press("h")
    desk.page.wait_for_selector("#cancel [data-close]:focus")
    of_vietnamese_layout = {"key": "ă", "code": "Digit1"}
    desk.page.dispatch_event("#cancel", "keydown", {**of_vietnamese_layout, "repeat": True})
    assert desk.page.locator("#cancel[open]").count(), "a key held down says nothing"
    desk.page.dispatch_event("#cancel", "keydown", of_vietnamese_layout)
    desk.see("đã hủy", ".hero")
    desk.see("Người dân ra về", ".steps")
    assert ticket(served, "A003").status == "cancelled"
    desk.page.keyboard.press("k")
    desk.see("đang chờ", ".hero")
    assert ticket(served, "A003").status == "waiting"
    desk.page.keyboard.press("/")
    desk.page.keyboard.type("A001\n")
    shows(desk, "A001")
    desk.see("đang ở", ".hero")
    desk.page.keyboard.press("h")
    assert not desk.page.locator("dialog[open]").count(), "who is at a desk is not cancelled"
    assert desk.complaints == []


def test_a_scanned_code_finds_the_number_and_does_not_stay_in_the_address(served, desk):
    code = ticket(served, "A002").code
    desk.page.goto("/ticket")
    desk.page.keyboard.type(f"https://goiso.example/t/{code}?lang=km\n")
    shows(desk, "A002")
    assert code not in desk.page.url
    assert code not in desk.page.content()
    desk.page.keyboard.press("/")
    desk.page.keyboard.type("https://goiso.example/t/0123456789abcdef0123\n")
    desk.see("Không đọc được mã này", ".problem")


def test_a_number_taken_at_reception_is_one_key_from_its_paper(served, desk):
    desk.page.goto("/reception")
    desk.page.keyboard.type("phí")
    desk.page.locator("[data-service=fee]").click()
    desk.see("001", "#number")
    number = desk.page.inner_text("#number")
    desk.page.keyboard.press("F2")
    shows(desk, number)
    desk.page.keyboard.press("i")
    desk.see("Chưa thấy máy lấy số nào", "dialog[open]")


def test_a_clerk_corrects_the_priority_of_who_sits_before_him(served, desk, visit):
    clerk = visit("clerk")
    clerk.page.goto("/desk/q01a")
    clerk.see("A001", ".hero")
    clerk.page.wait_for_selector("[data-action=finish]:enabled")
    clerk.page.keyboard.press("u")
    clerk.page.keyboard.press("1")
    clerk.see("Ưu tiên", ".hero .tag")
    assert ticket(served, "A001").priority
    clerk.page.keyboard.press("u")
    clerk.page.keyboard.press("0")
    clerk.page.wait_for_selector(".hero .tag", state="detached")
    assert not ticket(served, "A001").priority


def test_a_supervisor_reads_and_changes_nothing(served, desk, visit):
    supervisor = visit("supervisor")
    supervisor.page.goto("/ticket?q=A001")
    supervisor.see("Gọi đến Quầy 1", ".steps")
    assert supervisor.page.locator("[data-action]").count() == 0
    assert supervisor.page.locator("dialog").count() == 0


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (768, 1024), (390, 844)])
def test_nobody_is_kept_out_by_how_it_looks(served, desk, visit, width, height):
    visitor = visit("reception", width=width, height=height)
    for path in ("/ticket", "/ticket?q=A002", "/ticket?q=A001&day=2020-01-01", "/reception"):
        visitor.page.goto(path)
        visitor.page.evaluate(AXE)
        assert visitor.page.evaluate(FINDINGS) == [], path
        assert visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    visitor.page.goto("/ticket?q=A002")
    shows(visitor, "A002")
    visitor.page.keyboard.press("u")
    visitor.page.evaluate(AXE)
    assert visitor.page.evaluate(FINDINGS) == []
    assert len(SITE.groups) < 10, "one key for each group"
