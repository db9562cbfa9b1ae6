"""A hub on a bench: real Mosquitto, the hub's own process, a database with 50,000 tickets of earlier days.

Rules: everything in one temporary directory, everything stopped at the end.
"""

import datetime
import json
import os
import select
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from appliance.runtime.config import BusSection, DataSection, DeviceSection, dump
from appliance.runtime.errors import CannotStart
from appliance.wire.messages import TicketRequest
from bench.process_figures import rss_mb
from broker.commands import Command
from broker.config import HubClockSection, HubConfig, LimitsSection, SiteSection
from broker.hub import Hub
from broker.hub_time import MessageTime
from broker.model import Hours
from broker.site_files import load_site
from broker.store import Store
from broker.web.config import WebSection
from virtual_centre.bus_server import BusServer
from virtual_centre.child import Child
from virtual_centre.ports import HOST, free_port, wait_until_open

SITE = Path(__file__).parents[1] / "firmware_configs" / "site" / "ca-mau"
DAYS, TICKETS_A_DAY = 200, 250
READY_S = 30.0


def fill(data: Path) -> int:
    """Issue the tickets of the past through the hub's own code; how many the database has then."""
    site = replace(load_site(SITE), hours=Hours())
    services = [service.id for service in site.services.values() if service.department]
    store = Store(data / "hub.sqlite", site.id, site.zone)
    hub = Hub(site, store, lambda floor, _: MessageTime(floor), lambda: os.urandom(32))
    hub.start()
    midnight = datetime.datetime.now(ZoneInfo(site.zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    for day in range(DAYS, 0, -1):
        for n in range(TICKETS_A_DAY):
            at = midnight - datetime.timedelta(days=day) + datetime.timedelta(hours=7, seconds=90 * n)
            request = TicketRequest(
                id=str(uuid.uuid4()), service=services[n % len(services)], at=at.isoformat(timespec="milliseconds")
            )
            hub.submit(Command(message=request, actor="device:kiosk-1", code=request.id), lambda _: None)
        hub.look(lambda _: None, 60)
    hub.stop()
    (count,) = store.db.execute("SELECT count(*) FROM numbers").fetchone()
    store.close()
    return int(count)


class Stand:
    """Bus and hub of one bench, in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bus = BusServer(folder / "bus")
        self.web_port = free_port()
        self.ready_s = 0.0
        config = HubConfig(
            device=DeviceSection(id="hub", site="ca-mau"),
            data=DataSection(dir=str(folder)),
            site=SiteSection(folder=str(SITE), always_open=True),
            bus=BusSection(host=HOST, port=self.bus.port),
            clock=HubClockSection(trusted=True),
            web=WebSection(port=self.web_port, one_click_roles=True),
            limits=LimitsSection(messages_per_s=0),
            keypad_desks={f"bench-{n}": ("*",) for n in range(1000)},
        )
        path = folder / "hub.toml"
        path.write_text(dump(config), encoding="utf-8")
        self.hub = Child("hub", [sys.executable, "-m", "broker", "--config", str(path)], folder / "hub.log")

    @property
    def hub_rss_mb(self) -> float:
        """The hub's resident memory."""
        return rss_mb(self.hub.pid)

    @property
    def tokens(self) -> dict[str, str]:
        """A token for each role."""
        return dict(json.loads((self.folder / "tokens.json").read_text()))

    def start(self) -> None:
        """Start both."""
        self.bus.start()
        self.start_hub()

    def start_hub(self) -> None:
        """Start the hub; `ready_s` is what it needs from its start until it says that it is ready."""
        began = time.monotonic()
        self.hub.start()
        if not _said_ready(self.hub):
            raise CannotStart(f"the hub is not ready within {READY_S} s: {self.hub.last_words()}")
        self.ready_s = time.monotonic() - began
        wait_until_open(self.web_port, READY_S, self.hub.exit_pipe)

    def stop(self) -> None:
        """Stop both."""
        self.hub.stop()
        self.bus.stop()

    @contextmanager
    def beside(self, module: str, *arguments: str) -> Iterator[None]:
        """A baseline program `python -m module`, from its word "ready" to the end of the block."""
        log = self.folder / f"{module}.log"
        log.write_bytes(b"")
        child = Child(module, [sys.executable, "-m", module, *arguments], log)
        child.start()
        try:
            _wait(lambda: b"ready" in log.read_bytes(), module)
            yield
        finally:
            child.kill()


def _said_ready(child: Child) -> bool:
    end = time.monotonic() + READY_S
    while child.notices and child.running and time.monotonic() < end:
        select.select([child.notices.fileno(), child.exit_pipe], [], [], end - time.monotonic())
        if child.is_ready():
            return True
    return False


def _wait(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + READY_S
    while not condition():
        if time.monotonic() > end:
            raise CannotStart(f"{what} is not ready within {READY_S} s")
        time.sleep(0.02)
