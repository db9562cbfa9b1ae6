"""Somebody at a browser, and the hub he visits: fixtures for tests of pages."""

import pytest

from broker.web.config import WebSection
from tests.system import chromium
from tests.web_served import Served

DEMO = WebSection(one_click_roles=True)
PATIENT_MS = 60_000
"""A bound, not an assertion: a phone asks again after up to half a minute, and machines may be slow."""
LOOK_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"
"""What happens when a phone is taken out of the pocket."""
OFFERED = "[...document.querySelectorAll('[data-service]')].filter((each) => !each.hidden).length"
"""How many services reception is offered now."""


@pytest.fixture(scope="module")
def browser():
    with chromium.chromium() as browser:
        yield browser


@pytest.fixture
def served(tmp_path):
    served = Served(tmp_path, DEMO)
    yield served
    served.close()


class Visitor:
    """Somebody at a browser; what the browser complains about is collected."""

    def __init__(self, browser, served, role="", width=1280, height=800):
        self.context = browser.new_context(base_url=served.url, viewport={"width": width, "height": height})
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENT_MS)
        self.complaints = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        if role:
            self.page.goto("/login")
            with self.page.expect_navigation():  # until the scripts are there too
                self.page.click(f"button[value={role}]")

    def see(self, text, where="body"):
        self.page.wait_for_function(
            "([where, text]) => document.querySelector(where)?.innerText.includes(text)", arg=[where, text]
        )

    def close(self):
        self.context.close()


@pytest.fixture
def visit(browser, served):
    visitors = []

    def visit(role="", **size):
        visitors.append(Visitor(browser, served, role, **size))
        return visitors[-1]

    yield visit
    for visitor in visitors:
        visitor.close()
