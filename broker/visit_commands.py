"""What can be put right about a visit.

Rules: as those of `broker.commands`; `ticket` is the visit's id.
"""

from msgspec import Struct

from broker.visit_facts import CancelReason


class CorrectPriority(Struct, frozen=True, kw_only=True):
    """The visit belongs to the priority group `group`, or to none (""). `desks` are a clerk's, None of reception."""

    id: str
    ticket: str
    group: str
    desks: tuple[str, ...] | None = None


class CancelVisit(Struct, frozen=True, kw_only=True):
    """The visit is not to be called any more."""

    id: str
    ticket: str
    reason: CancelReason


class RestoreVisit(Struct, frozen=True, kw_only=True):
    """A cancelled visit is to be called after all."""

    id: str
    ticket: str


class AskReprint(Struct, frozen=True, kw_only=True):
    """The kiosk `device` is to print the visit's paper; `ready`: it is there and can print."""

    id: str
    ticket: str
    device: str
    ready: bool


VisitMessage = CorrectPriority | CancelVisit | RestoreVisit | AskReprint
