"""The manager's pages in a real Chromium, with a past of three months: read by axe-core, walked through by keyboard,
on a desk's screen, a phone's and paper."""

import importlib.resources
import re

import pytest

from tests.manager_scene import PERIOD, served_with_a_past
from tests.system.visitor import Visitor, browser
from tests.waiting import eventually

__all__ = ["browser"]
pytestmark = pytest.mark.browser

AXE = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
FINDINGS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter((each) => each.impact === "serious" || each.impact === "critical")
  .flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.target.join(" ")}`))"""
"""What axe-core finds that keeps somebody out, or nearly."""

MANAGER = (
    "/manager",
    *(f"/manager/satisfaction?{PERIOD}&compare=before&by={by}" for by in ("department", "hour")),
    *(f"/manager/waits?{PERIOD}&compare=before&by={by}" for by in ("queue", "counter")),
    f"/manager/forecast?{PERIOD}",
    f"/manager/report?{PERIOD}",
    *(f"/manager/{page}?from=2026-01-05&to=2026-01-06" for page in ("satisfaction", "waits", "forecast")),
)
SUPERVISOR = ("/manager/integrity", "/post", "/complaints")
OTHERS = ("/login", "/desk?pick=1", "/desk/q01a", "/reception", "/admin", "/admin/quarantine", "/board")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    served = served_with_a_past(tmp_path_factory.mktemp("past"))
    for service in ("tnmt-nop", "tp-nop", "gtvt-nop", "gtvt-nop"):
        served.hall.take(service)
    served.hall.press("q01a", "open")
    served.hall.press("q01a", "next")
    served.hall.press("q01b", "open")
    served.hall.press("q01b", "pause", reason="Giải lao")
    served.hall.clock.advance(3600)
    served.hall.boxes.present("kiosk-1", online=False)
    yield served
    served.close()


@pytest.fixture
def visit(browser, served):
    visitors = []

    def visit(role, **size):
        visitors.append(Visitor(browser, served, role, **size))
        return visitors[-1]

    yield visit
    for visitor in visitors:
        visitor.close()


def open_page(visitor, path, language="vi"):
    visitor.page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
    visitor.page.wait_for_function(
        "[...document.querySelectorAll('[data-chart]')].every((each) => each.querySelector('.main-svg'))"
    )


@pytest.mark.parametrize(("width", "height", "language"), [(1280, 800, "vi"), (390, 844, "en")])
def test_nobody_is_kept_out_and_nothing_runs_over_the_edge(served, visit, width, height, language):
    visitor = visit("admin", width=width, height=height)
    turn = f"/t/{served.hall.take().ticket.code}"
    assert findings(visitor, (*MANAGER, *OTHERS, turn), language) == {}
    assert visitor.complaints == []


@pytest.mark.parametrize("width", [1280, 390])
def test_nor_on_the_pages_of_a_supervisor(served, visit, width):
    visitor = visit("supervisor", width=width, height=900)
    assert findings(visitor, SUPERVISOR, "vi") == {}
    assert visitor.complaints == []


def findings(visitor, paths, language):
    """What axe-core finds on each of the pages; none is wider than the screen or shows a value that is none."""
    found = {}
    for path in paths:
        open_page(visitor, path, language)
        assert visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert not re.search(r"\b(NaN|nan|undefined)\b", visitor.page.inner_text("body")), path
        visitor.page.evaluate(AXE)
        found[path] = visitor.page.evaluate(FINDINGS)
    return {path: each for path, each in found.items() if each}


def test_every_chart_has_its_answer_and_its_table(served, visit):
    manager = visit("manager")
    counts = {}
    for path in MANAGER[1:6]:
        open_page(manager, path)
        figures = manager.page.locator("figure")
        counts[path] = figures.count()
        for n in range(counts[path]):
            figure = figures.nth(n)
            assert figure.locator("h2").inner_text().endswith("?")
            assert figure.locator(".answer").inner_text().endswith(".")
            assert figure.locator("tbody tr").count() >= 2
    assert all(counts.values()), counts


def test_a_manager_walks_through_a_page_by_keyboard_alone(served, visit):
    manager = visit("manager")
    open_page(manager, "/manager")
    keys = manager.page.keyboard

    def tab_to(what):
        for _ in range(60):
            keys.press("Tab")
            found = manager.page.evaluate(
                "(() => { const at = document.activeElement, seen = getComputedStyle(at);"
                " return [at.innerText || at.name || '', seen.outlineStyle !== 'none']; })()"
            )
            if what in found[0]:
                assert found[1], f"{what} shows no focus"
                return
        pytest.fail(f"no way to {what!r} by the tabulator")

    tab_to("Chờ đợi")
    keys.press("Enter")
    manager.page.wait_for_url("**/manager/waits")
    tab_to("Quý này")
    keys.press("Enter")
    manager.page.wait_for_url("**from=2026-10-01*")
    tab_to("So với kỳ trước")
    keys.press("Enter")
    manager.page.wait_for_url("**compare=before*")
    manager.see("01/07/2026")
    tab_to("Xem bảng số liệu")
    keys.press("Enter")
    assert manager.page.locator("details[open] table").first.is_visible()
    tab_to("Quầy")
    keys.press("Enter")
    manager.page.wait_for_url("**by=counter*")
    assert "from=2026-10-01" in manager.page.url
    assert "compare=before" in manager.page.url
    assert manager.complaints == []


def test_on_paper_stand_the_period_and_every_table_but_no_buttons(served, visit):
    manager = visit("manager")
    open_page(manager, f"/manager/waits?{PERIOD}")
    manager.page.emulate_media(media="print")
    manager.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert manager.page.locator("details:not([open])").count() == 0
    widths = "[...document.querySelectorAll('.main-svg')].map((each) => each.getBoundingClientRect().width)"
    assert manager.page.evaluate(f"Math.max(...{widths})") <= 680, "a chart runs over the edge of the paper"
    shown = manager.page.inner_text("main")
    assert "01/09/2026 – 22/11/2026" in shown
    assert "In ngày 23/11/2026" in shown
    for hidden in (".bar", ".chips", ".ask form"):
        assert not manager.page.locator(hidden).first.is_visible(), hidden
    manager.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert manager.page.locator("details[open]").count() == 0


def test_another_language_keeps_the_question(served, visit):
    manager = visit("manager")
    address = f"/manager/waits?{PERIOD}&by=hour&compare=before"
    open_page(manager, address)
    manager.page.click("text=English")
    manager.page.wait_for_url("**lang=en*")
    assert set(address.split("?")[1].split("&")) < set(manager.page.url.split("?")[1].split("&"))


def test_the_hall_changes_without_a_reload(served, visit):
    manager = visit("manager")
    open_page(manager, "/manager")
    manager.page.evaluate("window.stayed = true")
    before = int(manager.page.inner_text("[data-region=numbers] p:first-child b"))
    served.hall.take()
    assert eventually(lambda: int(manager.page.inner_text("[data-region=numbers] p:first-child b")) == before + 1)
    manager.see("Mất liên lạc với thiết bị kiosk-1", "[data-region=alerts]")
    manager.see("có người đã chờ 60 phút", "[data-region=alerts]")
    manager.see("Giải lao", "[data-region=desks]")
    assert manager.page.evaluate("window.stayed") is True
    assert manager.complaints == []


def test_a_question_that_makes_no_sense_is_refused_in_words(served, visit):
    manager = visit("manager")
    for wrong in ("from=tomorrow", "from=2026-02-30", "from=2026-03-01&to=2026-02-01", "by=x&by=y"):
        answer = manager.page.goto(f"/manager/waits?{wrong}")
        assert answer is not None
        assert answer.status == 400
        manager.see("Yêu cầu không đúng dạng")
