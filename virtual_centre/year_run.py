"""The machinery of the year: bus and hub as processes, days played one after the other, ledgers written and imported.

Rules: everything that was started is stopped, whatever happens; the hub's time is what the messages say.
"""

import csv
import datetime
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TextIO
from zoneinfo import ZoneInfo

from msgspec.structs import asdict, replace

from appliance.runtime.config import BusSection, DataSection, DeviceSection, dump
from appliance.runtime.errors import CannotStart
from broker.config import HubClockSection, HubConfig, LimitsSection, SiteSection
from broker.intake.ledger import COLUMNS
from broker.intake.ledger_store import import_file
from broker.model import Closing
from broker.publishing import publish
from broker.simulator.day import Day
from broker.simulator.shifts import Shift
from broker.site_files import load_site
from broker.site_rows import rows
from broker.store import Store
from broker.web.config import WebSection
from virtual_centre.bus_server import BusServer
from virtual_centre.child import Child
from virtual_centre.ports import HOST, free_port
from virtual_centre.progress import Progress
from virtual_centre.replay import Replay
from virtual_centre.twin import Twin
from virtual_centre.year_ledger import draw_dossiers
from virtual_centre.year_plan import load_plan
from virtual_centre.year_visits import draw_year

STOP_S = 30.0
"""A hub that has a year to fold in may take its time to close."""


class YearRun:
    """One replay of the site in `folder` into `data`; `days` limits it to the first few working days."""

    def __init__(self, folder: Path, data: Path, seed: int, days: int | None = None) -> None:
        self._folder, self._data, self._seed = folder, data, seed
        self.plan = load_plan(folder)
        self._days = self.plan.days[:days]
        self.site = replace(load_site(folder, self._days[-1].isoformat()), closing=Closing())

    @property
    def period(self) -> tuple[str, str]:
        """The first and the last day of the year that is replayed."""
        year = self.plan.days[0].year
        return f"{year}-01-01", f"{year}-12-31"

    def replay(self, terminal: TextIO) -> int:
        """Play the days, with a progress bar on `terminal`; how many steps the hub answered. Raises ReplayError."""
        visits = draw_year(self.plan, tuple(self.site.groups), self._chance("visits"))
        twin, progress = Twin(self.site), Progress(terminal, len(self._days))
        with self.hub() as bus:
            replay = Replay(bus, self.site.id)
            try:
                replay.start()
                for day, coming in zip(self._days, visits, strict=False):
                    chance = self._chance(str(day))
                    for step in twin.steps(Day(twin, self.shift(day), coming, self.plan.visits.pace, chance)):
                        replay.play(step)
                    progress.advance(day.isoformat())
                replay.drain()
            finally:
                progress.close()
                replay.stop()
        return replay.answered

    def publish(self) -> None:
        """The year is over: what its last day and month tell of ratings is told."""
        store = Store(self._data / "hub.sqlite", self.site.id, self.site.zone)
        try:
            publish(store, self.site, f"{self.plan.days[0].year + 1}-01-01")
        finally:
            store.close()

    def import_dossiers(self) -> int:
        """Write each department's ledger beside the database and import it; how many dossiers there are."""
        store = Store(self._data / "hub.sqlite", self.site.id, self.site.zone)
        total = 0
        try:
            for path in self._write_ledgers():
                total += import_file(store, path, self._folder, "system", store.last_at()).new
        finally:
            store.close()
        return total

    def _write_ledgers(self) -> Iterator[Path]:
        folder = self._data / "ledgers"
        folder.mkdir(exist_ok=True)
        procedures = [
            (row.code("department"), row.code("code"), int(row.text("level")))
            for row in rows(self._folder / "procedures.csv", self.period[1])
        ]
        for quota in self.plan.quotas:
            levels = {code: level for department, code, level in procedures if department == quota.department}
            chance = self._chance(f"dossiers {quota.department}")
            path = folder / f"{quota.department}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS)
                writer.writeheader()
                writer.writerows(asdict(dossier) for dossier in draw_dossiers(self.plan, quota, levels, chance))
            yield path

    def shift(self, day: datetime.date) -> Shift:
        """The clerks' hours on a day."""
        midnight = datetime.datetime.combine(day, datetime.time(), ZoneInfo(self.site.zone))
        return Shift(round(midnight.timestamp() * 1000), self.plan.shifts, self.plan.visits.breaks_per_clerk_min)

    def _chance(self, purpose: str) -> Random:
        """The same draws for the same seed, and others for each purpose."""
        return Random(f"{self._seed} {purpose}")  # noqa: S311  # because a year must be repeatable, not secret

    @contextmanager
    def hub(self) -> Iterator[BusSection]:
        """A bus and the hub on it, for as long as the block lasts. Raises CannotStart."""
        with BusServer(self._data / "bus") as server:
            bus = BusSection(host=HOST, port=server.port)
            config = self._data / "hub.toml"
            config.write_text(dump(self._config(bus)), encoding="utf-8")
            hub = Child("hub", [sys.executable, "-m", "broker", "--config", str(config)], self._data / "hub.log")
            hub.start()
            try:
                yield bus
            finally:
                hub.stop(STOP_S)
            if hub.ended_with != 0:
                raise CannotStart(f"the hub ended with {hub.ended_with}: {hub.last_words()}")

    def _config(self, bus: BusSection) -> HubConfig:
        return HubConfig(
            device=DeviceSection(id="hub", site=self.site.id),
            data=DataSection(dir=str(self._data)),
            site=SiteSection(folder=str(self._folder), never_refuses=True),
            bus=bus,
            clock=HubClockSection(driver="messages"),
            web=WebSection(port=free_port()),
            limits=LimitsSection(messages_per_s=0),
        )
