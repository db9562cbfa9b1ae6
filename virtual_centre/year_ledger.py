"""A year's dossiers as the one-stop software would export them, with exactly the totals of each department.

The split over days and procedures is drawn; who filed what is nobody's, so the keys are sample keys.

Rules: pure; the same chance gives the same ledger.
"""

import datetime
from collections.abc import Mapping, Sequence
from random import Random

from broker.intake.ledger import Dossier
from virtual_centre.year_plan import Quota, YearPlan

TERM_DAYS = (3, 15)
"""Working days from receipt to due day."""
LATE_DAYS = (1, 10)


def draw_dossiers(plan: YearPlan, quota: Quota, levels: Mapping[str, int], chance: Random) -> list[Dossier]:
    """The dossiers of one department in the order of receipt; `levels` are its procedures with their levels."""
    fates = ["on_time"] * quota.on_time + ["late"] * quota.late + ["open"] * quota.pending
    chance.shuffle(fates)
    online = set(chance.sample(range(quota.dossiers), quota.online))
    resolved = [place for place, fate in enumerate(fates) if fate != "open"]
    home = set(chance.sample(resolved, quota.home_deliveries))
    drawn = []
    for place, fate in enumerate(fates):
        received, due, day = _dates(plan.days, fate, chance)
        drawn.append(
            Dossier(
                key=f"{received:%y%m%d}-{quota.department}-{place + 1:05d}",
                department=quota.department,
                procedure=_procedure(levels, place in online, chance),
                channel="online" if place in online else "counter",
                received=received.isoformat(),
                due=due.isoformat(),
                resolved=day.isoformat() if day else None,
                delivery="home" if place in home else None,
            )
        )
    return sorted(drawn, key=lambda dossier: dossier.key)


def _dates(
    days: Sequence[datetime.date], fate: str, chance: Random
) -> tuple[datetime.date, datetime.date, datetime.date | None]:
    """Received, due and resolved. What is still open at the end of the year came in its last weeks."""
    last, term = len(days) - 1, chance.randint(*TERM_DAYS)
    if fate == "open":
        received = chance.randint(last - TERM_DAYS[1], last)
        return days[received], days[last] + datetime.timedelta(chance.randint(*TERM_DAYS)), None
    took = term + chance.randint(*LATE_DAYS) if fate == "late" else chance.randint(0, term)
    received = chance.randint(0, last - max(took, term))
    return days[received], days[received + term], days[received + took]


def _procedure(levels: Mapping[str, int], online: bool, chance: Random) -> str:
    """Only levels 3 and 4 can be filed from home; an office without any takes what it has."""
    able = [code for code, level in levels.items() if level >= 3] if online else list(levels)
    return chance.choice(able or list(levels))
