"""What happens to kiosks' places and emergency blocks, into state; a part of `broker.apply`, with its rules.

Rules: pure; never refuses.
"""

from typing import get_args

from msgspec.structs import replace

from broker.facts import Entry
from broker.lease_facts import KioskKnown, LeaseGranted, LeaseLost, LeaseReturned
from broker.lobby import Kiosk, Lease, Lobby

OfLease = KioskKnown | LeaseGranted | LeaseLost | LeaseReturned
LEASES: tuple[type, ...] = get_args(OfLease)


def apply_lease(lobby: Lobby, fact: OfLease, entry: Entry) -> None:
    """Let it happen."""
    match fact:
        case KioskKnown():
            know(lobby, fact)
        case LeaseGranted():
            _grant(lobby, fact, entry.at)
        case LeaseLost():
            lobby.leases[fact.lease] = replace(lobby.leases[fact.lease], lost=True)
        case LeaseReturned():
            pass  # the day is over: the next one begins without blocks


def know(lobby: Lobby, fact: KioskKnown) -> None:
    """A kiosk's place holds beyond the day: it is also told to a lobby that begins anew."""
    lobby.kiosks[fact.device] = Kiosk(fact.place, fact.epoch)


def use(lobby: Lobby, lease: str, n: int) -> None:
    """A number of a block was given."""
    lobby.leased[lease].add(n)
    lobby.leases[lease] = replace(lobby.leases[lease], used=lobby.leases[lease].used + 1)


def _grant(lobby: Lobby, fact: LeaseGranted, at: int) -> None:
    lobby.leased[fact.lease] = set()
    lobby.leases[fact.lease] = Lease(
        id=fact.lease,
        device=fact.device,
        epoch=fact.epoch,
        queue=fact.queue,
        first=fact.first,
        last=fact.last,
        granted_at=at,
    )
