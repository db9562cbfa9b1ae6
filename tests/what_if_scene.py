"""A small centre with a month behind it: twelve busy mornings, played by simulated people and written to a real log."""

import datetime
from pathlib import Path
from random import Random

from msgspec.structs import replace

from broker import facts as f
from broker.apply import apply
from broker.commands import Command
from broker.decide import Outcome, decide, turn_of_day
from broker.lobby import Lobby
from broker.local_calendar import LocalCalendar
from broker.model import Closing, Forecasting, Site
from broker.refusals import Refusal
from broker.simulator.attendance import clerks_spans
from broker.simulator.day import Day
from broker.simulator.shifts import Shift
from broker.simulator.visits import Pace, Visit, Work, fresh_id
from broker.site_files import load_site
from broker.store import Store
from tests.hub_core import MONDAY_0800, SITE_FOLDER

FIRST = datetime.date(2026, 10, 5)
MONTH = "2026-10"


class Logged:
    """A hall whose facts are written to the hub's log."""

    def __init__(self, site: Site, store: Store) -> None:
        self.lobby, self._store = Lobby(site), store
        self._unwritten: list[f.Entry] = []

    def carry_out(self, command: Command, now: int) -> Outcome:
        request = command.message.id
        self.turn(request, now)
        outcome = decide(self.lobby, command, now)
        if outcome and not isinstance(outcome, Refusal):
            self._do(f.Entry(request, self.lobby.calendar.day(now), now, outcome))
        return outcome

    def turn(self, request: str, now: int) -> None:
        """End a day and begin the next, when it is time."""
        for turned, at, facts in turn_of_day(self.lobby, now):
            self._do(f.Entry(request, turned, at, facts))

    def write(self) -> None:
        """Keep what has happened."""
        with self._store.transaction() as transaction:
            for entry in self._unwritten:
                transaction.append(entry)
            if self.lobby.day != self._store.open_day:
                transaction.turn_day(self.lobby.day)
        self._unwritten.clear()

    def _do(self, entry: f.Entry) -> None:
        apply(self.lobby, entry)
        self._unwritten.append(entry)


def record_a_month(folder: Path, days: int = 12, visits: int = 60) -> Site:
    """`days` working days of October 2026 in `folder`, and none since; the centre they happened in."""
    site = replace(load_site(SITE_FOLDER), closing=Closing(), forecasting=Forecasting(method="none"))
    store, chance, calendar = Store(folder / "hub.sqlite", site.id, site.zone), Random(5), LocalCalendar(site.zone)
    hall = Logged(site, store)
    dates = (FIRST + datetime.timedelta(n) for n in range(40))
    for date in [each for each in dates if each.weekday() < 5][:days]:
        midnight = calendar.day_end((date - datetime.timedelta(1)).isoformat()) + 1
        coming = sorted((_visit(chance) for _ in range(visits)), key=lambda visit: visit.at_s)
        shift = Shift(midnight, clerks_spans(site), (10.0, 10.0))
        for _ in Day(hall, shift, coming, Pace((5, 15), (1, 3)), chance).run():
            pass
        hall.write()
    hall.turn(fresh_id(chance), MONDAY_0800)
    hall.write()
    store.close()
    return site


def _visit(chance: Random) -> Visit:
    service, minutes = chance.choice((("tnmt-nop", 12), ("tnmt-tra", 4)))
    return Visit(
        id=fresh_id(chance),
        service=service,
        at_s=3600 * chance.uniform(7, 9.5),
        group="",
        lang="vi",
        works=(Work("a", 60 * chance.uniform(0.5, 1.5) * minutes, 10 * minutes),),
        missed=chance.random() < 0.05,
    )
