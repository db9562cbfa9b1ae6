"""The what-if page in a real Chromium: asked by keyboard alone, answered without a reload, read by axe-core."""

import importlib.resources

import pytest

from broker.web.config import WebSection
from tests.system.visitor import Visitor, browser
from tests.web_served import Served
from tests.what_if_scene import record_a_month

__all__ = ["browser"]
pytestmark = pytest.mark.browser

AXE = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
FINDINGS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter((each) => each.impact === "serious" || each.impact === "critical")
  .flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.target.join(" ")}`))"""
PATIENCE_MS = 120_000
"""For a process that lets everything else go first."""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("month")
    served = Served(folder, WebSection(one_click_roles=True), site=record_a_month(folder))
    yield served
    served.close()


def findings(page):
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.evaluate(AXE)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    return page.evaluate(FINDINGS)


def test_a_manager_asks_by_keyboard_and_sees_the_answer_come(browser, served):
    manager = Visitor(browser, served, "manager")
    page, keys = manager.page, manager.page.keyboard
    page.goto("/manager/what-if?lang=vi")
    assert findings(page) == []
    page.goto("/manager/what-if?lang=vi")
    page.focus("select[name=add]")
    keys.type("A")
    for _ in range(80):
        keys.press("Tab")
        if page.evaluate("document.activeElement.className") == "button go":
            break
    else:
        pytest.fail("no way to the button by the tabulator")
    keys.press("Enter")
    page.wait_for_url("**/what-if/*")
    page.evaluate("window.stayed = true")
    page.wait_for_selector(".headline", timeout=PATIENCE_MS)
    assert page.evaluate("window.stayed") is True
    told = page.inner_text("[data-figure=headline]")
    assert told.startswith("9 trong 10 người được gọi trong ")
    assert page.text_content("[data-status]") in ("", told), "who cannot see hears it"
    assert findings(page) == []
    address = page.url
    manager.close()

    phone = Visitor(browser, served, "supervisor", width=390, height=844)
    phone.page.goto(f"{address}?lang=en")
    phone.see("9 of 10 are called within", "[data-figure=headline]")
    assert findings(phone.page) == []
    assert manager.complaints + phone.complaints == []
    phone.close()


def test_without_scripts_the_answer_comes_all_the_same(browser, served):
    context = browser.new_context(base_url=served.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/login")
    page.click("button[value=manager]")
    page.goto("/manager/what-if?lang=en")
    page.fill("input[name=demand]", "50")
    page.click("form.stack button.go")
    page.wait_for_selector(".headline", timeout=PATIENCE_MS)
    assert "50 % of that month's visitors" in page.inner_text("h1")
    context.close()
