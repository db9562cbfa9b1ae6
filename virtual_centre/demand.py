"""What citizens ask for and how long it takes, read from the centre's services.

Rules: figures come from the site's data file only; a service of the second stage (pay a fee, have the result sent home)
is reached by transfer from a first visit, with the same number.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

DAY_S = 8 * 3600.0
"""Business seconds over which a day's tickets come."""

FEE, POST = "fee", "post"


@dataclass(frozen=True)
class Errand:
    """One service: its queue, how many come in a day, contact time (mean in s, variation as a share), wrap-up (s)."""

    service: str
    kind: str
    queue: str
    per_day: float
    contact_s: float
    contact_cv: float
    wrap_up_s: float


@dataclass(frozen=True)
class Demand:
    """All errands by service; `onward` maps a kind of first visit to (queue, share) of the second one."""

    errands: dict[str, Errand]
    onward: dict[str, tuple[str, float]]

    @property
    def first(self) -> list[Errand]:
        """The errands that citizens come for, as opposed to those they are sent on to."""
        sent_on = {queue for queue, _ in self.onward.values()}
        return [errand for errand in self.errands.values() if errand.queue not in sent_on and errand.per_day > 0]


def load_demand(site: Path) -> Demand:
    """The demand in the `services.csv` of a site's folder."""
    with (site / "services.csv").open(encoding="utf-8-sig", newline="") as file:
        errands = {row["code"].lower(): _errand(row) for row in csv.DictReader(file)}
    return Demand(errands, _onward(errands))


def _errand(row: dict[str, str]) -> Errand:
    return Errand(
        service=row["code"].lower(),
        kind=row["type"].lower(),
        queue=row["queue"].lower(),
        per_day=float(row["tickets_per_day"]),
        contact_s=60 * float(row["contact_mean_min"]),
        contact_cv=float(row["contact_cv"]),
        wrap_up_s=60 * float(row["wrap_up_mean_min"]),
    )


def _onward(errands: dict[str, Errand]) -> dict[str, tuple[str, float]]:
    """Whoever submits may be sent to pay, whoever collects may have it sent home, as often as the figures say."""
    onward = {}
    for second, first_kind in ((FEE, "nop"), (POST, "tra")):
        first = sum(errand.per_day for errand in errands.values() if errand.kind == first_kind)
        if second in errands and first > 0:
            onward[first_kind] = (errands[second].queue, min(1.0, errands[second].per_day / first))
    return onward
