"""What a report says, as one value: every form of it, and the API, is made from this.

Rules: pure; whole numbers beside every percentage; where a figure comes from stands beside it. A row whose ratings are
not shown has none here either, so no form of the report can tell more than another.
"""

from msgspec import Struct, field

from broker.acceptance import Figure
from broker.centre_file import Head
from broker.fairness import Fairness
from broker.figures import Ratings, Waits
from broker.model import Names
from broker.occupancy import Occupancy
from broker.register_counts import RegisterCounts


class Level(Struct, frozen=True, kw_only=True):
    """A rating level, and whether it counts as satisfied."""

    level: int
    name: Names
    satisfied: bool


class Report(Struct, frozen=True, kw_only=True):
    """The centre from day `from` to day `to`, both included, as known at `made` (RFC 3339 with the local offset).

    `figures` are N01 to N36; `compared` says whether they are held against the published report. `ratings` and `waits`
    have one row, of the whole centre; `fairness` is of all its calls; `register` is what the counters beside the queues
    wrote down; `occupancy` is how busy all desks were together, none alone. `departments` and `counters` give the
    names of their keys.
    """

    centre: Names
    head: Head
    start: str = field(name="from")
    end: str = field(name="to")
    made: str
    levels: tuple[Level, ...]
    compared: bool
    figures: tuple[Figure, ...]
    ratings: tuple[Ratings, ...]
    ratings_by_department: tuple[Ratings, ...]
    waits: tuple[Waits, ...]
    waits_by_department: tuple[Waits, ...]
    waits_by_counter: tuple[Waits, ...]
    fairness: Fairness
    register: RegisterCounts = RegisterCounts()
    occupancy: Occupancy = Occupancy()
    departments: dict[str, Names]
    counters: dict[str, Names]

    @property
    def dossiers(self) -> int:
        """Dossiers received: figure N12; 0 where nothing was imported."""
        return int(next((figure.value or 0 for figure in self.figures if figure.id == "N12"), 0))

    @property
    def unfinished(self) -> bool:
        """Whether the period was not over when the report was made."""
        return self.end >= self.made[:10]
