"""From a clerk's key over the bus to the call on the page of a smart TV: a real Chromium that draws it.

The page itself notes when a number stands in a frame that the browser has begun to show.
"""

import shutil
import time
from collections.abc import Callable

from playwright.sync_api import Page, sync_playwright

from bench.picture import PATIENCE_S, Keypads, Presses
from bench.stand import Stand
from virtual_centre.ports import HOST

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
NOTE = """() => {
  window.shownAt = {};
  const place = document.querySelector(".num span");
  const note = () => {
    const number = place.textContent;
    requestAnimationFrame(() => setTimeout(() => {
      if (!(number in shownAt)) shownAt[number] = performance.timeOrigin + performance.now();
    }, 0));
  };
  new MutationObserver(note).observe(place, { childList: true, characterData: true, subtree: true });
}"""


def measure(stand: Stand) -> Presses | None:
    """Press many times, one after the other, and look at the page; None where there is no browser."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        return None
    with sync_playwright() as playwright, Keypads(stand) as keypads:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"http://{HOST}:{stand.web_port}/board")
        page.wait_for_selector("footer .people b:not(:empty)")
        page.evaluate(NOTE)
        found = keypads.press_each(_seen(page))
        browser.close()
        return found


def _seen(page: Page) -> Callable[[str], float]:
    def seen(number: str) -> float:
        shown = page.wait_for_function("(number) => shownAt[number]", arg=number, timeout=1000 * PATIENCE_S)
        return float(shown.json_value()) / 1000 - time.time() + time.monotonic()

    return seen
