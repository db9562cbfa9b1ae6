"""Whether a press at a desk may still be carried out, before the desk's own table is asked.

Rules: pure; a press of somebody else's keys is refused, and one whose time is over: whoever pressed it was told that
nothing happened, or has gone; and one that means a visit which is not at the desk any more.
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
    return desk_actions.act(lobby, command, message, now)


def _ms(instant: str) -> int:
    return round(datetime.datetime.fromisoformat(instant).timestamp() * 1000)
