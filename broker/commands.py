"""What can be asked of the hub, whichever door it came through.

Rules: the message is the wire's own struct, so that bus and HTTP say the same; who asks stands beside it.
"""

import msgspec
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from appliance.wire.choices import ErrorCode
from appliance.wire.messages import DeskAction, Fate, Rating, TicketRequest
from appliance.wire.reprints import ReprintFate
from broker.appointment_model import BookAppointments
from broker.visit_commands import VisitMessage


class SetNotice(Struct, frozen=True, kw_only=True):
    """Change the notice on the boards."""

    id: str
    text: str


class PhoneVote(Struct, frozen=True, kw_only=True):
    """A citizen rates his visit `ticket` on his own phone; `reasons` and `answers` as in the wire's `Rating`."""

    id: str
    ticket: str
    level: int
    reasons: tuple[str, ...] = ()
    answers: dict[str, bool] = {}


class NoteCase(Struct, frozen=True, kw_only=True):
    """Write to a case of the integrity tests what was found out."""

    id: str
    case: str
    note: str


class OrderDelivery(Struct, frozen=True, kw_only=True):
    """Results of so many dossiers are to be brought home to `zone`."""

    id: str
    zone: str
    dossiers: int


class TakeFee(Struct, frozen=True, kw_only=True):
    """A fee was paid."""

    id: str
    amount_vnd: int


class MakeRound(Struct, frozen=True, kw_only=True):
    """The courier went on `round` with so many dossiers."""

    id: str
    round: str
    dossiers: int


class FileComplaint(Struct, frozen=True, kw_only=True):
    """A citizen complains of what happened at the desk `about` from `start` to `end` (ms)."""

    id: str
    about: str
    start: int
    end: int


class Strike(Struct, frozen=True, kw_only=True):
    """The line of the register that the command `line` wrote today was a mistake."""

    id: str
    line: str


RegisterMessage = OrderDelivery | TakeFee | MakeRound | FileComplaint | Strike


class Unreadable(Struct, frozen=True, kw_only=True):
    """Something came that cannot be read: it is kept with its reason, and its place in a journal is passed over."""

    id: str
    source: str
    code: ErrorCode
    detail: str
    payload: bytes
    epoch: str | UnsetType = UNSET
    seq: int | UnsetType = UNSET


class Provide(Struct, frozen=True, kw_only=True):
    """A kiosk whose journal is `epoch` is there: see that it has numbers for an emergency."""

    id: str
    epoch: str


FromDevice = TicketRequest | Fate | DeskAction | Rating | ReprintFate
Message = (
    FromDevice
    | PhoneVote
    | SetNotice
    | NoteCase
    | Provide
    | BookAppointments
    | RegisterMessage
    | VisitMessage
    | Unreadable
)


class Command(Struct, frozen=True, kw_only=True):
    """One message with who said it: `device` on the bus, `actor` for the log (`device:kiosk-1`, `user:cb01`, `system`).

    `code` is a fresh random code for a ticket that may be issued, made by the edge because the core has no randomness.
    `desk` is the desk a rating device is bound to. `admitted`: a device may do this at this desk; where it may not, the
    hub says so, and a journal goes on.
    """

    message: Message
    actor: str
    device: str = ""
    code: str = ""
    desk: str = ""
    admitted: bool = True


NO_RULE = "no rule could carry it out"
"""Why something is kept aside that could be read."""


def set_aside(command: Command) -> Command:
    """What keeps aside a `command` that no rule could carry out, and passes over its place in the journal."""
    message = command.message
    kept = Unreadable(
        id=message.id,
        source=command.device or command.actor,
        code="malformed",
        detail=NO_RULE,
        payload=msgspec.json.encode(message),
        epoch=getattr(message, "epoch", UNSET),
        seq=getattr(message, "seq", UNSET),
    )
    return replace(command, message=kept)
