"""What the counters beside the queues write down: deliveries, fees, the courier's rounds, complaints.

Rules: pure; counts, sums and times only: no citizen, no ticket and no word of a complaint stands here.
"""

from broker.fact import Fact


class OfRegister(Fact, frozen=True, kw_only=True):
    """A line of the register, written by `actor`."""

    actor: str


class DeliveryOrdered(OfRegister, frozen=True, tag="delivery"):
    """Results of so many dossiers are to be brought home to `zone`; `fee_vnd` was taken for all of them."""

    zone: str
    dossiers: int
    fee_vnd: int


class FeeTaken(OfRegister, frozen=True, tag="fee"):
    """A fee was paid."""

    amount_vnd: int


class RoundMade(OfRegister, frozen=True, tag="courier_round"):
    """The courier went on `round` with so many dossiers."""

    round: str
    dossiers: int


class ComplaintFiled(OfRegister, frozen=True, tag="complaint"):
    """A citizen complained of what happened at `about` (a desk) from `start` to `end` (ms)."""

    about: str
    start: int
    end: int


RegisterLine = DeliveryOrdered | FeeTaken | RoundMade | ComplaintFiled


class Struck(OfRegister, frozen=True, tag="struck"):
    """The line that the command `line` wrote today was a mistake; `fact` is what it said."""

    line: str
    fact: RegisterLine


REGISTER_FACTS = (DeliveryOrdered, FeeTaken, RoundMade, ComplaintFiled, Struck)
