"""A hub without disk and doors: the same rules on a lobby in memory.

Rules: pure; calls `decide` and `apply` exactly as the hub does; whoever drives it says what time it is.
"""

from broker import facts as f
from broker.apply import apply
from broker.commands import Command
from broker.decide import Outcome, decide, turn_of_day
from broker.lobby import Lobby
from broker.model import Site
from broker.refusals import Refusal


class Hall:
    """A lobby of `site` that commands are carried out on."""

    def __init__(self, site: Site) -> None:
        self.lobby = Lobby(site)

    def carry_out(self, command: Command, now: int) -> Outcome:
        """Let `command` happen at `now` (Unix ms): the facts, or why it is refused."""
        lobby, request = self.lobby, command.message.id
        for turned, at, facts in turn_of_day(lobby, now):
            apply(lobby, f.Entry(request, turned, at, facts))
        outcome = decide(lobby, command, now)
        if outcome and not isinstance(outcome, Refusal):
            apply(lobby, f.Entry(request, lobby.calendar.day(now), now, outcome))
        return outcome
