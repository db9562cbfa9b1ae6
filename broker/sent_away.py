"""Which refusals are written down: those of a citizen who asked for a number.

Rules: pure; a refusal to somebody who was refused just before and accepted the offer is no second one; a number that is
on paper is nobody's wish; how often a program asks is held back at the doors, and never comes here.
"""

from msgspec import UNSET

from appliance.wire.messages import TicketRequest
from broker import facts as f
from broker import refusals as no
from broker.commands import Message
from broker.decide import Outcome
from broker.model import Site
from broker.refusal_facts import NumberRefused, OfferTaken, Why
from broker.refusals import Refusal


def noted(site: Site, message: Message, outcome: Outcome) -> tuple[f.AnyFact, ...]:
    """The facts of `outcome`; of a number that was refused, and of an offer that was taken, those that count it."""
    facts = () if isinstance(outcome, Refusal) else outcome
    if not isinstance(message, TicketRequest) or message.given is not UNSET:
        return facts
    if isinstance(outcome, Refusal):
        why = _why(outcome)
        if why is None or message.accept is not UNSET:
            return ()
        service = site.services.get(message.service or "")
        return (NumberRefused(queue=service.queue if service else "", service=service.id if service else "", why=why),)
    issued = next((fact for fact in facts if isinstance(fact, f.Issued)), None)
    if issued is None or message.accept is UNSET:
        return facts
    return (*facts, OfferTaken(queue=issued.queue, service=issued.service))


def _why(refusal: Refusal) -> Why | None:
    """The reason in the log; None where nobody was sent away."""
    match refusal.code:
        case "unknown_appointment" | "too_early":
            return "appointment"
        case "unknown_service" | "malformed":
            return "unknown"
        case "closed" if refusal.words == no.NO_TIME_TODAY.words:
            return "today"
        case "closed" if refusal.words == no.NO_TIME_BEFORE_BREAK.words:
            return "before_break"
        case "closed":
            return "closed"
        case "wrong_state" if refusal.words == no.NUMBER_HELD.words:
            return "held"
        case "wrong_state" if refusal.words == no.CHECKED_IN.words:
            return "appointment"
        case _:
            return None
