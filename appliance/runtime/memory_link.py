"""A bus and its links inside one process: a whole centre in one test, every misfortune on command.

Rules: what is published is encoded and decoded as on the real bus, so a message that would be refused there is refused
here; delivery is at once and on the publisher's thread unless held.
"""

import uuid
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from appliance.runtime.addresses import Addresses, Hears, filters
from appliance.runtime.hearing import Ear, LinkDown, LinkUp
from appliance.wire import codec
from appliance.wire.messages import Presence


class Packet(NamedTuple):
    """What goes over the bus."""

    topic: str
    payload: bytes
    retain: bool


class MemoryBus:
    """Keeps retained messages, hands out the others; `copies` is how often each message arrives."""

    def __init__(self) -> None:
        self.copies = 1
        self.retained: dict[str, Packet] = {}
        self.log: list[Packet] = []
        self._links: dict[str, MemoryLink] = {}
        self._held: list[Packet] | None = None
        self.running = True

    # -------------------------------------------------------------------------------------------- misfortunes

    def cut(self, device: str) -> None:
        """Pull the cable of `device`: it notices, and its last will is published."""
        link = self._links.pop(device)
        link.lost("cable pulled")
        self.carry(link.will)

    def join(self, link: "MemoryLink") -> None:
        """Put the cable of a link in; a second one with the same device id drives the first out."""
        if not self.running:
            return
        other = self._links.get(link.device)
        if other is not None and other is not link:
            self.cut(link.device)
        self._links[link.device] = link
        link.joined()
        for packet in list(self.retained.values()):
            link.take(packet, kept=True)

    def leave(self, link: "MemoryLink") -> None:
        """A link says goodbye; no last will."""
        self._links.pop(link.device, None)

    def stop(self) -> None:
        """Kill the bus: it forgets everything, all links go down."""
        self.running = False
        self.retained.clear()
        links, self._links = list(self._links.values()), {}
        for link in links:
            link.lost("the bus is gone")

    def restart(self, *links: "MemoryLink") -> None:
        """Start the bus again; `links` find it."""
        self.running = True
        for link in links:
            self.join(link)

    def hold(self) -> None:
        """Keep back what is published from now on."""
        self._held = []

    def release(self, order: Callable[[list[Packet]], list[Packet]] = list) -> None:
        """Deliver what was held, in the order that `order` makes of it; it may also drop or repeat."""
        held, self._held = self._held or [], None
        for packet in order(held):
            self.carry(packet)

    # ----------------------------------------------------------------------------------------------- delivery

    def carry(self, packet: Packet) -> None:
        """Deliver a packet, also one that no link of ours would send."""
        if self._held is not None:
            self._held.append(packet)
            return
        self.log.append(packet)
        if packet.retain:
            self.retained[packet.topic] = packet
            if not packet.payload:
                del self.retained[packet.topic]
        for _ in range(self.copies):
            for link in list(self._links.values()):
                link.take(packet, kept=False)


class MemoryLink:
    """A `Link` over a MemoryBus; built like a MqttLink."""

    def __init__(
        self,
        bus: MemoryBus,
        site: str,
        device: str,
        hears: Hears,
        post: Callable[[object], None],
        new_id: Callable[[], str] = lambda: str(uuid.uuid4()),
    ) -> None:
        self.device = device
        self._bus = bus
        self._post = post
        self._addresses = Addresses(site, device)
        self._filters = [name.split("/") for name in filters(hears, site)]
        self._ear = Ear(site, new_id)
        self.connected = False
        self.alive = False

    @property
    def will(self) -> Packet:
        """What the bus says when we are lost."""
        return self._packet(Presence(state="offline"), "")

    def start(self) -> None:
        """Put the cable in."""
        self.alive = True
        self._bus.join(self)

    def stop(self) -> None:
        """Say offline and leave."""
        self.publish(Presence(state="offline"))
        self.connected = self.alive = False
        self._bus.leave(self)

    def publish(self, message: msgspec.Struct, place: str = "") -> bool:
        """Hand `message` to the bus; dropped (False) while the cable is out. Raises TooLarge."""
        packet = self._packet(message, place)
        if not self.connected:
            return False
        self._bus.carry(packet)
        return True

    def _packet(self, message: msgspec.Struct, place: str) -> Packet:
        topic, _, retain = self._addresses.of(type(message), place)
        return Packet(topic, codec.encode(message), retain)

    # ------------------------------------------------------------------------------------------- for the bus

    def joined(self) -> None:
        """The cable is in."""
        self.connected = True
        self._post(LinkUp())
        self.publish(Presence(state="online"))

    def lost(self, reason: str) -> None:
        """The cable is out."""
        self.connected = False
        self._post(LinkDown(reason))

    def take(self, packet: Packet, kept: bool) -> None:
        """A packet came; ours if one of our subscriptions fits."""
        parts = packet.topic.split("/")
        if any(_fits(pattern, parts) for pattern in self._filters):
            self._post(self._ear.hear(packet.topic, packet.payload, kept and packet.retain))


def _fits(pattern: list[str], topic: list[str]) -> bool:
    return len(pattern) == len(topic) and all(want in ("+", part) for want, part in zip(pattern, topic, strict=True))
