"""How long it takes from a clerk's press to the picture in the hall.

Rules: pure; a call is timed from the last press at its desk before it; press, call and picture come over different
lines, so a picture may be there before anybody has said whose call it shows.
"""

LONGEST_S = 10.0
"""After this long nobody believes that the picture belongs to the press."""


class Stopwatch:
    """Presses, calls and pictures; all times are monotonic seconds of one machine."""

    def __init__(self) -> None:
        self._pressed: dict[str, float] = {}
        self._desk_of = (0, "")
        self._pictured = (0, 0.0)

    def press(self, desk: str, at: float) -> None:
        """A clerk pressed a calling key at `desk`."""
        self._pressed[desk] = at

    def call(self, seq: int, desk: str) -> float | None:
        """Call `seq` is of `desk`; seconds from press to picture when both are known now."""
        if seq <= self._desk_of[0]:
            return None
        self._desk_of = (seq, desk)
        return self._measure()

    def picture(self, seq: int, at: float) -> float | None:
        """The picture that is there since `at` shows call `seq`; seconds from press to picture when both are known."""
        if seq <= self._pictured[0]:
            return None
        self._pictured = (seq, at)
        return self._measure()

    def _measure(self) -> float | None:
        (called, desk), (pictured, at) = self._desk_of, self._pictured
        if called != pictured:
            return None
        pressed = self._pressed.pop(desk, None)
        return at - pressed if pressed is not None and 0 <= at - pressed <= LONGEST_S else None
