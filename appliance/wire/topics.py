"""The one table of topics: what is said where, by whom, how surely, and whether the bus keeps it.

Rules: `TABLE` is the only place with a topic string; a message knows its topic by its type, so a wrong pair cannot be
sent; `docs/mqtt.md` is generated from here.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from appliance.wire import messages as m
from appliance.wire.cards import CardKey
from appliance.wire.complaints import ComplaintFiled
from appliance.wire.reprints import Reprint, ReprintFate

ROOT = "goiso/v1"
Writer = Literal["device", "hub"]


@dataclass(frozen=True)
class Topic:
    """One row: `pattern` below the site's root with at most one {place}, the struct it carries and how it is sent."""

    pattern: str
    type: type
    writer: Writer
    retain: bool
    purpose: str
    qos: int = 1

    @cached_property
    def place(self) -> str:
        """What the pattern's placeholder names: device, desk, queue, or nothing."""
        found = re.search(r"{(\w+)}", self.pattern)
        return found.group(1) if found else ""

    def at(self, site: str, place: str = "") -> str:
        """The full topic at `site` for the device, desk or queue `place`; "+" makes it the subscription to all."""
        return f"{ROOT}/{site}/{self.below(place)}"

    def below(self, place: str = "") -> str:
        """The topic below the site's root, as the web's event stream names it too."""
        return self.pattern.replace("{" + self.place + "}", place)


TABLE: tuple[Topic, ...] = (
    Topic("up/{device}/ticket", m.TicketRequest, "device", False, "a kiosk asks for a number"),
    Topic("up/{device}/fate", m.Fate, "device", False, "what became of a ticket's paper"),
    Topic("up/{device}/desk", m.DeskAction, "device", False, "a key at a desk"),
    Topic("up/{device}/rating", m.Rating, "device", False, "a press on a rating button; a bare digit will do"),
    Topic("up/{device}/reprint", ReprintFate, "device", False, "what became of a paper that reception asked for"),
    Topic("down/{device}/answer", m.Answer, "hub", False, "the answer to one request"),
    Topic("down/{device}/ack", m.Ack, "hub", False, "how much of a journal is on the hub's disk"),
    Topic("down/{device}/lease", m.LeaseGrant, "hub", False, "an emergency block of numbers"),
    Topic("down/{device}/key", CardKey, "hub", False, "the key of the day's card tokens, to a device with a scanner"),
    Topic("down/{device}/reprint", Reprint, "hub", False, "a kiosk is to print a ticket's paper once more"),
    Topic("state/site", m.SiteState, "hub", True, "open or closed, what is offered"),
    Topic("state/queue/{queue}", m.QueueState, "hub", True, "how many wait, how long"),
    Topic("state/desk/{desk}", m.DeskState, "hub", True, "what a desk does, whether its terminal is armed"),
    Topic("state/calls", m.CallsState, "hub", True, "the calls that are still good"),
    Topic("state/hub", m.HubBeat, "hub", True, "the heartbeat, every 2 s"),
    Topic("event/complaint", ComplaintFiled, "hub", False, "a citizen filed a complaint: which desk, and when"),
    Topic("presence/{device}", m.Presence, "device", True, "online, or offline by last will"),
    Topic("health/{device}", m.Health, "device", True, "the parts of a device and how they are"),
)

BY_TYPE: dict[type, Topic] = {row.type: row for row in TABLE}
_BY_SHAPE: dict[tuple[str, ...], Topic] = {
    tuple("+" if part.startswith("{") else part for part in row.pattern.split("/")): row for row in TABLE
}


def parse(topic: str) -> tuple[str, Topic, str]:
    """Site, table row and place (device, desk or queue; "" where there is none) of a full topic.

    Raises LookupError when the topic is not in the table.
    """
    prefix = ROOT + "/"
    if not topic.startswith(prefix):
        raise LookupError(topic)
    site, *rest = topic[len(prefix) :].split("/")
    exact = _BY_SHAPE.get(tuple(rest))
    if exact is not None and not exact.place:
        return site, exact, ""
    for index in range(len(rest) - 1, 0, -1):
        row = _BY_SHAPE.get((*rest[:index], "+", *rest[index + 1 :]))
        if row is not None:
            return site, row, rest[index]
    raise LookupError(topic)
