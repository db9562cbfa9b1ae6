"""The closed sets of words in messages: what a field may say, and nothing else. Pure."""

from typing import Annotated, Literal

import msgspec

ClockQuality = Literal["synced", "holdover", "unset"]
Version = Literal[1]
Reason = Annotated[str, msgspec.Meta(max_length=200)]

Action = Literal[
    "open", "close", "pause", "resume", "next", "recall", "no_show", "finish", "park", "transfer", "take", "undo"
]
FateKind = Literal["printing", "printed", "uncertain", "void", "withdrawn"]
ErrorCode = Literal[
    "malformed",
    "unknown_service",
    "unknown_desk",
    "unknown_ticket",
    "unknown_appointment",
    "too_early",
    "wrong_state",
    "closed",
    "forbidden",
    "rate_limited",
    "too_large",
]
TicketStatus = Literal["waiting", "called", "parked", "no_show", "served", "void", "stranded", "cancelled"]
DeskStatus = Literal["closed", "open", "paused"]
DeskPhase = Literal["calling", "serving"]
RatingResult = Literal["accepted", "corrected", "suppressed", "orphan", "late"]
Offer = Literal["afternoon", "anyway"]  # first after the break; or now all the same, though there may be no time left
PartState = Literal["ready", "degraded", "fault"]
