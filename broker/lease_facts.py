"""What happened to emergency blocks: the facts of `broker.leases`, part of the log's one list in `broker.facts`.

Rules: pure; as for all facts.
"""

from broker.fact import Fact


class KioskKnown(Fact, frozen=True, tag="kiosk_known"):
    """A kiosk has its place among the kiosks for ever; its journal is `epoch` from now on."""

    device: str
    place: int
    epoch: str


class LeaseGranted(Fact, frozen=True, tag="lease_granted"):
    """Today a kiosk may give out the numbers `first` to `last` of a queue by itself while the hub is silent."""

    lease: str
    device: str
    epoch: str
    queue: str
    first: int
    last: int


class LeaseEnded(Fact, frozen=True, kw_only=True):
    """A block ended: `used` of its numbers were issued, `left` never were."""

    lease: str
    queue: str
    used: int
    left: int


class LeaseLost(LeaseEnded, frozen=True, tag="lease_lost"):
    """The kiosk began a new journal: nobody knows what the old one did with the rest, so nobody gets it again."""


class LeaseReturned(LeaseEnded, frozen=True, tag="lease_returned"):
    """The day is over."""
