"""A ticket without the hub: the same paper, its number from this kiosk's own block.

Rules: the number, that it was used and that printing begins are one commit, before the first byte; how many wait
nobody knows, so the ticket does not say; a ticket without a code has no page on the phone yet.
"""

from msgspec import UNSET

from appliance.wire.messages import Fate, LeaseGrant, TicketView
from appliance.wire.site import QueueWords
from kiosk.catalogue import Catalogue
from kiosk.emergency import KEY, Blocks
from kiosk.events import Ask
from kiosk.journal import Journal


class Alone:
    """Issues from `blocks` into `journal`."""

    def __init__(self, blocks: Blocks, journal: Journal) -> None:
        self._blocks = blocks
        self._journal = journal

    def hear(self, grant: LeaseGrant) -> None:
        """The hub granted a block."""
        self._blocks.hear(grant)

    @property
    def held(self) -> tuple[str, ...]:
        """The leases in hand."""
        return self._blocks.held()

    @property
    def can(self) -> bool:
        """Whether there is a number for anybody."""
        return bool(self._blocks.usable())

    def issue(self, wish: Ask, catalogue: Catalogue, asked: bool) -> TicketView | None:
        """A ticket for `wish`, or None where no number is left. `asked`: the hub was asked before, in vain.

        The wish is withdrawn then. When this returns, the ticket may be printed. Raises NotKept: nothing happened.
        """
        service = catalogue.service(wish.service)
        queue = next((queue for queue in catalogue.site.queues if service and queue.id == service.queue), None)
        blocks = self._blocks.usable(queue.id) if queue else []
        if queue is None or not blocks:
            return None
        block = blocks[0]
        fate = Fate(
            id=self._journal.new_id(),
            at=self._journal.now(),
            fate="printing",
            ticket=self._journal.new_id(),
            lease=block.lease,
            n=block.next,
            service=wish.service,
            priority=wish.group or UNSET,
            lang=wish.language,
        )
        self._journal.issue(fate, wish.request if asked else "", (KEY, self._blocks.without(block)))
        self._blocks.used(block)
        return _view(fate, queue, block.next)


def _view(fate: Fate, queue: QueueWords, n: int) -> TicketView:
    return TicketView(
        id=fate.ticket or "",
        number=f"{queue.prefix}{n:03d}",
        queue=queue.id,
        service=fate.service or "",
        status="waiting",
        issued_at=fate.at or "",
        ahead=0,
        wait=None,
        counters=queue.counters,
        code="",
    )
