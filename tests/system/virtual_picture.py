"""The picture of the virtual centre in the README: `python -m tests.system.virtual_picture docs/virtual.png`.

A demo of its own, at work: people come, a citizen has just taken a number, counter 1 has finished with one and calls
the next.
"""

import io
import sys
from pathlib import Path

from PIL import Image

from tests.system.chromium import chromium
from tests.system.running_demo import RunningDemo
from tests.system.test_demo_in_browser import Hall, enter

WIDE, HIGH = 1440, 900
SEEN = """() => {
  const [hall, counter] = ["screen", "counter"].map((part) => shown.get(`board-hall/${part}/picture`));
  return hall.fresh && hall.call_seq === counter.call_seq;
}"""
"""The call is in the hall and on the counter's own screen."""
BUSY = "() => shown.get('board-hall/screen/picture')?.calls >= 5"


def main(file: Path) -> None:
    """Write it."""
    demo = RunningDemo()
    try:
        demo.wait_until_up()
        with chromium() as browser:
            context = browser.new_context(base_url=demo.url, viewport={"width": WIDE, "height": HIGH}, locale="vi-VN")
            picture = _at_work(Hall(context))
    finally:
        demo.interrupt()
    shrunk = Image.open(io.BytesIO(picture)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    shrunk.save(file, optimize=True)


def _at_work(hall: Hall) -> bytes:
    hall.page.set_default_timeout(60_000)
    hall.shows("kiosk-1/screen/picture", page="start")
    hall.take()
    hall.page.locator("#come").click()
    hall.page.get_by_text("×20").click()
    hall.page.wait_for_function(BUSY)
    hall.page.get_by_text("×1", exact=True).click()
    clerk = enter(hall.page.context, "/desk/q01a", "cán bộ")
    for key in ("Mở bàn", "Gọi số tiếp theo"):
        button = clerk.get_by_role("button", name=key)
        if button.is_visible():
            button.click()
    hall.shows("board-hall/counter/picture", mode="calling")
    hall.shows("kiosk-1/screen/picture", page="start")
    hall.take()
    clerk.locator("button[data-action=next]").click()
    hall.page.wait_for_function(SEEN)
    return hall.page.screenshot(full_page=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
