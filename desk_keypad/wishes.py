"""What a key asks the hub for, in the state that the desk is in.

Rules: pure; what cannot be seen to be wrong at once (nobody came, the desk closes, a visit goes elsewhere) is offered
for a second key; the hub alone decides whether it may be.
"""

from dataclasses import dataclass
from typing import NamedTuple

from msgspec import UNSET

from appliance.wire.choices import Action
from appliance.wire.messages import DeskState
from appliance.wire.parts import ActionArgs
from desk_keypad.keymap import Role

MOST_CHOICES = 9


class Wish(NamedTuple):
    """One action with what it needs; `name` is how a person calls it where there is a choice."""

    action: Action
    args: ActionArgs = ActionArgs()
    name: str = ""


class Offer(NamedTuple):
    """What a key may mean: one wish at once, or (`ask`) those to choose from with a second key."""

    wishes: tuple[Wish, ...]
    ask: bool = False


@dataclass(frozen=True)
class Plan:
    """Where a visit may be sent, and why a desk may rest, in the order of the digits."""

    transfers: tuple[Wish, ...] = ()
    pauses: tuple[Wish, ...] = ()


_AT_ONCE: dict[Role, Action] = {
    Role.NEXT: "next",
    Role.RECALL: "recall",
    Role.FINISH: "finish",
    Role.UNDO: "undo",
}


def offered(role: Role, desk: DeskState | None, plan: Plan) -> Offer:
    """What the key with `role` offers at a desk that is in the state `desk`, None while it is not known."""
    status = desk.status if desk else ""
    match role:
        case Role.DOOR:
            return Offer((Wish("open"),)) if status in ("closed", "") else Offer((Wish("close"),), ask=True)
        case Role.PAUSE:
            return Offer((Wish("resume"),)) if status == "paused" else Offer(plan.pauses, ask=True)
        case Role.TRANSFER:
            return Offer(plan.transfers, ask=True)
        case Role.NO_SHOW:
            return Offer((Wish("no_show"),), ask=True)
        case Role.PARK if desk and desk.ticket is UNSET and desk.parked:
            kept = (Wish("take", ActionArgs(ticket=each.ticket), each.number) for each in desk.parked)
            return Offer(tuple(kept)[:MOST_CHOICES], ask=True)
        case Role.PARK:
            return Offer((Wish("park"),))
        case _:
            return Offer((Wish(_AT_ONCE[role]),))
