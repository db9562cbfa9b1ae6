"""All that the hall learns, and how it comes to it.

Rules: pure; what is undone is unlearned by the very same rules.
"""

from collections.abc import Iterable

from broker import facts as f
from broker.experience import calibration, call_times, pace
from broker.experience.calibration import Calibration
from broker.experience.call_times import CallTimes
from broker.experience.pace import Pace
from broker.model import Site
from broker.tallies import counts

MEASURES = tuple(dict.fromkeys((*pace.MEASURES, *call_times.MEASURES)))
"""What is learned of calls; all of them measures of the read models, as `calibration.OUTCOMES` are."""

Row = tuple[str, str, str, str, int, int]
"""day, queue, service, measure, bucket, n: as the read model `tally` has it."""

_LEARNED = frozenset((*MEASURES, *calibration.OUTCOMES))
_COUNTED = (f.OfTicket, f.Undone)


class Experience:
    """What calls took, how they spread, and how foretold ranges were kept: today and in the days before."""

    def __init__(self, site: Site) -> None:
        rules, missed_s = site.forecasting, site.rules.no_show_after_s
        self.pace = Pace(rules, missed_s)
        self.times = CallTimes(rules, missed_s)
        self.calibration = Calibration(rules)
        self._foretells = rules.method != "none"

    def begin(self, day: str) -> None:
        """`day` begins: what is older than the window is forgotten."""
        self.pace.begin()
        self.times.begin(day)
        self.calibration.begin(day)

    def recall(self, rows: Iterable[Row]) -> None:
        """Counts of earlier days."""
        for row in rows:
            self._add(*row)

    def learn(self, day: str, fact: f.AnyFact) -> None:
        """What a fact of today says."""
        if isinstance(fact, _COUNTED):
            for (queue, service, *_), measure, bucket, n in counts(fact):
                if measure in _LEARNED:
                    self._add(day, queue, service, measure, bucket, n)

    def _add(self, day: str, queue: str, service: str, measure: str, bucket: int, n: int) -> None:
        if measure in calibration.OUTCOMES:
            self.calibration.add(day, measure, n)
            return
        self.pace.add(day, queue, measure, bucket, n)
        if self._foretells and measure in call_times.MEASURES:
            self.times.add(day, (queue, service), measure, bucket, n)
