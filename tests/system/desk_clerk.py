"""A clerk at a desk's page, and what the hub knows of the desk: fixtures for tests of it. One hub for a module, so that
every test takes a desk of its own.
"""

import pytest

from tests.system.visitor import DEMO, Visitor
from tests.web_served import Served

HERO, LINES, WORD = "[data-region=hero]", ".lines", ".word"


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    served = Served(tmp_path_factory.mktemp("desks"), DEMO)
    yield served
    served.close()


@pytest.fixture
def sit(browser, hall):
    clerks = []

    def sit(desk, **size):
        clerk = Visitor(browser, hall, "clerk", **size)
        clerks.append(clerk)
        clerk.page.goto(f"/desk/{desk}")
        clerk.page.wait_for_selector(".main:enabled")
        return clerk

    yield sit
    for clerk in clerks:
        clerk.close()


class Desk:
    """What the hub knows of one desk."""

    def __init__(self, served, desk, service):
        self.hall, self.desk, self.service = served.hall, desk, service

    def come(self, count=1):
        return [self.hall.take(self.service).ticket for _ in range(count)]

    def open(self):
        self.hall.press(self.desk, "open")

    @property
    def number(self):
        return self.hall.hub.look(
            lambda lobby: lobby.tickets[lobby.seats[self.desk].ticket].number if lobby.seats[self.desk].ticket else ""
        )

    @property
    def status(self):
        return self.hall.hub.look(lambda lobby: lobby.seats[self.desk].status)

    def calls(self):
        """How often a number of this desk's queue was called, each time counted."""
        return self.hall.hub.look(
            lambda lobby: sum(t.times for t in lobby.tickets.values() if t.service == self.service)
        )

    def ticket(self, ticket):
        return self.hall.hub.look(lambda lobby: lobby.tickets[ticket.id])


def press(clerk, key):
    """A key, once what was pressed before has come out."""
    clerk.page.wait_for_selector(".main:enabled")
    clerk.page.keyboard.press(key)


def later(clerk, desk, seconds):
    """Time passes, and the page hears of it at once."""
    desk.hall.clock.advance(seconds)
    clerk.page.evaluate("goiso.refresh()")
