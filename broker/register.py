"""The register of the counters beside the queues: what may be written in it.

Rules: pure; a line can be struck out on its own day; a round is made once a day.
"""

from broker import refusals as no
from broker.commands import FileComplaint, MakeRound, OrderDelivery, RegisterMessage, Strike, TakeFee
from broker.lobby import Lobby
from broker.refusals import Refusal
from broker.register_facts import ComplaintFiled, DeliveryOrdered, FeeTaken, RegisterLine, RoundMade, Struck

Written = tuple[RegisterLine | Struck] | Refusal

LONGEST_MS = 4 * 3600_000
"""What a complaint is about did not last longer: pictures of a whole day are nobody's business."""


def write(lobby: Lobby, actor: str, message: RegisterMessage, now: int) -> Written:
    """The line that `message` of `actor` adds to the register at `now` (ms), or why not."""
    match message:
        case OrderDelivery(zone=zone, dossiers=dossiers):
            if zone not in lobby.site.zones:
                return no.UNKNOWN_ZONE
            fee_vnd = lobby.site.zones[zone].fee_vnd * dossiers
            return (DeliveryOrdered(actor=actor, zone=zone, dossiers=dossiers, fee_vnd=fee_vnd),)
        case TakeFee(amount_vnd=amount_vnd):
            return (FeeTaken(actor=actor, amount_vnd=amount_vnd),)
        case MakeRound(round=name, dossiers=dossiers):
            if name not in lobby.site.rounds:
                return no.UNKNOWN_ROUND
            if name in rounds_made(lobby):
                return no.ROUND_MADE
            return (RoundMade(actor=actor, round=name, dossiers=dossiers),)
        case FileComplaint():
            return _complaint(lobby, actor, message, now)
        case Strike(line=line):
            fact = lobby.register.get(line)
            return no.UNKNOWN_LINE if fact is None else (Struck(actor=actor, line=line, fact=fact),)


def _complaint(lobby: Lobby, actor: str, message: FileComplaint, now: int) -> Written:
    if message.about not in lobby.site.desks:
        return no.UNKNOWN_DESK
    if not message.start < message.end <= now or message.end - message.start > LONGEST_MS:
        return no.WRONG_WINDOW
    return (ComplaintFiled(actor=actor, about=message.about, start=message.start, end=message.end),)


def rounds_made(lobby: Lobby) -> dict[str, RoundMade]:
    """The courier's rounds of today, by name."""
    return {line.round: line for line in lobby.register.values() if isinstance(line, RoundMade)}
