"""Emergency blocks on the bus: which kiosk is told what.

Rules: a device is a kiosk when its health names a printer; what it says it holds is not told again, everything else is,
once at each of its births; nothing leaves before it is durable.
"""

import uuid
from collections.abc import Callable
from functools import partial

from msgspec import UNSET

from appliance.wire.messages import LeaseGrant
from broker import facts as f
from broker.commands import Command, Provide
from broker.devices import PRINTER, Device, Devices
from broker.hub import Hub
from broker.lease_facts import LeaseGranted
from broker.leases import open_leases
from broker.lobby import Lease, Lobby

Say = Callable[[LeaseGrant, str], None]


class LeaseDoor:
    """Between the devices and the hub's blocks; `say` sends one to a device."""

    def __init__(self, hub: Hub, devices: Devices, say: Say) -> None:
        self._hub = hub
        self._devices = devices
        self._say = say
        self._told: dict[str, set[str]] = {}
        hub.listen_to_facts(self._happened)

    def came(self, device: str, again: bool) -> None:
        """A device was born, or is gone: whatever it was told may be lost. Never waits.

        `again`: it was there before, so that the health we know is of its last life and the next is on its way.
        """
        self._hub.peek(lambda *_: self._told.update({device: set()}))
        if not again:
            self.heard(device)

    def heard(self, device: str) -> None:
        """A device said how it is. Never waits."""
        row = self._devices.get(device)
        if row is not None:
            self._provide(row)

    def _provide(self, row: Device) -> None:
        health = row.health
        if not row.online or health is None or PRINTER not in health.parts or health.epoch is UNSET:
            return
        message = Provide(id=str(uuid.uuid4()), epoch=health.epoch)
        self._hub.submit(Command(message=message, actor=f"device:{row.id}", device=row.id), lambda _: None)
        self._hub.peek(lambda lobby, now: self._give(lobby, now, row.id, health.leases))

    def _give(self, lobby: Lobby, now: int, device: str, held: tuple[str, ...]) -> None:
        told = self._told.setdefault(device, set())
        for lease in open_leases(lobby, device):
            if lease.id not in held and lease.id not in told:
                self._say(self._grant(lobby, lease, now), device)
                told.add(lease.id)

    def _grant(self, lobby: Lobby, lease: Lease, now: int) -> LeaseGrant:
        return LeaseGrant(
            gen=self._hub.generation,
            lease=lease.id,
            queue=lease.queue,
            day=lobby.day,
            first=lease.first,
            last=lease.last,
            valid_s=max(0, lobby.calendar.day_end(lobby.day) - now) // 1000,
        )

    def _happened(self, entries: list[f.Entry]) -> None:
        granted = [
            (fact, any(isinstance(other, f.Issued) for other in entry.facts))
            for entry in entries
            for fact in entry.facts
            if isinstance(fact, LeaseGranted)
        ]
        for fact, is_top_up in granted:
            if is_top_up:
                self._hub.peek(partial(self._top_up, fact))
        if any(isinstance(fact, f.DayOpened) for entry in entries for fact in entry.facts):
            served = {fact.device for fact, _ in granted}
            for row in self._devices.all():
                if row.id not in served:
                    self._provide(row)

    def _top_up(self, fact: LeaseGranted, lobby: Lobby, now: int) -> None:
        if fact.lease in lobby.leases:
            self._say(self._grant(lobby, lobby.leases[fact.lease], now), fact.device)
