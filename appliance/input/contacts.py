"""Push buttons while edges come in and time passes: what `debounce` makes of them, asked at the right moments.

Rules: pure; edges that wait to be read come before the clock is looked at, so that a machine that was busy makes no
second press out of a bounce.
"""

from appliance.input import debounce
from appliance.input.debounce import Edge, News

READ_S = 0.02
"""No contact is judged so soon after an edge was read: where the machine is busy, the next ones may be on their way."""


class Contacts:
    """The buttons of a panel; `down` are those that were when it was opened, at monotonic second `now`."""

    def __init__(self, down: tuple[bool, ...], now: float) -> None:
        self._buttons = debounce.at_rest(down, now)
        self._felt = 0.0  # when an edge was read last

    def feel(self, edge: Edge, now: float) -> tuple[News, ...]:
        """What `edge`, read at `now`, and the time before it mean."""
        self._felt = now
        self._buttons, news = debounce.feel(self._buttons, edge)
        return news

    def settle(self, now: float) -> tuple[News, ...]:
        """What became certain until `now`."""
        if now < self._felt + READ_S:
            return ()
        self._buttons, news = debounce.pass_time(self._buttons, now)
        return news

    def deadline(self) -> float | None:
        """When `settle` may have something, in monotonic seconds."""
        due = self._buttons.deadline()
        return None if due is None else max(due, self._felt + READ_S)

    def stuck(self) -> tuple[int, ...]:
        """The numbers of the buttons that do not come up."""
        return self._buttons.stuck()
