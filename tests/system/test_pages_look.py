"""Every page fits its screen, breaks no policy and can be read."""

import pytest

from broker.integrity.counting import COUNT_SQL
from tests.system.visitor import browser, served, visit

__all__ = ["browser", "served", "visit"]
pytestmark = pytest.mark.browser

PALE = """() => {
  const parse = (css) => { const m = css.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const light = (c) => { const v = c / 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const lum = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const ground = (each) => {
    for (let at = each; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0.5) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility()
    && !each.closest("[disabled], [hidden]") && [...each.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
  return texts.map((each) => { const a = lum(parse(getComputedStyle(each).color)), b = lum(ground(each));
    return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), each.innerText]; })
    .filter(([ratio]) => ratio < 7).map(([ratio, text]) => `${ratio.toFixed(2)} ${text}`);
}"""
"""Texts whose contrast with what is behind them is below 7:1."""

PAGES = (
    *("/", "/login", "/desk?pick=1", "/desk/q01a", "/reception", "/ticket?q=A001"),
    *("/manager", "/manager/satisfaction", "/manager/satisfaction?from=2026-01-01&compare=before"),
    *("/manager/report", "/admin", "/admin/quarantine"),
)


IN_DOUBT = ("q01a", "q02", "q03a", "q04a", "q05a", "q06a")


def a_week_in_doubt(served):
    votes = [("2026-11-09", desk, "latency", 2, 54 if desk == "q01a" else 10) for desk in IN_DOUBT]
    served.hall.store.db.executemany(COUNT_SQL, votes)
    visits = [("desk", "2026-11-10", desk, "served", 0, 60) for desk in IN_DOUBT]
    served.hall.store.db.executemany("INSERT INTO daily_closed VALUES (?,?,?,?,?,?)", visits)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_fits_its_screen_and_breaks_no_policy(served, visit, width, height, language):
    for level in (1, 2, 4):
        served.hall.serve_and_rate(level)
    for _ in range(30):
        served.hall.take()
    served.hall.press("q01a", "next")
    a_week_in_doubt(served)
    admin, supervisor = (visit(role, width=width, height=height) for role in ("admin", "supervisor"))
    for visitor, path in (*((admin, path) for path in PAGES), (supervisor, "/manager/integrity")):
        visitor.page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
        visitor.page.wait_for_load_state("load")
        assert visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        clipped = visitor.page.evaluate(
            "[...document.querySelectorAll('h1, h2, b, dt, dd, .num, .button, .tag')]"
            ".filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1"
            " && getComputedStyle(each).display !== 'inline').map((each) => each.innerText)"
        )
        assert clipped == [], path
        assert visitor.page.evaluate(PALE) == [], path
        assert visitor.page.evaluate("document.documentElement.lang") == language
        assert visitor.page.evaluate("document.fonts.check('16px \"Noto Sans\"', 'ếộẪ')"), path
    assert admin.complaints == supervisor.complaints == []
