"""The phone in a real browser: from the turn to the thanks without a reload, at 390 px, in three languages."""

import pytest

from tests.system.test_pages_look import PALE
from tests.system.visitor import browser, served, visit

__all__ = ["browser", "served", "visit"]
pytestmark = pytest.mark.browser

SMALL = "(each) => each.getBoundingClientRect().height < 60"


def test_a_citizen_rates_on_a_weak_phone_and_says_why_without_a_reload(served, visit):
    served.hall.press("q01a", "open")
    ticket = served.hall.take(lang="km").ticket
    phone = visit(width=390, height=844)
    weights = []
    phone.page.on("response", lambda answer: weights.append(answer))  # noqa: PLW0108  # because it must be a function
    phone.page.goto(f"/t/{ticket.code}")
    phone.page.evaluate("window.stayed = true")
    served.hall.press("q01a", "next")
    served.hall.press("q01a", "finish")
    phone.see("តើអ្នកពេញចិត្ត")
    assert phone.page.evaluate(PALE) == []
    assert phone.page.evaluate(f"[...document.querySelectorAll('button:not([hidden])')].filter({SMALL}).length") == 0
    phone.page.click("button[value='4']")
    phone.see("សូមអរគុណសម្រាប់ការវាយតម្លៃ")
    phone.page.click("text=ត្រូវមកច្រើនដង")
    phone.page.click("text=រង់ចាំយូរ")
    phone.page.click("text=មូលហេតុផ្សេង")
    assert phone.page.locator("[name=reason]:disabled").count() == 3
    assert phone.page.evaluate(PALE) == []
    phone.page.click(".send")
    phone.see("បានបម្រើរួចរាល់")
    assert phone.page.evaluate("window.stayed") is True
    assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    total = sum(int(answer.headers.get("content-length", 0)) for answer in weights if answer.status == 200)
    assert total + 700 * len(weights) <= 40_000
    assert phone.complaints == []
