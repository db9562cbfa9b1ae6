"""Emergency blocks: the numbers a kiosk may give out by itself while the hub is silent.

Rules: pure. Every block of a queue starts at FIRST plus a multiple of SIZE, and the multiple is one that only this
kiosk (its place) and this turn of the day have, so that no two blocks ever share a number. A block is granted once; a
kiosk that begins a new journal loses the old one; the hub steps over every block that was granted.
"""

import hashlib
from collections.abc import Iterator

from broker import facts as f
from broker.lease_facts import KioskKnown, LeaseGranted, LeaseLost, LeaseReturned
from broker.lobby import Lease, Lobby

FIRST = 9001
SIZE = 100
PLACES = 20
"""Kiosks of one centre that get blocks; their first ones fill 9001 to 11000, the second ones follow, and so on."""
SPARE = 30
"""With no more than this left of a queue, a kiosk gets its next block."""
LAST = 999_999
"""The highest number that can be reported."""


def block(place: int, turn: int) -> tuple[int, int]:
    """First and last number of the block number `turn` (from 0) of the kiosk at `place` (0 to PLACES - 1)."""
    first = FIRST + SIZE * (PLACES * turn + place)
    return first, first + SIZE - 1


def open_leases(lobby: Lobby, device: str, queue: str = "") -> list[Lease]:
    """What `device` may use today, of one queue or of all."""
    return [
        lease
        for lease in lobby.leases.values()
        if lease.device == device and not lease.lost and queue in ("", lease.queue)
    ]


def after_blocks(lobby: Lobby, queue: str, n: int) -> int:
    """`n`, or the first number behind the blocks that it would fall into."""
    if n < FIRST:
        return n
    for first, last in sorted((lease.first, lease.last) for lease in lobby.leases.values() if lease.queue == queue):
        if first <= n <= last:
            n = last + 1
    return n


def provide(lobby: Lobby, device: str, epoch: str) -> Iterator[f.AnyFact]:
    """What gives the kiosk `device`, whose journal is `epoch`, enough numbers of every queue for an emergency."""
    kiosk = lobby.kiosks.get(device)
    place = len(lobby.kiosks) if kiosk is None else kiosk.place
    if kiosk is None or kiosk.epoch != epoch:
        yield KioskKnown(device=device, place=place, epoch=epoch)
    kept = []
    for lease in open_leases(lobby, device):
        if lease.epoch == epoch:
            kept.append(lease)
        else:
            yield LeaseLost(lease=lease.id, queue=lease.queue, used=lease.used, left=lease.left)
    for queue in lobby.site.queues:
        if sum(lease.left for lease in kept if lease.queue == queue) <= SPARE:
            yield from grant(lobby, device, epoch, queue, place)


def top_up(lobby: Lobby, lease: Lease) -> Iterator[f.AnyFact]:
    """The next block, where one more number of `lease` leaves its kiosk with too few."""
    left = sum(held.left for held in open_leases(lobby, lease.device, lease.queue)) - 1
    if left <= SPARE:
        yield from grant(lobby, lease.device, lease.epoch, lease.queue, lobby.kiosks[lease.device].place)


def grant(lobby: Lobby, device: str, epoch: str, queue: str, place: int) -> Iterator[f.AnyFact]:
    """The next block of a kiosk and queue that nobody has had today; nothing where there is none."""
    if place >= PLACES:
        return
    had = [lease.first for lease in lobby.leases.values() if lease.queue == queue and lease.device == device]
    turn = 1 + (max(had) - FIRST) // (SIZE * PLACES) if had else 0
    while block(place, turn)[0] < lobby.next_n.get(queue, 1):
        turn += 1
    first, last = block(place, turn)
    if last <= LAST:
        name = _name(lobby.site.id, lobby.day, queue, device, epoch, str(first))
        yield LeaseGranted(lease=name, device=device, epoch=epoch, queue=queue, first=first, last=last)


def returned(lobby: Lobby) -> Iterator[f.AnyFact]:
    """What is left of the blocks when the day ends."""
    for lease in lobby.leases.values():
        if not lease.lost:
            yield LeaseReturned(lease=lease.id, queue=lease.queue, used=lease.used, left=lease.left)


def _name(*parts: str) -> str:
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32]))
