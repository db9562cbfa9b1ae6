"""A hall whose kiosks give out numbers by themselves, and what the watch says of its log."""

import uuid

from appliance.wire.messages import Fate
from broker import day_appointments, day_cards, leases
from broker import facts as f
from broker.chain import Row
from broker.commands import Command, Provide
from broker.decide import decide, turn_of_day
from broker.invariants import Watch
from broker.lobby import Lease
from tests.hub_core import Hall

EPOCH, NEW_EPOCH = (str(uuid.UUID(int=n)) for n in (0xE0, 0xE1))
DAY_S = 24 * 3600


class _NoBook:
    def execute(self, sql, rows): ...

    def count_group(self, day, group, n=1): ...


class KioskHall(Hall):
    """A hall whose kiosks speak for themselves."""

    def say(self, device, message):
        for turned, at, facts in turn_of_day(self.lobby, self.now):
            self.happen(f.Entry(self.fresh_id(), turned, at, facts))
        command = Command(message=message, actor=f"device:{device}", device=device, code=message.id.replace("-", ""))
        outcome = decide(self.lobby, command, self.now)
        if isinstance(outcome, tuple) and outcome:
            self.happen(f.Entry(message.id, self.lobby.day, self.now, outcome))
            day_cards.keep(_NoBook(), self.lobby, message, outcome)
            day_appointments.keep(_NoBook(), self.lobby, message, outcome, self.now)
        return outcome

    def provide(self, device="kiosk-1", epoch=EPOCH):
        return self.say(device, Provide(id=self.fresh_id(), epoch=epoch))

    def lease(self, device="kiosk-1", queue="a") -> Lease:
        return leases.open_leases(self.lobby, device, queue)[-1]

    def report(self, lease, n, fate="printing", device="kiosk-1", at=None, **more):
        moment = {} if at is None else {"at": self.lobby.calendar.instant(at)}
        ticket = more.pop("ticket", self.fresh_id())
        place = {"lease": lease.id, "n": n, "service": "tnmt-nop", "ticket": ticket, **more}
        return self.say(device, Fate(id=self.fresh_id(), fate=fate, **place, **moment))


def complaints(hall):
    watch, seq, found = Watch(), 0, []
    for entry in hall.entries:
        for fact in entry.facts:
            seq += 1
            row = Row(seq, entry.id, "x", entry.day, entry.at, f.kind(fact), f.encode(fact).decode())
            found += watch.see(row, f.decode(f.encode(fact)))
    return found + list(watch.at_end())
