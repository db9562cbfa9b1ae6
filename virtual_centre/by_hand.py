"""Which desks people of flesh serve, so that simulated clerks keep their hands off.

Rules: pure; whoever presses a key on the clerk's page has the desk until nothing was pressed there for a while.
"""

KEEP_S = 600.0


class ByHand:
    """Desks and when a person last pressed a key there, in monotonic seconds."""

    def __init__(self) -> None:
        self._pressed: dict[str, float] = {}

    def press(self, desk: str, at: float) -> bool:
        """A person pressed a key; whether the desk was not theirs before."""
        fresh = desk not in self._pressed
        self._pressed[desk] = at
        return fresh

    def give_back(self, now: float) -> bool:
        """Forget desks that were left; whether there were any."""
        left = [desk for desk, at in self._pressed.items() if now - at > KEEP_S]
        for desk in left:
            del self._pressed[desk]
        return bool(left)

    @property
    def desks(self) -> list[str]:
        """The desks that people serve."""
        return sorted(self._pressed)
