"""Whether a press at a desk may still be carried out, before the desk's own table is asked.

Rules: pure; a press of somebody else's keys is refused, and one whose time is over: whoever pressed it was told that
nothing happened, or has gone; and one that means a visit which is not at the desk any more, or another call of it.
"""

import datetime

from msgspec import UNSET

from appliance.wire.messages import DeskAction
from broker import desk_actions, refusals
from broker.commands import Command
from broker.desk_press import Facts
from broker.lobby import Lobby
from broker.refusals import Refusal


def press(lobby: Lobby, command: Command, message: DeskAction, now: int) -> Facts | Refusal:
    """The facts of a desk action at `now` (Unix ms), or why it cannot be."""
    if message.desk in lobby.site.desks:
        if not command.admitted:
            return refusals.NOT_THIS_DESK
        if message.until is not UNSET and now > _ms(message.until):
            return refusals.PRESSED_LONG_AGO
        if message.args.showing is not UNSET and message.args.showing != lobby.seats[message.desk].ticket:
            return refusals.STALE
        if message.action == "recall" and _called_since(lobby, message):
            return refusals.CALLED_AGAIN
    return desk_actions.act(lobby, command, message, now)


def _called_since(lobby: Lobby, message: DeskAction) -> bool:
    """Whether the visit at the desk was called again after what was shown to who wants to call it again."""
    ticket = lobby.tickets.get(lobby.seats[message.desk].ticket)
    means_another = message.args.ticket is not UNSET
    return ticket is not None and not means_another and message.args.call_seq not in (UNSET, ticket.call_seq)


def _ms(instant: str) -> int:
    return round(datetime.datetime.fromisoformat(instant).timestamp() * 1000)
