"""What citizens can show to the scanner, as events of the flow.

Rules: frozen values only; of a card there is the group of its age and the day's token, of an appointment its token,
nothing else.
"""

from dataclasses import dataclass, field
from enum import Enum, auto


class Remark(Enum):
    """What a page says of the code that was shown last."""

    CARD = auto()
    UNKNOWN = auto()
    APPOINTMENT = auto()
    ELSEWHERE = auto()


@dataclass(frozen=True)
class ShowedCard:
    """A citizen's card: the priority group of its age, "" for none, and its token, "" while there is no key."""

    group: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class ShowedReceipt:
    """The receipt of a dossier: its department, and the service that hands out results."""

    field: str
    service: str


@dataclass(frozen=True)
class ShowedAppointment:
    """The code of an appointment, as its token; `request` is the fresh id of the wish that this is."""

    token: str = field(repr=False)
    request: str = ""


@dataclass(frozen=True)
class Puzzled:
    """A code that leads nowhere here, and why."""

    remark: Remark


Shown = ShowedCard | ShowedReceipt | ShowedAppointment | Puzzled
