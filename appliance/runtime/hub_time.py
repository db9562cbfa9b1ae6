"""What a box knows of the hub's time, and whether it hears the hub at all.

Rules: pure; the bus keeps the last heartbeat of a hub that is long dead, so that one beat proves nothing: two different
ones do.
"""

from dataclasses import dataclass

SILENT_S = 5.0
"""A hub that is there says so every 2 s."""


@dataclass(frozen=True)
class HubTime:
    """The newest heartbeat: what it said (Unix s), when it was heard (monotonic s), whether another came before it."""

    said: float = 0.0
    heard: float = 0.0
    lives: bool = False

    def beat(self, said: float, elapsed: float) -> "HubTime":
        """The same after a heartbeat that says `said`; one that is not newer is an echo."""
        if said <= self.said:
            return self
        return HubTime(said, elapsed, lives=self.said > 0.0)

    def now(self, elapsed: float, pace: float) -> float | None:
        """The hub's time, Unix seconds, or None while it was not heard alive."""
        return self.said + (elapsed - self.heard) * pace if self.lives else None

    def silent(self, elapsed: float) -> bool:
        """Whether the hub is not there as far as can be heard."""
        return not self.lives or elapsed - self.heard >= SILENT_S

    @property
    def silent_at(self) -> float:
        """From when on it counts as silent, if nothing more is heard (monotonic s)."""
        return self.heard + SILENT_S
