"""What anybody can obtain says nothing of one rating: two halls that differ in nothing but the ratings look the same.

Every address is asked as every role, every state that the bus would carry is kept, and every line of the log.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from appliance.wire.messages import DeskState, QueueState, State
from broker.staff.identity import ROLES
from broker.states import TURNS_HELD
from broker.web.routes import ROUTES
from tests.web_hall import WebHall

DESKS = ("q01a", "q01b", "q02", "q04a")
STREAMS = ("/api/v1/stream", "/board/stream")
ASKED = ("", "from=2026-11-23&to=2026-11-23", "from=2026-11-01&to=2026-11-24", "from=2026-01-01")
BY = ("site", "department", "queue", "service", "counter", "desk", "hour", "weekday", "day")
SECRETS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{16,}\b|\btest-\w+-[0-9a-f]{6}\b|\brev=\d+")
"""What is drawn by chance: ids, codes, keys, names of programs; and a revision that counts what was told meanwhile."""


class Played:
    """A hall in which one citizen at each desk was served, and rated as said; 0 is silent."""

    def __init__(self, folder: Path, *levels: int) -> None:
        self.hall = WebHall(folder)
        self.states: set[str] = set()
        self.hall.hub.listen(self._hear)
        for desk, level in zip(DESKS, levels, strict=True):
            self._serve(desk, level)
        self.hall.clock.advance(60)

    def _hear(self, state: State, place: str) -> None:
        """Keep what is told, but for who waits: that is told now and then, by the clock on the wall."""
        if not isinstance(state, QueueState):
            told = replace(state, next=UNSET) if isinstance(state, DeskState) else state
            self.states.add(SECRETS.sub("…", f"{place} {told}"))

    def _serve(self, desk: str, level: int) -> None:
        service = {"q02": "tnmt-tra", "q04a": "tp-nop"}.get(desk, "tnmt-nop")
        self.ticket = self.hall.take(service).ticket
        for action in ("open", "next", "finish"):
            self.hall.press(desk, action)
            self._until_told()
        if level:
            self.hall.rate(level, desk)
            self._until_told()

    def _until_told(self) -> None:
        """Let the hub tell everything: while it is asked for something, it holds states back for some turns."""
        for _ in range(TURNS_HELD + 2):
            self.hall.hub.look(lambda _: None)

    def obtained(self) -> dict[tuple[str, str], tuple[int, str]]:
        """What every role gets at every address that may be read."""
        got = {}
        for role in (*ROLES, "nobody"):
            client = self.hall.stranger() if role == "nobody" else self.hall.program(role)
            for address in self._addresses():
                answer = client.get(address)
                got[role, SECRETS.sub("…", address)] = (answer.status_code, SECRETS.sub("…", answer.text))
        return got

    def _addresses(self) -> Iterator[str]:
        places = {"desk": "q01a", "ticket": self.ticket.id, "code": self.ticket.code, "name": "x", "filename": "x"}
        for route in ROUTES:
            if route.method != "GET" or route.rule in STREAMS or route.rule.startswith("/static"):
                continue
            rule = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: places.get(found[1], "x"), route.rule)
            figures = route.rule.startswith(("/manager", "/api/v1/ratings", "/api/v1/waits", "/api/v1/report"))
            for period in ASKED if figures else ("",):
                for by in BY if route.rule == "/api/v1/ratings" else ("",):
                    asked = "&".join(filter(None, (period, by and f"by={by}")))
                    yield f"{rule}?{asked}" if asked else rule


@pytest.fixture
def play(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[object]:
    halls: list[Played] = []

    def build(*levels: int) -> Played:
        halls.append(Played(tmp_path / str(len(halls)), *levels))
        return halls[-1]

    yield build
    for each in halls:
        each.hall.close()
    assert not [line for line in caplog.messages if "rat" in line.lower()], "no line of the log speaks of ratings"


def differences(one: Played, other: Played) -> set[str]:
    """The addresses, and the states, at which the two differ."""
    here, there = one.obtained(), other.obtained()
    assert here.keys() == there.keys()
    asked = {address for role, address in here if here[role, address] != there[role, address]}
    assert sum(status == 200 for status, _ in here.values()) > 200, "there was something to read"
    return asked | {"states" for _ in (0,) if one.states != other.states}


def test_how_citizens_rated_today_shows_nowhere(play) -> None:
    assert differences(play(1, 1, 1, 1), play(4, 2, 3, 4)) == set()


def test_that_a_citizen_rated_shows_at_his_own_turn_only(play) -> None:
    found = differences(play(1, 1, 1, 1), play(1, 0, 1, 0))
    assert found <= {"/t/…", "/t/…/now"}


def test_which_of_the_desks_was_rated_badly_yesterday_shows_nowhere(play) -> None:
    one, other = play(1, 1, 4, 1), play(4, 1, 1, 1)
    for each in (one, other):
        each.hall.end_day()
    assert differences(one, other) == set()


def test_the_walk_sees_it_where_the_whole_centre_was_rated_otherwise(play) -> None:
    one, other = play(1, 1, 4, 1), play(4, 1, 4, 1)
    for each in (one, other):
        each.hall.end_day()
    found = differences(one, other)
    assert any(address.startswith("/api/v1/ratings") for address in found)
    assert any(address.startswith("/manager/satisfaction") for address in found)
