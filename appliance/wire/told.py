"""What stands inside messages that come down, and inside a device's health.

Rules: tolerant, as what comes down is.
"""

from msgspec import Struct

from appliance.wire.choices import PartState
from appliance.wire.ids import CounterId, DeskId, Instant, Language, TicketId


class Words(Struct, kw_only=True, frozen=True):
    """One sentence for people, in Vietnamese and English."""

    vi: str
    en: str


class Call(Struct, kw_only=True, frozen=True):
    """One number called to one counter; `times` grows with each recall. `seq` names the call for ever."""

    seq: int
    ticket: TicketId
    number: str
    desk: DeskId
    counter: CounterId
    label: str
    lang: Language
    at: Instant
    times: int


class Parked(Struct, kw_only=True, frozen=True):
    """A visit that a desk has set aside and will call again."""

    ticket: TicketId
    number: str


CALLS_LISTED = 16
"""As many calls as fit in one message of 4 KiB."""


class Part(Struct, kw_only=True, frozen=True):
    """One part of a device: ready, degraded or fault, and why."""

    state: PartState
    reason: str = ""
