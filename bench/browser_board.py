"""From a clerk's key over the bus to the call on the page of a smart TV: a real Chromium that draws it.

The page itself notes when a number stands in a frame that the browser has laid out, painted and handed on to be shown,
and says so by one line on its console. Nobody asks the page meanwhile: who looks at it at every frame keeps it drawing
frames, and a call then waits for the next one (that alone was half of what was measured once).
"""

import shutil
import time
from collections.abc import Callable

from playwright.sync_api import ConsoleMessage, Page, sync_playwright

from bench.picture import BUSY_S, PATIENCE_S, Keypads, Presses
from bench.stand import Stand
from virtual_centre.ports import HOST

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
NOTE = """() => {
  const told = {};
  const place = document.querySelector(".num span");
  const note = () => {
    const number = place.textContent;
    requestAnimationFrame(() => setTimeout(() => {
      if (number in told) return;
      told[number] = true;
      console.log(`shown ${number} ${performance.timeOrigin + performance.now()}`);
    }, 0));
  };
  new MutationObserver(note).observe(place, { childList: true, characterData: true, subtree: true });
}"""


BUSY_PRESSES = 50


def measure(stand: Stand) -> tuple[Presses, Presses] | None:
    """Press one after the other and look at the page, as in a full hall and in a crowd; None without a browser."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"http://{HOST}:{stand.web_port}/board")
        page.wait_for_selector("footer .people b:not(:empty)")
        page.evaluate(NOTE)
        seen = _seen(page)
        with Keypads(stand) as keypads:
            busy = keypads.press_each(seen, BUSY_PRESSES, BUSY_S)
        with Keypads(stand) as keypads:
            crowded = keypads.press_each(seen)
        browser.close()
        return busy, crowded


def _seen(page: Page) -> Callable[[str], float]:
    shown: dict[str, float] = {}

    def hear(said: ConsoleMessage) -> None:
        word, _, rest = said.text.partition(" ")
        if word == "shown":
            number, at = rest.split()
            shown[number] = float(at) / 1000

    def seen(number: str) -> float:
        if number not in shown:
            page.wait_for_event("console", lambda _: number in shown, timeout=1000 * PATIENCE_S)
        return shown[number] - time.time() + time.monotonic()

    page.on("console", hear)
    return seen
