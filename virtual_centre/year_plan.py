"""What the replayed year is to be: working days, how citizens come, what each office did. Read from the site's files.

Rules: every figure stands in `year.toml`, `year_2021.csv`, `services.csv` or `centre.toml`, none here.
"""

import datetime
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from broker.simulator.visits import Pace, Span
from broker.site_files import read_centre
from broker.site_rows import SiteError, rows
from virtual_centre.demand import Demand, load_demand

Share = Annotated[float, Meta(ge=0, le=1)]
Positive = Annotated[float, Meta(gt=0)]


class Section(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of `year.toml`."""


class Calendar(Section, frozen=True):
    """Which days of the year people work."""

    year: int
    holidays: tuple[datetime.date, ...]


class Arrivals(Section, frozen=True):
    """When citizens come: shares per step from `first` on, Monday to Friday, and how days differ (CV)."""

    first: str
    step_min: int
    shares: tuple[float, ...]
    weekday_factors: tuple[float, float, float, float, float]
    day_noise_cv: Positive


class Visits(Section, frozen=True):
    """How visits go."""

    no_show_share: Share
    priority_share: Share
    wrap_up_cv: Positive
    breaks_per_clerk_min: tuple[float, float]
    late_comer_share: Share
    late_after_min: Span
    walk_s: Span
    reaction_s: Span
    language_shares: dict[str, Share]

    @property
    def pace(self) -> Pace:
        """How fast people are."""
        return Pace(self.walk_s, self.reaction_s)


class Ratings(Section, frozen=True):
    """How buttons are pressed."""

    press_after_s: Positive
    press_cv: Positive
    top_level_share: Share
    corrected_share: Share
    repeated_share: Share


class Quota(Struct, frozen=True, kw_only=True):
    """What one department did in the year."""

    department: str
    dossiers: int
    online: int
    on_time: int
    late: int
    pending: int
    home_deliveries: int
    ratings: int
    satisfied: int


class _File(Section, frozen=True):
    calendar: Calendar
    arrivals: Arrivals
    visits: Visits
    ratings: Ratings


class YearPlan(Struct, frozen=True, kw_only=True):
    """The year as planned: working days in order, and all that citizens and clerks do on them."""

    days: tuple[datetime.date, ...]
    arrivals: Arrivals
    visits: Visits
    ratings: Ratings
    quotas: tuple[Quota, ...]
    demand: Demand
    shifts: tuple[Span, ...]
    """When clerks are there: seconds after midnight, one span per half of the day."""


def load_plan(folder: Path) -> YearPlan:
    """The plan in a site's folder. Raises SiteError."""
    try:
        file = msgspec.toml.decode((folder / "year.toml").read_bytes(), type=_File)
        quotas = tuple(
            Quota(
                department=row.code("department"),
                **{name: int(row.text(name)) for name in Quota.__struct_fields__ if name != "department"},
            )
            for row in rows(folder / f"year_{file.calendar.year}.csv")
        )
        demand = load_demand(folder)
        shifts = tuple((60.0 * start, 60.0 * end) for start, end in read_centre(folder).hours.spans().clerks)
    except (OSError, ValueError, KeyError) as error:
        raise SiteError(f"{folder}: the year cannot be read: {error}") from error
    return YearPlan(
        days=working_days(file.calendar),
        arrivals=file.arrivals,
        visits=file.visits,
        ratings=file.ratings,
        quotas=quotas,
        demand=demand,
        shifts=shifts,
    )


def seconds_of(clock: str) -> float:
    """Seconds after midnight of `HH:MM`. Raises ValueError."""
    moment = datetime.time.fromisoformat(clock)
    return moment.hour * 3600.0 + moment.minute * 60.0


def working_days(calendar: Calendar) -> tuple[datetime.date, ...]:
    """Monday to Friday without the holidays."""
    first = datetime.date(calendar.year, 1, 1)
    days = (first + datetime.timedelta(n) for n in range(366))
    return tuple(
        day for day in days if day.year == calendar.year and day.weekday() < 5 and day not in calendar.holidays
    )
