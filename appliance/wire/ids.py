"""Names of things as they travel: what may stand in a topic or a payload.

Rules: an id that fits its pattern can never carry an MQTT wildcard, a slash, a path or a line end; checked once, at the
border. Patterns hold in Python and in JSON Schema alike, hence `$(?!\\n)`: Python's `$` alone lets a line end pass.
"""

from typing import Annotated

import msgspec

DEVICE_PATTERN = r"^[a-z][a-z0-9-]{1,31}$(?!\n)"
CODE_PATTERN = r"^[a-z0-9][a-z0-9-]{0,31}$(?!\n)"
UUID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$(?!\n)"

DeviceId = Annotated[str, msgspec.Meta(pattern=DEVICE_PATTERN, description="a device, such as kiosk-1 or rating-q01a")]
SiteId = Annotated[str, msgspec.Meta(pattern=CODE_PATTERN, description="a centre, such as ca-mau")]
DeskId = Annotated[str, msgspec.Meta(pattern=CODE_PATTERN, description="a clerk's seat, such as q01a")]
CounterId = Annotated[str, msgspec.Meta(pattern=CODE_PATTERN, description="a numbered place, such as q01")]
QueueId = Annotated[str, msgspec.Meta(pattern=CODE_PATTERN, description="one number series, such as a")]
ServiceId = Annotated[str, msgspec.Meta(pattern=CODE_PATTERN, description="what a citizen asks for, such as tnmt-nop")]
GroupId = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_][a-z0-9_-]{0,63}$(?!\n)", description="a priority group")]
RequestId = Annotated[
    str, msgspec.Meta(pattern=UUID_PATTERN, description="a UUID in lower case; the same id again gets the same answer")
]
TicketId = Annotated[
    str, msgspec.Meta(pattern=UUID_PATTERN, description="a visit: the id of the request that issued it")
]
Showing = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$(?!\n)",
        description='the visit that is shown to who presses, "" for nobody',
    ),
]
CallSeq = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1, description="a call of the desk's state, 0 for none")]
Epoch = Annotated[
    str, msgspec.Meta(pattern=UUID_PATTERN, description="a device's journal: made when the journal file is created")
]
Sequence = Annotated[
    int, msgspec.Meta(ge=1, le=2**53 - 1, description="place of an event in its journal, from 1, without holes")
]
CardToken = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$(?!\n)", description="a citizen's card for one day: 16 bytes of its HMAC")
]
AppointmentToken = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$(?!\n)", description="an appointment: 16 bytes of its code's SHA-256")
]
DayKey = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$(?!\n)", description="the day's key, 32 bytes")]
Level = Annotated[int, msgspec.Meta(ge=1, le=5, description="1 is best")]
ReasonId = Annotated[
    str, msgspec.Meta(pattern=CODE_PATTERN, description="what could have been better, such as cho-lau")
]
QuestionId = Annotated[str, msgspec.Meta(pattern=CODE_PATTERN, description="a question of yes or no, such as dung-hen")]
Language = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2}$(?!\n)", description="vi, en or km")]
Instant = Annotated[
    str,
    msgspec.Meta(
        pattern=(
            r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
            r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
            r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$(?!\n)"
        ),
        description="RFC 3339 with offset, such as 2026-11-23T07:42:00+07:00",
    ),
]
