"""Many rating terminals in one process, on lines that say things twice and in another order: for `ratings_presses`.

Rules: app, journal, simulated panel and MQTT line are the product's own; only what passes over the line is mixed up.
"""

import argparse
import random
import threading
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from appliance.runtime.clock import SystemClock
from appliance.runtime.config import BusSection
from appliance.runtime.link import Heard, Link, MqttLink
from appliance.runtime.loop import Loop
from appliance.runtime.outbox import Outbox
from appliance.runtime.stage import Stage
from appliance.wire.messages import Rating
from rating_terminal.app import Parts, RatingApp, hears
from rating_terminal.config import PanelSection
from rating_terminal.drivers.panel_sim import SimPanel
from rating_terminal.journal import Journal
from virtual_centre.ports import HOST

SITE, ZONE, LEVELS = "ca-mau", ZoneInfo("Asia/Ho_Chi_Minh"), 4
TWICE, HELD = 0.2, 0.3
"""How often something passes twice, and how often it waits for the next and comes after it."""


class Mixed:
    """Passes things on, some twice, some after those that follow."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._held: list[object] = []

    def through(self, thing: object, pass_on: Callable[[object], object]) -> None:
        """Pass on `thing`, or keep it until the next one has passed."""
        if not self._held and self._dice.random() < HELD:
            self._held.append(thing)
            return
        ready, self._held = [thing, *self._held], []
        for each in ready:
            pass_on(each)
            if self._dice.random() < TWICE:
                pass_on(each)


class MixedLink:
    """A `Link` whose ratings and whose news of the hub are mixed up; the presence and health of a device are not."""

    def __init__(self, link: Link, dice: random.Random) -> None:
        self._link = link
        self._up = Mixed(dice)

    def start(self) -> None:
        self._link.start()

    def stop(self) -> None:
        self._link.stop()

    def publish(self, message: Struct, place: str = "") -> bool:
        if not isinstance(message, Rating):
            return self._link.publish(message, place)
        self._up.through(message, self._link.publish)  # type: ignore[arg-type]
        return True

    @property
    def connected(self) -> bool:
        return self._link.connected

    @property
    def alive(self) -> bool:
        return self._link.alive


def live(desk: str, bus: BusSection, stage_address: str, folder: Path) -> None:
    """The life of the terminal of `desk`, on its own thread."""
    device, dice, loop = f"rating-{desk}", random.Random(), Loop()
    stage, mixed = Stage(stage_address, device), Mixed(dice)

    def post(event: object) -> None:
        if isinstance(event, Heard):
            mixed.through(event, loop.post)
        else:
            loop.post(event)

    link = MqttLink(bus, SITE, device, hears(device, desk), post)
    outbox, clock = Outbox(folder / f"{device}.sqlite"), SystemClock(trusted=True)
    parts = Parts(
        link=MixedLink(link, dice),
        outbox=outbox,
        journal=Journal(outbox, clock, ZONE),
        clock=clock,
        panel=SimPanel(PanelSection(driver="sim"), loop.post, lambda _state, _reason: None, stage),
        stage=stage,
        levels=LEVELS,
        desk=desk,
    )
    loop.run(RatingApp(parts, {}))


def main() -> None:
    """Run the terminals of DESKs until somebody kills this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bus", type=int)
    parser.add_argument("stage")
    parser.add_argument("folder", type=Path)
    parser.add_argument("desks", nargs="+")
    given = parser.parse_args()
    bus = BusSection(host=HOST, port=given.bus, reconnect_s=0.3)
    threads = []
    for desk in given.desks:
        threads.append(threading.Thread(target=live, args=(desk, bus, given.stage, given.folder), name=desk))
        threads[-1].start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
