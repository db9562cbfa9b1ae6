"""Numbers on tickets.

Rules: one series per queue and day, from 1, without holes but for the emergency blocks, which it steps over; past 999
it grows to four digits; it never wraps.
"""

from broker.leases import after_blocks
from broker.lobby import Lobby


def next_number(lobby: Lobby, queue: str) -> int:
    """The number the next visit of `queue` gets today."""
    return after_blocks(lobby, queue, lobby.next_n.get(queue, 1))


def label(prefix: str, n: int) -> str:
    """What stands on the ticket: the prefix and at least three digits, such as A001 or A1000."""
    return f"{prefix}{n:03d}"
