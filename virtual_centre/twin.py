"""A hub without disk and doors: the same rules on a lobby in memory, to know beforehand what the real one must answer.

Rules: pure; calls `decide` and `apply` exactly as the hub does; whoever drives it says what time it is.
"""

from appliance.wire.messages import Answer
from broker import facts as f
from broker import views
from broker.apply import apply
from broker.commands import Command
from broker.decide import decide, subject, turn_of_day
from broker.lobby import Lobby
from broker.model import Site
from broker.refusals import Refusal


class Twin:
    """A lobby of `site` that commands are carried out on."""

    def __init__(self, site: Site) -> None:
        self.lobby = Lobby(site)

    def carry_out(self, command: Command, now: int) -> Answer:
        """Let `command` happen at `now` (Unix ms) and give the hub's answer to it."""
        lobby = self.lobby
        request = command.message.id
        day = lobby.calendar.day(now)
        for turned, at, facts in turn_of_day(lobby, now):
            apply(lobby, f.Entry(request, turned, at, facts))
        outcome = decide(lobby, command, now)
        if isinstance(outcome, Refusal):
            return views.refusal(request, outcome, 0)
        if outcome:
            apply(lobby, f.Entry(request, day, now, outcome))
        return views.answer(lobby, request, subject(command, outcome, lobby), now, 0)
