"""Pages in a real Chromium whose hub answers late, in the wrong order or not at all."""

import pytest

from tests.system.visitor import LOOK_AGAIN, OFFERED, browser, served, visit
from tests.waiting import eventually

__all__ = ["browser", "served", "visit"]
pytestmark = pytest.mark.browser

STREAMS = """
window.streams = 0;
window.silent = 0;
window.EventSource = class extends EventSource {
  constructor(address) { super(address); this.number = ++streams; }
  set onmessage(told) { super.onmessage = (event) => { if (this.number > silent) told(event); }; }
};
"""
"""How many streams the page has opened; from the first `silent` of them nothing is heard."""
PATIENCE_MS = 10_001


class Held:
    """The first request of `page` that fits `pattern` is held: no answer comes unless a test lets it come."""

    def __init__(self, page, pattern):
        self._page, self._routes = page, []
        page.route(pattern, self._hold)

    def _hold(self, route):
        if self._routes:
            route.continue_()
        self._routes.append(route)

    def route(self):
        """It, once it was asked."""
        eventually(lambda: self._page.evaluate("1") and self._routes)
        return self._routes[0]


@pytest.fixture
def clerk(served, visit):
    """A clerk whose browser's clock is in the hand of the test; somebody waits."""
    served.hall.take()
    served.hall.press("q01a", "open")
    clerk = visit("clerk")
    clerk.page.clock.install()
    clerk.page.add_init_script(STREAMS)
    clerk.page.goto("/desk/q01a")
    clerk.see("Gọi số tiếp theo", ".main")
    clerk.page.wait_for_function("() => streams > 0")
    return clerk


def test_a_stream_that_fell_silent_without_a_goodbye_is_opened_anew(clerk):
    clerk.page.evaluate("() => { silent = streams; }")
    clerk.page.clock.run_for(PATIENCE_MS)
    clerk.page.wait_for_function("() => streams > silent && !document.body.classList.contains('away')")


def test_a_look_that_nobody_answers_does_not_keep_the_page_from_looking_again(served, clerk):
    held = Held(clerk.page, "**/desk/q01a/now*")
    served.hall.take()
    held.route()
    served.hall.press("q01a", "next")
    clerk.page.clock.run_for(PATIENCE_MS)
    clerk.see("Xong và gọi số tiếp theo", ".main")


def test_a_press_that_nobody_answers_is_sent_again_and_done_once(served, clerk):
    ids = []
    clerk.page.on("request", lambda sent: ids.extend(filter(None, [sent.headers.get("idempotency-key")])))
    held = Held(clerk.page, "**/api/v1/desks/q01a/next")
    clerk.page.keyboard.press("Enter")
    held.route()
    clerk.page.clock.run_for(PATIENCE_MS)
    clerk.page.clock.run_for(1001)
    clerk.see("Xong và gọi số tiếp theo", ".main")
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_what_was_asked_before_a_rating_does_not_take_its_thanks_away(served, visit):
    served.hall.press("q01a", "open")
    ticket = served.hall.take().ticket
    for action in ("next", "finish"):
        served.hall.press("q01a", action)
    phone = visit(width=390, height=844)
    phone.page.goto(f"/t/{ticket.code}?lang=vi")
    late = []
    phone.page.route("**/now*", lambda route: late.append((route, route.fetch())))
    phone.page.evaluate(LOOK_AGAIN)
    eventually(lambda: phone.page.evaluate("1") and late)
    phone.page.click("button[value='1']")
    phone.see("Cảm ơn")
    route, answer = late[0]
    route.fulfill(response=answer, headers={**answer.headers, "X-Clock": "23:59"})
    phone.see("23:59", ".foot")  # so that it was read
    assert "Cảm ơn" in phone.page.inner_text("main")


def test_what_is_typed_before_the_script_is_there_is_looked_for(visit):
    desk = visit("reception")
    held = Held(desk.page, "**/reception*.js*")
    desk.page.goto("/reception", wait_until="commit")
    desk.page.fill("#search", "ho so dat da")
    script = held.route()
    assert desk.page.evaluate(OFFERED) > 10
    script.continue_()
    desk.page.wait_for_function(f"() => {OFFERED} < 4")
