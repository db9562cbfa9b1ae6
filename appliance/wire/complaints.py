"""What the hub says when a citizen files a complaint: where and when, nothing else.

A camera system may hear it and keep its pictures of that desk and time longer; goiso itself never touches a camera.
Only a filed complaint says so, a rating never does. Rules: pure.
"""

from appliance.wire.ids import CounterId, DeskId, Instant
from appliance.wire.messages import Down


class ComplaintFiled(Down, frozen=True):
    """A citizen complained of what happened at `desk` from `start` to `end`; `id` is the complaint's own."""

    id: str
    desk: DeskId
    counter: CounterId
    start: Instant
    end: Instant
