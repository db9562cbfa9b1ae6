"""A hall in memory for tests of the hub's rules: the real decide and apply, time and ids passed in."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from appliance.wire.choices import Action
from appliance.wire.messages import DeskAction, Fate, Rating, TicketRequest
from appliance.wire.parts import ActionArgs, Opening
from broker import facts as f
from broker.apply import apply
from broker.chain import Row
from broker.commands import Command, Message, PhoneVote
from broker.decide import decide, turn_of_day
from broker.invariants import Watch
from broker.lobby import Lobby, Ticket
from broker.model import Closing, Hours, Site
from broker.rating_facts import RATING_FACTS
from broker.refusals import Refusal
from broker.site_files import load_site
from broker.tallies import Sums

SITE_FOLDER = Path(__file__).parents[1] / "firmware_configs" / "site" / "ca-mau"
MONDAY_0800 = 1_795_395_600_000
"""Monday 2026-11-23 08:00 in Cà Mau, Unix ms."""


def centre(always_open: bool = True) -> Site:
    site = load_site(SITE_FOLDER, "2026-11-23")
    return replace(site, hours=Hours(), closing=Closing()) if always_open else site


class Hall:
    """One lobby with a clock in hand."""

    def __init__(self, site: Site | None = None, now: int = MONDAY_0800) -> None:
        self.lobby = Lobby(site or centre(), day_key=b"k" * 32)
        self.now = now
        self.entries: list[f.Entry] = []
        self._ids = 0

    def fresh_id(self) -> str:
        self._ids += 1
        return str(uuid.UUID(int=self._ids))

    def do(self, message: Message, actor: str = "test") -> tuple[f.AnyFact, ...] | Refusal:
        day = self.lobby.calendar.day(self.now)
        for turned, at, facts in turn_of_day(self.lobby, self.now):
            self.happen(f.Entry(self.fresh_id(), turned, at, facts))
        outcome = decide(self.lobby, Command(message=message, actor=actor, code=message.id), self.now)
        if not isinstance(outcome, Refusal) and outcome:
            self.happen(f.Entry(message.id, day, self.now, outcome))
        return outcome

    def happen(self, entry: f.Entry) -> None:
        """Let facts come about that no command of this hall made."""
        apply(self.lobby, entry)
        self.entries.append(entry)

    def after(self, seconds: float) -> "Hall":
        self.now += round(seconds * 1000)
        return self

    def take(self, service: str = "tnmt-nop", priority: bool = False) -> Ticket:
        group = next(iter(self.lobby.site.groups)) if priority else UNSET
        request = TicketRequest(id=self.fresh_id(), service=service, priority=group)
        assert not isinstance(self.do(request), Refusal)
        return self.lobby.tickets[request.id]

    def press(self, desk: str, action: Action, **args: str) -> tuple[f.AnyFact, ...] | Refusal:
        return self.do(DeskAction(id=self.fresh_id(), desk=desk, action=action, args=ActionArgs(**args)))

    def rate(self, desk: str, level: int, **more: Any) -> tuple[f.AnyFact, ...] | Refusal:
        return self.do(Rating(id=self.fresh_id(), desk=desk, level=level, **more))

    def phone(self, ticket: Ticket, level: int, **more: Any) -> tuple[f.AnyFact, ...] | Refusal:
        return self.do(PhoneVote(id=self.fresh_id(), ticket=ticket.id, level=level, **more))

    def opening(self, desk: str) -> Callable[..., Opening]:
        """What its terminal says of a press: the opening it hears now, with (ms left, number of the press)."""
        arming = self.lobby.armings[self.lobby.armed[desk]]
        until = self.lobby.calendar.instant(arming.until)
        return lambda left_ms=170_000, press=1: Opening(until=until, left_ms=left_ms, press=press)

    def counts(self) -> dict[tuple[str, int], int]:
        """What the read models would hold: (measure, bucket) of the whole centre, nothing that is nought."""
        sums = Sums(self.lobby.calendar)
        for entry in self.entries:
            for fact in entry.facts:
                sums.add(fact, entry.at)
        found: Counter[tuple[str, int]] = Counter()
        for key, n in sums.tally.items():
            found[key[6], key[7]] += n
        return {key: n for key, n in found.items() if n}

    def rows(self) -> Iterator[tuple[Row, f.AnyFact]]:
        """The log of all that happened."""
        seq = 0
        for entry in self.entries:
            for fact in entry.facts:
                seq += 1
                at = self.lobby.calendar.hour_start(entry.at) if isinstance(fact, RATING_FACTS) else entry.at
                yield Row(seq, entry.id, "x", entry.day, at, f.kind(fact), f.encode(fact).decode()), fact

    def complaints(self) -> list[str]:
        """What `goiso verify` would say of all that happened."""
        watch = Watch()
        found = [complaint for row, fact in self.rows() for complaint in watch.see(row, fact)]
        return [*found, *watch.at_end()]

    def fate(self, ticket: str, fate: str, **more: str) -> tuple[f.AnyFact, ...] | Refusal:
        return self.do(Fate(id=self.fresh_id(), ticket=ticket, fate=fate, **more))

    def at(self, desk: str) -> Ticket | None:
        return self.lobby.tickets.get(self.lobby.seats[desk].ticket)

    def ticket(self, ticket: Ticket) -> Ticket:
        return self.lobby.tickets[ticket.id]
