"""The crowd as a process on the bus: `kiosk-2` for its citizens, a keypad per desk for its clerks.

Rules: it says what plain third-party devices may say and hears what everybody hears; it decides nothing (`crowd` does).
"""

import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from random import Random

import msgspec
from msgspec import UNSET

from appliance.runtime.clock import Clock, make_clock
from appliance.runtime.config import BusSection, ClockSection, DeviceSection, Section, StageSection
from appliance.runtime.link import Heard, Hears, Link, LinkUp, MqttLink
from appliance.runtime.loop import Loop
from appliance.runtime.service import main as live
from appliance.runtime.stage import Stage
from appliance.wire.messages import (
    Answer,
    DeskAction,
    DeskState,
    Fate,
    QueueState,
    Rating,
    SiteState,
    TicketRequest,
)
from appliance.wire.parts import ActionArgs
from broker.site_files import load_site
from virtual_centre.crowd import Crowd, Deed, Press, Rate, TakeNumber
from virtual_centre.demand import load_demand

PART = "clerks"
"""The part of the stage that says which desks people of flesh serve."""


class CrowdConfig(Section, frozen=True):
    """Who the crowd is on the bus, and whose citizens and clerks it plays: the site's `folder`."""

    device: DeviceSection
    folder: str
    priority_group: str = ""
    bus: BusSection = BusSection()
    clock: ClockSection = ClockSection()
    stage: StageSection = StageSection()


class ByHand(msgspec.Struct, frozen=True):
    """These desks are served by people of flesh."""

    desks: tuple[str, ...]


class CrowdApp:
    """Between the bus and the crowd. `told`: nobody will tell which desks people serve, so that none waits for it."""

    def __init__(self, crowd: Crowd, link: Link, clock: Clock, stage: Stage, group: str, *, told: bool) -> None:
        self._crowd = crowd
        self._link = link
        self._clock = clock
        self._stage = stage
        self._group = group
        self._told = told
        self._asked: dict[str, str] = {}
        self._came = 0

    def start(self) -> None:
        """Go to the centre."""
        self._link.start()

    def stop(self) -> None:
        """Go home."""
        self._link.stop()
        self._stage.close()

    def handle(self, event: object) -> None:
        """Hear the hub, or who serves by hand."""
        now = self._clock.elapsed()
        match event:
            case Heard(_, queue, QueueState(waiting=waiting)):
                self._crowd.queue(queue, waiting, now)
            case Heard(_, desk, DeskState() as state):
                self._crowd.desk(desk, state, now)
            case Heard(_, _, SiteState(levels=levels)):
                self._crowd.offers(levels)
            case Heard(_, _, Answer() as answer):
                self._take(answer)
            case ByHand(desks):
                self._told = True
                self._crowd.by_hand(desks, now)
            case LinkUp():
                self._asked.clear()

    def deadline(self) -> float | None:
        """When somebody does something next, at the pace of the business clock; never before it is known who may."""
        if not self._told:
            return None
        wait_s = (self._crowd.due() - self._clock.elapsed()) / max(self._clock.pace(), 0.01)
        return time.monotonic() + max(0.0, wait_s)

    def tick(self) -> None:
        """Do all that is due."""
        if not self._told:
            return
        for deed in self._crowd.deeds(self._clock.elapsed()):
            self._do(deed)

    def _do(self, deed: Deed) -> None:
        request = str(uuid.uuid4())
        match deed:
            case TakeNumber(service, priority):
                group = self._group if priority and self._group else UNSET
                self._asked[request] = service
                self._link.publish(TicketRequest(id=request, service=service, priority=group, clock="synced"))
                self._came += 1
                self._stage.show("hall", "facts", came=self._came)
            case Press(desk, action, to_queue):
                args = ActionArgs(to_queue=to_queue) if to_queue else ActionArgs()
                # Anybody's monotonic clock is the same on one machine: the page tells how long the picture took.
                self._stage.show(f"keypad-{desk}", "press", desk=desk, action=action, at=time.monotonic())
                self._link.publish(DeskAction(id=request, desk=desk, action=action, args=args), f"keypad-{desk}")
            case Rate(desk, level):
                self._link.publish(Rating(id=request, level=level), f"rating-{desk}")

    def _take(self, answer: Answer) -> None:
        """The paper of a simulated citizen always comes out."""
        service = self._asked.pop(answer.re, "")
        if service and answer.ok and answer.ticket is not UNSET and answer.ticket is not None:
            self._crowd.knows(answer.ticket.id, service)
            self._link.publish(Fate(id=str(uuid.uuid4()), fate="printed", ticket=answer.ticket.id))


def hears(device: str) -> Hears:
    """What the crowd listens to."""
    return ((QueueState, "+"), (DeskState, "+"), (SiteState, ""), (Answer, device))


def build(config: CrowdConfig, loop: Loop) -> CrowdApp:
    """Put the crowd together. Raises CannotStart."""
    clock = make_clock(config.clock)
    site = load_site(Path(config.folder), "9999-12-31")
    desks = {desk.id: (*desk.skills, *desk.backups) for desk in site.desks.values()}
    crowd = Crowd(load_demand(Path(config.folder)), desks, Random(), clock.elapsed())  # noqa: S311  # because it is a game
    stage = Stage(config.stage.address, config.device.id)
    stage.listen(PART, _by_hand(loop.post))
    link = MqttLink(config.bus, config.device.site, config.device.id, hears(config.device.id), loop.post)
    loop.watch(link)
    return CrowdApp(crowd, link, clock, stage, config.priority_group, told=not config.stage.address)


def _by_hand(post: Callable[[object], None]) -> Callable[[dict[str, object]], None]:
    def heard(told: dict[str, object]) -> None:
        desks = told.get("desks")
        if isinstance(desks, list):
            post(ByHand(tuple(str(desk) for desk in desks)))

    return heard


def main(argv: list[str] | None = None) -> int:
    """Run the crowd as the command line says; the exit code."""
    return live(argv, "crowd", CrowdConfig, build)


if __name__ == "__main__":
    sys.exit(main())
