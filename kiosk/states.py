"""Where a citizen is between the first touch and the paper, and what was chosen so far.

Rules: pure, frozen values.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from appliance.wire.choices import Offer
from appliance.wire.messages import TicketView
from kiosk.events import Effect, Outage, Sorry
from kiosk.shown import Remark


class State(Enum):
    """The page that is shown."""

    START = auto()
    FIELDS = auto()
    SERVICES = auto()
    SEARCH = auto()
    PROCEDURE = auto()
    PRIORITY = auto()
    REVIEW = auto()
    OFFER = auto()
    ASKING = auto()
    PRINTING = auto()
    TAKE = auto()
    HELD = auto()
    DOUBT = auto()
    SORRY = auto()
    OUT = auto()


@dataclass(frozen=True)
class Times:
    """How long a page waits for hands, the hub or the printer, in seconds."""

    browse_s: float = 45.0
    answer_s: float = 1.5
    print_s: float = 30.0
    take_s: float = 10.0
    doubt_s: float = 45.0
    sorry_s: float = 20.0


@dataclass(frozen=True)
class Flow:
    """Where the citizen is and what was chosen so far. `deadline` None: nothing to go back from.

    `trail` holds the pages gone through, each with the leaf that was open; `page` is the open leaf of this one, from 0.
    `large` and `dark` are how the citizen wants to read, until the next one comes. `card` is the token of the card that
    was shown, `aged` the priority group that it gave. `offers` may be had where time is short, `resumes` is when the
    break is over. `appointment` is the token of the one that was shown; who is too early for it is told its time
    `slot`, and when it `opens`.
    """

    language: str
    first_language: str
    state: State = State.START
    trail: tuple[tuple[State, int], ...] = ()
    page: int = 0
    large: bool = False
    dark: bool = False
    field: str = ""
    query: str = ""
    procedure: str = ""
    service: str = ""
    group: str = ""
    aged: str = ""
    card: str = dataclasses.field(default="", repr=False)
    appointment: str = dataclasses.field(default="", repr=False)
    slot: str = ""
    opens: str = ""
    remark: Remark | None = None
    request: str = ""
    offers: tuple[Offer, ...] = ()
    resumes: str = ""
    ticket: TicketView | None = None
    sorry: Sorry = Sorry.NO_ANSWER
    outage: Outage | None = None
    deadline: float | None = None


Step = tuple[Flow, tuple[Effect, ...]]
Move = Callable[[Flow, Any, float, Times], Step]  # Any: each takes the one event that the table gives it


def begin(language: str) -> Flow:
    """The start page in `language`."""
    return Flow(language=language, first_language=language)


def untouched(flow: Flow) -> bool:
    """Whether nobody has done anything since the last citizen left."""
    at_start = flow.state in (State.START, State.OUT)
    as_found = flow.language == flow.first_language and not (flow.large or flow.dark)
    return at_start and as_found and not (flow.group or flow.aged or flow.card or flow.remark)
