"""Whether the log says truly how long each desk was open, watched fact by fact.

Rules: pure; independent of the lobby's own code, so that a mistake there shows here; what does not say it, as in logs
from before it was kept, is not judged.
"""

from collections.abc import Iterator

from broker import facts as f
from broker.chain import Row
from broker.fact import AtDesk

Since = int | None
"""The second since which a desk is open as it is; None: it is not open."""


class DeskWatch:
    """Sees every fact of a log once, in order."""

    def __init__(self) -> None:
        self._since: dict[str, Since] = {}
        self._before: dict[str, tuple[str, Since]] = {}

    def see(self, row: Row, fact: f.AnyFact) -> Iterator[str]:
        """What is wrong with the seconds that this fact tells, given all before it."""
        match fact:
            case f.DayOpened():
                self._since.clear()
            case f.Undone():
                self._since[fact.desk] = self._before.get(fact.desk, ("", None))[1]
            case AtDesk():
                self._keep(row.id, fact.key_of)
                yield from self._judge(fact, row.at // 1000)
                if not isinstance(fact, f.Recalled | f.Returned):
                    self._since[fact.desk] = None if isinstance(fact, f.DeskClosed | f.DeskPaused) else row.at // 1000

    def _keep(self, press: str, desk: str) -> None:
        """How the desk was before the press, which may be taken back."""
        if self._before.get(desk, ("", None))[0] != press:
            self._before[desk] = (press, self._since.get(desk))

    def _judge(self, fact: AtDesk, now: int) -> Iterator[str]:
        if fact.open_s is None:
            return
        since = self._since.get(fact.desk)
        open_s = 0 if since is None else now - since
        if fact.open_s != open_s:
            yield f"desk {fact.desk} says that it was open for {fact.open_s} s, it was for {open_s}"
        if isinstance(fact, f.Served | f.Parked | f.Transferred) and not open_s - 1 <= fact.service_s <= open_s:
            yield f"desk {fact.desk} says that it served for {fact.service_s} s, of {open_s}"
