"""What stands inside messages that go up.

Rules: strict, as what goes up is.
"""

from typing import Annotated

import msgspec
from msgspec import UNSET, Struct, UnsetType

from appliance.wire.choices import Reason
from appliance.wire.ids import CallSeq, DeskId, Instant, QuestionId, QueueId, ReasonId, Showing, TicketId

Reasons = Annotated[tuple[ReasonId, ...], msgspec.Meta(max_length=3)]
Answers = Annotated[dict[QuestionId, bool], msgspec.Meta(max_length=3)]


class ActionArgs(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """transfer: `to_queue` or `to_desk`; take: `ticket` and `reason`; pause: `reason`; no_show, park...: nothing.

    `showing`: the visit that stood at the desk before the eyes of who pressed, "" for nobody. Where the desk has
    another one by then, the press means something else and is refused. Keys that show nothing leave it out.
    `call_seq`: that of the desk's state then; a recall of a call that another one has followed is refused.
    A transfer back to where the visit has been needs `reason` too.
    """

    to_queue: QueueId | UnsetType = UNSET
    to_desk: DeskId | UnsetType = UNSET
    ticket: TicketId | UnsetType = UNSET
    reason: Reason = ""
    showing: Showing | UnsetType = UNSET
    call_seq: CallSeq | UnsetType = UNSET


class Given(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """What a request was answered with, which stands on paper: a hub whose data is an older copy gives it again."""

    number: Annotated[str, msgspec.Meta(max_length=16)]
    code: Annotated[str, msgspec.Meta(max_length=32)] = ""
    due: Instant | UnsetType = UNSET
    appointment: Instant | UnsetType = UNSET


LONGEST_MS = 86_400_000


class Opening(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """Which opening of a rating terminal a press answers: the `armed_until` it heard, and how much was left then.

    `press` is 1 for the vote, 2 and more for corrections, each within 5 s of the one before; 0 for one too many. So it
    is the same in whatever order presses arrive, and whatever the terminal's clock says.
    """

    until: Instant
    left_ms: Annotated[int, msgspec.Meta(ge=0, le=LONGEST_MS)]
    press: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 1
