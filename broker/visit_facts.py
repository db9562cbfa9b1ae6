"""What reception (and, of a priority, a clerk) put right about a visit.

Rules: pure; a priority is yes or no here, never which group; a reason is one of a few, never a citizen's words.
"""

from typing import Literal

from appliance.wire.reprints import PaperOutcome
from broker.fact import Fact

CancelReason = Literal["went_home", "wrong_number", "twice", "other"]


class OfVisit(Fact, frozen=True, kw_only=True):
    """What `actor` did with a visit that was in `queue`; `desk` is whom it waited for, "" for all who serve it."""

    ticket: str
    queue: str
    service: str
    actor: str
    desk: str = ""


class PriorityCorrected(OfVisit, frozen=True, tag="priority_corrected"):
    """A visit has priority (`after`) or has none any more. It was counted at its issue, in `series` at `at` (ms).

    Where `before` and `after` are the same, another group was meant.
    """

    before: bool
    after: bool
    series: str
    at: int


class Cancelled(OfVisit, frozen=True, tag="cancelled"):
    """The citizen has gone home, or should not have this number: it is not called any more."""

    reason: CancelReason


class Restored(OfVisit, frozen=True, tag="restored"):
    """A visit that was cancelled at `at` (ms) is back where it was."""

    at: int


class ReprintAsked(OfVisit, frozen=True, tag="reprint_asked"):
    """Reception asked the kiosk `device` for the visit's paper; `again`: there may be one already."""

    reprint: str
    device: str
    again: bool = True


class Reprinted(OfVisit, frozen=True, tag="reprinted"):
    """The kiosk told what became of the paper `reprint`."""

    reprint: str
    device: str
    outcome: PaperOutcome
    reason: str = ""


VisitFact = PriorityCorrected | Cancelled | Restored | ReprintAsked | Reprinted
