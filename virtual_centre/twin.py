"""A simulated hall whose every key and touch is kept as a step, with the answer that the real hub must give.

Rules: pure; the answer is made at once, while the lobby is as the real one will be then.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from appliance.wire.messages import Answer
from broker import views
from broker.commands import Command, Message
from broker.decide import Outcome, subject
from broker.model import Site
from broker.refusals import Refusal
from broker.simulator.day import Day
from broker.simulator.hall import Hall


class Step(Struct, frozen=True):
    """What a device says, and what the hub must answer."""

    device: str
    message: Message
    expected: Answer


class Twin:
    """The double of a hub of `site`."""

    def __init__(self, site: Site) -> None:
        self._hall = Hall(site)
        self.lobby = self._hall.lobby
        self._said: list[Step] = []

    def carry_out(self, command: Command, now: int) -> Outcome:
        """Let `command` happen at `now` (Unix ms)."""
        outcome = self._hall.carry_out(command, now)
        said = replace(command.message, at=self.lobby.calendar.instant(now))
        self._said.append(Step(command.device, said, self._answer(command, outcome, now)))
        return outcome

    def steps(self, day: Day) -> Iterator[Step]:
        """All that is said on `day`, which happens in this hall, in order of time."""
        for _ in day.run():
            yield from self._said
            self._said.clear()

    def _answer(self, command: Command, outcome: Outcome, now: int) -> Answer:
        request = command.message.id
        if isinstance(outcome, Refusal):
            return views.refusal(request, outcome, 0)
        return views.answer(self.lobby, request, subject(command, outcome, self.lobby), now, 0)
