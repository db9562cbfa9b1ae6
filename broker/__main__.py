"""The hub's composition root: `python -m broker --config FILE`."""

import gc
import logging
import os
import secrets
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from appliance.runtime.clock import Clock, make_clock
from appliance.runtime.errors import CannotStart
from appliance.runtime.link import MqttLink
from appliance.runtime.loop import Loop
from appliance.runtime.service import main as live
from broker.bindings import Bindings
from broker.bus import HEARS, BusDoor
from broker.config import HubConfig
from broker.database import StoreError, open_reader
from broker.devices import Devices
from broker.hub import Hub
from broker.hub_app import HubApp
from broker.hub_time import ClockTime, HubTime, MessageTime
from broker.limits import Limits
from broker.model import Closing, Hours, Site
from broker.publisher import Publisher
from broker.site_files import load_site
from broker.site_rows import SiteError
from broker.store import Store
from broker.web.assembly import open_web

logger = logging.getLogger(__name__)

WINDOW = 1000
"""Messages to the bus that may be unacknowledged at once: the hub speaks to everybody."""
SWITCH_S = 0.001
"""For how long a thread may keep the interpreter while others want it: the writer gives it away at each commit, and a
crowd waits until it is back."""


def main(argv: list[str] | None = None) -> int:
    """Run the hub as the command line says; the exit code."""
    sys.setswitchinterval(SWITCH_S)
    return live(argv, "hub", HubConfig, build, _check)


def build(config: HubConfig, loop: Loop) -> HubApp:
    """Put the hub together. Raises CannotStart."""
    site = _site(config, lambda mistake: logger.warning("centre.toml: %s", mistake))
    clock = make_clock(config.clock.section())
    try:
        store = Store(Path(config.data.dir) / "hub.sqlite", site.id, site.zone)
    except StoreError as error:
        raise CannotStart(str(error)) from error
    hub = Hub(site, store, _time(config, clock), lambda: os.urandom(32))
    devices = Devices()
    limits = Limits(config.limits.messages_per_s, config.limits.burst, time.monotonic)
    bindings = Bindings(config.rating_desks, config.keypad_desks)
    door = BusDoor(hub, devices, limits, ticket_code, bindings)
    link = MqttLink(config.bus, site.id, config.device.id, HEARS, door.hear, window=WINDOW)
    door.open(link)
    loop.watch(hub)
    loop.watch(link)
    server = open_web(
        config.web,
        site=site,
        site_folder=Path(config.site.folder),
        data=Path(config.data.dir),
        hub=hub,
        boxes=devices,
        clock=clock,
        open_reader=lambda: open_reader(store.path),
        fresh_code=ticket_code,
        limits=limits,
    )
    loop.watch(server)
    publisher = Publisher(hub, store, lambda: closing(open_reader(store.path)))
    gc.collect()
    # All of this stays; a garbage collection that walks through it holds every answer up for 30 ms and more.
    gc.freeze()
    return HubApp(hub, store, link, server, publisher)


def ticket_code() -> str:
    """A ticket's secret: 80 random bits, spelled so that it can be read aloud."""
    return secrets.token_hex(10)


def _site(config: HubConfig, told: Callable[[str], None]) -> Site:
    try:
        site = load_site(Path(config.site.folder), time.strftime("%Y-%m-%d"), told)
    except SiteError as error:
        raise CannotStart(str(error)) from error
    if site.id != config.device.site:
        raise CannotStart(
            f"device.site is {config.device.site}, the folder {config.site.folder} is of {site.id}; correct one of them"
        )
    if config.site.always_open or config.site.never_refuses:
        site = replace(site, closing=Closing())
    return replace(site, hours=Hours()) if config.site.always_open else site


def _check(config: HubConfig) -> None:
    """Whether a hub would start with the centre's files, and reads all that stands in them. Raises CannotStart."""
    _site(config, _refuse)


def _refuse(mistake: str) -> None:
    raise CannotStart(f"centre.toml: {mistake}")


def _time(config: HubConfig, clock: Clock) -> Callable[[int, Callable[[], bool]], HubTime]:
    if config.clock.driver == "messages":
        return lambda floor, _: MessageTime(floor)
    return lambda floor, settled: ClockTime(clock, floor, settled)


if __name__ == "__main__":
    sys.exit(main())
