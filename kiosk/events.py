"""What can happen at a kiosk, and what it does about it: events in, effects out.

Rules: frozen values only. A touch is an event with a meaning (the view says which target means what); `request` ties an
answer to the touch that asked for it, so a late answer can never print on somebody else's page.
"""

from dataclasses import dataclass, field
from enum import Enum, auto

from appliance.wire.choices import Offer
from appliance.wire.messages import TicketView
from kiosk.offered import Accepted, Offered
from kiosk.shown import Shown


class Outage(Enum):
    """Why no number can be had now, in the order in which it is told."""

    STARTING = auto()
    HUB_AWAY = auto()
    CLOSED = auto()
    PAPER_OUT = auto()
    COVER_OPEN = auto()
    PRINTER_FAULT = auto()


class Sorry(Enum):
    """Why this touch gave no ticket."""

    NO_ANSWER = auto()
    NO_TIME = auto()
    CLOSED = auto()
    REFUSED = auto()
    NOT_PRINTED = auto()
    EARLY = auto()
    NO_APPOINTMENT = auto()
    UNCHECKED = auto()


# ------------------------------------------------------------------------------------------------ what hands do


@dataclass(frozen=True)
class Spoke:
    """A language was chosen."""

    language: str


@dataclass(frozen=True)
class Enlarged:
    """Words twice as large were wished for, or not any more."""

    large: bool


@dataclass(frozen=True)
class Darkened:
    """Bright words on black were wished for, or not any more."""

    dark: bool


@dataclass(frozen=True)
class Looked:
    """The list of fields was opened."""


@dataclass(frozen=True)
class Chose:
    """A field was chosen: the id of a department."""

    field: str


@dataclass(frozen=True)
class Wanted:
    """A service was chosen."""

    service: str


@dataclass(frozen=True)
class Sought:
    """The search for a procedure was opened."""


@dataclass(frozen=True)
class Typed:
    """A letter, or a space, was touched on the keyboard."""

    letter: str


@dataclass(frozen=True)
class Erased:
    """The last letter was taken back, or all of them."""

    everything: bool = False


@dataclass(frozen=True)
class Leafed:
    """The list, or what did not fit, was turned to `page` (from 0)."""

    page: int


@dataclass(frozen=True)
class Picked:
    """A procedure was chosen, and the service that takes it in; "" where none is on offer."""

    procedure: str
    service: str


@dataclass(frozen=True)
class AskedPriority:
    """The list of priority groups was opened."""


@dataclass(frozen=True)
class Declared:
    """A priority group was declared; "" takes it back."""

    group: str


@dataclass(frozen=True)
class Took:
    """ "Give me a number" was touched; `request` is the fresh id of this wish."""

    request: str


@dataclass(frozen=True)
class WentBack:
    """One page back."""


@dataclass(frozen=True)
class WentHome:
    """Back to the start: all done."""


@dataclass(frozen=True)
class Stayed:
    """The screen was touched where nothing is: somebody is still there."""


# ----------------------------------------------------------------------------------------- what the world does


@dataclass(frozen=True)
class Numbered:
    """The hub gave a ticket for `request`."""

    request: str
    ticket: TicketView


@dataclass(frozen=True)
class Held:
    """The card of `request` has an open number of this queue already, or its appointment has one."""

    request: str
    ticket: TicketView


@dataclass(frozen=True)
class Denied:
    """The hub gave none for `request`; of an appointment, its time, and from when on its code gives a number."""

    request: str
    sorry: Sorry
    slot: str = ""
    opens: str = ""


@dataclass(frozen=True)
class Printed:
    """The paper of `ticket` is out, the printer says so."""

    ticket: str


@dataclass(frozen=True)
class Doubtful:
    """Whether the paper of `ticket` is out, nobody knows."""

    ticket: str


@dataclass(frozen=True)
class Unsent:
    """Not one byte of `ticket` reached the printer."""

    ticket: str


@dataclass(frozen=True)
class Blocked:
    """No numbers can be had now."""

    outage: Outage


@dataclass(frozen=True)
class Freed:
    """Numbers can be had again."""


@dataclass(frozen=True)
class Expired:
    """The flow's deadline has come."""


Event = (
    Spoke
    | Enlarged
    | Darkened
    | Looked
    | Chose
    | Wanted
    | Sought
    | Typed
    | Erased
    | Leafed
    | Picked
    | AskedPriority
    | Declared
    | Took
    | Accepted
    | WentBack
    | WentHome
    | Stayed
    | Shown
    | Numbered
    | Held
    | Offered
    | Denied
    | Printed
    | Doubtful
    | Unsent
    | Blocked
    | Freed
    | Expired
)


# ---------------------------------------------------------------------------------------- what is done about it


@dataclass(frozen=True)
class Ask:
    """Journal the wish and send it to the hub."""

    request: str
    service: str
    group: str
    language: str
    card: str = field(default="", repr=False)
    accept: Offer | None = None
    appointment: str = field(default="", repr=False)


@dataclass(frozen=True)
class Withdraw:
    """Take back a wish that got no answer."""

    request: str


@dataclass(frozen=True)
class Print:
    """Journal that printing begins, then print."""

    ticket: TicketView


@dataclass(frozen=True)
class GiveUp:
    """The printing thread never told what became of `ticket`: it is doubtful for ever."""

    ticket: str


Effect = Ask | Withdraw | Print | GiveUp
