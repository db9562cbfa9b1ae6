"""What a citizen is offered who comes too late to be sure of a turn, as events of the flow.

Rules: frozen values only.
"""

from dataclasses import dataclass

from appliance.wire.choices import Offer


@dataclass(frozen=True)
class Offered:
    """The hub gave no number for `request`, but these may be had; `resumes` is when the break is over, "" for none."""

    request: str
    offers: tuple[Offer, ...]
    resumes: str = ""


@dataclass(frozen=True)
class Accepted:
    """One of the offers was taken; `request` is the fresh id of this wish."""

    offer: Offer
    request: str = ""
