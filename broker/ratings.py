"""One press, one verdict: vote, correction, one too many, or nobody to rate.

Rules: pure; a visit has one vote; the ticket is named only by a voucher under the day's key, which is destroyed at
night.
"""

import hashlib
import hmac

from broker.facts import Rated, RatingOrphan, RatingSuppressed
from broker.lobby import Arming
from broker.model import Desk, Rules

LATENCY_EDGES_S = (2, 5, 15, 60)
"""Upper edges of the latency classes 0 to 3; class 4 is anything longer."""


def voucher(day_key: bytes, ticket: str) -> str:
    """What stands for a ticket in rating facts: HMAC-SHA-256 under the day's key, 32 hex digits."""
    return hmac.digest(day_key, ticket.encode(), hashlib.sha256).hex()[:32]


def latency_class(after_s: float) -> int:
    """The class of the time between "service finished" and the press."""
    return next((index for index, edge in enumerate(LATENCY_EDGES_S) if after_s < edge), len(LATENCY_EDGES_S))


def judge(
    arming: Arming | None, desk: Desk, level: int, pressed: int, hour: int, rules: Rules
) -> Rated | RatingSuppressed | RatingOrphan:
    """The fact that a press of `level` at `desk` makes; `pressed` and the start of its local `hour` in Unix ms."""
    if arming is None or not arming.start <= pressed <= arming.until:
        return RatingOrphan(desk=desk.id, counter=desk.counter, level=level)
    if arming.vote and pressed - arming.voted_at > rules.correct_within_s * 1000:
        return RatingSuppressed(desk=desk.id, counter=desk.counter, level=level)
    return Rated(
        desk=desk.id,
        counter=desk.counter,
        level=level,
        voucher=arming.voucher,
        queue=arming.queue,
        service=arming.service,
        latency=latency_class((pressed - arming.start) / 1000),
        hour=arming.vote_hour if arming.vote else hour,
        replaces=arming.vote,
    )
