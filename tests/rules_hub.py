"""The hub's real rules on a bus in memory, with a book: what it was told is written down, so that another life of it,
or an old copy of the book, goes on from there.
"""

from pathlib import Path

import msgspec
from msgspec import UNSET

from appliance.runtime.clock import ManualClock
from appliance.runtime.link import Heard
from appliance.runtime.memory_link import MemoryBus, MemoryLink
from appliance.wire.cards import CardKey
from appliance.wire.messages import Ack, Answer, Fate, Health, HubBeat, LeaseGrant, TicketRequest
from broker import cards, leases, views
from broker.commands import Command, Provide
from broker.decide import subject
from broker.journals import Journals
from broker.refusals import Refusal
from tests.kiosk_hall import KioskHall

_KINDS: dict[str, type] = {kind.__name__: kind for kind in (TicketRequest, Fate, Provide)}


class RulesHub:
    """What a hub says, straight from its rules; away while `away` is set, when nothing reaches it."""

    def __init__(self, bus: MemoryBus, clock: ManualClock, book: Path, gen: int = 1) -> None:
        self.hall, self.clock, self.away, self.gen = KioskHall(now=round(clock.now() * 1000)), clock, False, gen
        self.refused: list[tuple[str, Refusal]] = []
        self._journals, self._answers, self._beats = Journals({}), {}, 0
        for line in book.read_bytes().splitlines() if book.exists() else ():
            now, device, kind, body = msgspec.json.decode(line)
            self._happen(now, device, msgspec.json.decode(body, type=_KINDS[kind]))
        self._book = book.open("ab", buffering=0)
        self.link = MemoryLink(bus, "ca-mau", "hub", [(TicketRequest, "+"), (Fate, "+"), (Health, "+")], self._take)
        self.link.start()

    def stop(self) -> None:
        self.link.stop()
        self._book.close()

    def beat(self) -> None:
        """Say that the hub lives, unless it does not."""
        if not self.away:
            self._beats += 1
            if self._beats == 1:
                self.link.publish(views.site_state(self.hall.lobby, self._now, self.gen, 1))
            self.link.publish(HubBeat(gen=self.gen, at=self.hall.lobby.calendar.instant(self._now)))

    @property
    def _now(self) -> int:
        return round(self.clock.now() * 1000)

    def _take(self, event: object) -> None:
        if self.away or not isinstance(event, Heard):
            return
        message, device = event.message, event.place
        if isinstance(message, Health):
            self._provide(device, message)
        elif isinstance(message, TicketRequest | Fate):
            self._write_down(device, message)
            answer = self._happen(self._now, device, message)
            for name, epoch, upto in self._journals.advanced():
                self.link.publish(Ack(gen=self.gen, epoch=epoch, upto=upto), name)
            self.link.publish(answer, device)

    def _provide(self, device: str, health: Health) -> None:
        if health.epoch is UNSET or "printer" not in health.parts:
            return
        wish = Provide(id=self.hall.fresh_id(), epoch=health.epoch)
        self._write_down(device, wish)
        self._happen(self._now, device, wish)
        if "scanner" in health.parts:
            key = cards.key(self.hall.lobby.day_key).hex()
            self.link.publish(CardKey(gen=self.gen, day=self.hall.lobby.day, key=key), device)
        for lease in leases.open_leases(self.hall.lobby, device):
            if lease.id not in health.leases:
                grant = LeaseGrant(
                    gen=self.gen,
                    lease=lease.id,
                    queue=lease.queue,
                    day=self.hall.lobby.day,
                    first=lease.first,
                    last=lease.last,
                    valid_s=36_000,
                )
                self.link.publish(grant, device)

    def _write_down(self, device: str, message: TicketRequest | Fate | Provide) -> None:
        line = (self._now, device, type(message).__name__, msgspec.json.encode(message).decode())
        self._book.write(msgspec.json.encode(line) + b"\n")

    def _happen(self, now: int, device: str, message: TicketRequest | Fate | Provide) -> Answer:
        self.hall.now = max(self.hall.now, now)
        if message.id not in self._answers:
            outcome = self.hall.say(device, message)
            if isinstance(outcome, Refusal):
                if not outcome.ticket:  # who has a number is not wronged
                    self.refused.append((device, outcome))
                self._answers[message.id] = views.refused(self.hall.lobby, message.id, outcome, self.hall.now, self.gen)
            else:
                about = subject(Command(message=message, actor="test"), outcome, self.hall.lobby)
                answer = views.answer(self.hall.lobby, message.id, about, self.hall.now, self.gen)
                self._answers[message.id] = answer
        if not isinstance(message, Provide):
            self._journals.arrived(device, message.epoch, message.seq)
        return self._answers[message.id]
