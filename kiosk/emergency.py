"""The numbers this kiosk may give out by itself while the hub is silent.

Rules: a block is on disk before it counts; a number is used up in the same commit that says so to the hub; a block is
good for the journal that it came to, until its time is over: by the clock that never jumps while the machine runs, and
after another start of it by the wall clock, where that could be trusted both times. What day it is, the block says. A
hub of an older generation is not listened to.
"""

import logging

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from appliance.runtime.clock import Clock
from appliance.runtime.outbox import NotKept, Outbox
from appliance.wire.messages import LeaseGrant

logger = logging.getLogger(__name__)

KEY = "blocks"
"""Where the journal remembers them."""


class Block(Struct, frozen=True, kw_only=True):
    """A granted block: `next` is its first unused number; `until` counts on the clock that never jumps (s).

    `since` and `ends` are the same on the wall clock (Unix s), 0 where that could not be trusted.
    """

    lease: str
    queue: str
    day: str
    last: int
    next: int
    gen: int
    epoch: str
    boot: str
    until: float
    since: float = 0.0
    ends: float = 0.0


class Blocks:
    """All blocks in `outbox`. `boot` names this run of the machine, since its seconds begin anew with every run."""

    def __init__(self, outbox: Outbox, clock: Clock, boot: str) -> None:
        self._outbox = outbox
        self._clock = clock
        self._boot = boot
        kept = msgspec.json.decode(outbox.recall(KEY) or "[]", type=list[Block])
        self._blocks = {block.lease: block for block in kept}

    @property
    def gen(self) -> int:
        """The highest generation of a hub that granted one."""
        return max((block.gen for block in self._blocks.values()), default=0)

    def hear(self, grant: LeaseGrant) -> None:
        """A block was granted, or its time is told again."""
        blocks = self._blocks.values()
        if grant.gen < self.gen:
            logger.warning("block %s comes from a hub that was replaced; ignored", grant.lease)
            return
        same = [block for block in blocks if (block.day, block.queue) == (grant.day, grant.queue)]
        used = [block.next for block in same if grant.first <= block.next <= grant.last + 1]
        wall = self._wall()
        block = Block(
            lease=grant.lease,
            queue=grant.queue,
            day=grant.day,
            last=grant.last,
            next=max((grant.first, *used)),
            gen=grant.gen,
            epoch=self._outbox.epoch,
            boot=self._boot,
            until=self._clock.elapsed() + grant.valid_s,
            since=wall,
            ends=wall + grant.valid_s if wall else 0.0,
        )
        held = {lease: block for lease, block in self._blocks.items() if block.day >= grant.day} | {grant.lease: block}
        try:
            self._outbox.remember(KEY, _encode(held))
        except NotKept as error:
            logger.error("the journal did not take block %s: %s", grant.lease, error)
            return
        self._blocks = held

    def usable(self, queue: str = "") -> list[Block]:
        """The blocks with a number left for now, of one queue or of all, the lowest first."""
        good = (block for block in self._blocks.values() if block.next <= block.last and self._is_good(block))
        return sorted((block for block in good if queue in ("", block.queue)), key=lambda block: block.next)

    def held(self) -> tuple[str, ...]:
        """The leases that need not be told again, used up or not."""
        return tuple(
            block.lease for block in self._blocks.values() if block.boot == self._boot and self._is_good(block)
        )

    def _is_good(self, block: Block) -> bool:
        if block.epoch != self._outbox.epoch:
            return False
        if block.boot == self._boot:
            return self._clock.elapsed() < block.until
        return 0 < block.since <= self._wall() < block.ends

    def _wall(self) -> float:
        return self._clock.now() if self._clock.quality() == "synced" else 0.0

    def without(self, block: Block) -> str:
        """What is to be remembered under `KEY` once the next number of `block` is used."""
        return _encode({**self._blocks, block.lease: replace(block, next=block.next + 1)})

    def used(self, block: Block) -> None:
        """The next number of `block` is used, and that is on disk."""
        self._blocks[block.lease] = replace(block, next=block.next + 1)


def _encode(blocks: dict[str, Block]) -> str:
    return msgspec.json.encode(list(blocks.values())).decode()
