"""How far the calls of a visit have come that may not stand at the desk yet.

Rules: pure; nobody is marked as a no-show but by a clerk: what is due is said, never done.
"""

from msgspec import Struct

from broker.lobby import Ticket
from broker.model import Rules


class Calling(Struct, frozen=True, kw_only=True):
    """The `times`-th of usually `of` calls; again from `again_at` on; nobody came by `missed_at` (Unix ms, 0: not yet).

    Said until `until`: who has not been called again by then is taken to be served.
    """

    times: int
    of: int
    again_at: int
    missed_at: int
    until: int


def calling(rules: Rules, ticket: Ticket, since: int, now: int) -> Calling | None:
    """The calls of `ticket`, first called to its desk at `since`; None where it must be there by `now`."""
    until = ticket.called_at + rules.no_show_after_s * 1000
    if now >= until:
        return None
    after_gap = ticket.called_at + rules.recall_gap_s * 1000
    enough = ticket.times >= rules.recall_times
    return Calling(
        times=ticket.times,
        of=rules.recall_times,
        again_at=0 if enough else after_gap,
        missed_at=max(since + rules.no_show_after_s * 1000, after_gap) if enough else 0,
        until=until,
    )
