"""What every route is given.

Rules: made once by the composition root; holds no state of its own but the open streams and readers.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import LifoQueue
from typing import TypeVar

from appliance.runtime.clock import Clock
from broker.beside.jobs import Jobs
from broker.limits import Limits
from broker.lobby import Lobby
from broker.model import Site
from broker.reader import Reader, one_moment
from broker.report.files import ReportJob
from broker.simulator.files import SimulationJob
from broker.staff.first_code import FirstCode
from broker.staff.service import Staff
from broker.web.board_voice import BoardVoice
from broker.web.config import WebSection
from broker.web.figure_cache import FigureCache
from broker.web.ports import Boxes, Hub
from broker.web.stream import Streams
from broker.web.voters import Voters

T = TypeVar("T")


class Readers:
    """A few read connections, opened when first needed and lent to one thread at a time."""

    def __init__(self, open_reader: Callable[[], Reader], at_most: int = 4) -> None:
        self._open = open_reader
        self._idle: LifoQueue[Reader | None] = LifoQueue()
        for _ in range(at_most):
            self._idle.put(None)

    @contextmanager
    def lend(self) -> Iterator[Reader]:
        """A connection for the caller alone, on which all is of one moment; waits while all are lent."""
        reader = self._idle.get()
        try:
            reader = reader or self._open()
            with one_moment(reader):
                yield reader
        finally:
            self._idle.put(reader)


GUESSES_PER_S, GUESSES_AT_ONCE = 0.2, 20
"""Wrong ticket codes of one address: a hall behind one address has a few, from yesterday's papers."""


@dataclass(frozen=True, kw_only=True)
class Web:
    """The web's share of the hub.

    `site_folder` holds the centre's data files, `clock` only tells the pages its pace, `fresh_code` makes a ticket's
    secret, `limits` holds back who asks too often, `voice` is what smart TVs say,
    `reports` and `simulations` are worked out beside the hub; `guesses` counts wrong ticket codes by address.
    """

    config: WebSection
    site: Site
    site_folder: Path
    hub: Hub
    staff: Staff
    first_code: FirstCode
    clock: Clock
    readers: Readers
    boxes: Boxes
    fresh_code: Callable[[], str]
    limits: Limits
    streams: Streams
    voice: BoardVoice
    reports: Jobs[ReportJob]
    simulations: Jobs[SimulationJob]
    figures: FigureCache = field(default_factory=FigureCache)
    voters: Voters = field(default_factory=Voters)
    guesses: Limits = field(default_factory=lambda: Limits(GUESSES_PER_S, GUESSES_AT_ONCE, time.monotonic))

    def look(self, function: Callable[[Lobby, int], T]) -> T:
        """What `function(lobby, now)` finds, `now` in Unix ms. Its exception is the caller's, never the writer's."""
        now = self.hub.now()
        return self.hub.look(lambda lobby: function(lobby, now))

    def today(self) -> str:
        """The centre's business day."""
        return self.look(lambda lobby, now: lobby.calendar.day(now))
