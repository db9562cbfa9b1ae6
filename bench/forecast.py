"""`./run bench forecast`: how well waits are foretold and who is refused before a bell, on simulated days.

The hall of the replayed year with clerks who call nobody later than ten minutes after a bell; after 20 days to learn,
150 at the year's demand (`x1`), at 1.5 times of it (`x15`), and with every contact 30 % longer from the middle of them
on (`shift`, scored from then on). Scored are arrivals who find every desk of their queue with somebody, or tidying up;
the forecast knows the log only. In working minutes; `coverage`: share of the waits inside the range before it is
rounded; `error`: mean distance of the wait from the range's median; `printed`: what was printed, scored as such.

Beside it, on the same arrivals, with the same learned mean and variation of a call: the queue-length gamma band
(`plain`: as many calls as people ahead and one more, each mean ÷ desks), also as wide as it is when its two ends are
scaled in hindsight so that it covers 80 %; our own gamma band, which knows what each desk does (`state`); and what
kiosks in use print (`count`: people ahead × mean; `divided`: one more, ÷ desks).
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from statistics import fmean

from bench.forecast_days import Closed, Scored, closed, scored
from bench.report import Figure
from broker.model import Closing

DAYS, CLOSING_DAYS = 150, 40
CHANGED, SOON_DAYS = DAYS // 2, 5
"""From this test day on contacts take longer; so many days are looked at by themselves."""
BUSY, CROWDED, SLOWER = 1.5, 1.25, 1.3
SCENARIOS = {
    "x1": partial(scored, 1.0, DAYS),
    "x15": partial(scored, BUSY, DAYS),
    "shift": partial(scored, 1.0, DAYS, SLOWER, CHANGED),
}
RULES = {
    "none": Closing(),
    "cutoff_30": Closing(rule="cutoff", cutoff_s=1800),
    "cutoff_60": Closing(rule="cutoff", cutoff_s=3600),
    "predicted": Closing(rule="predicted"),
}
Range = Callable[[Scored], tuple[float, float, float]]
"""From, to and the median, in seconds of work."""


def run(say: Callable[[str], None]) -> list[Figure]:
    """All figures, worked out on every processor there is."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        days = {name: pool.submit(scenario) for name, scenario in SCENARIOS.items()}
        rules = {name: pool.submit(closed, CROWDED, CLOSING_DAYS, rule) for name, rule in RULES.items()}
        figures: list[Figure] = []
        spent_ms: list[float] = []
        for name, foretold in days.items():
            say(f"{DAYS} days, {name}")
            rows = [row for row in foretold.result() if name != "shift" or row.day >= CHANGED]
            spent_ms.append(fmean(row.spent_ms for row in rows))
            figures += _quality(rows, name)
            if name == "shift":
                soon = _coverage([row for row in rows if row.day < CHANGED + SOON_DAYS], _ours)
                figures.append(Figure(name="coverage_soon_after_the_shift", value=soon, unit="%"))
        figures.append(Figure(name="forecast_ms", value=max(spent_ms), unit="ms", at_most=1.0))
        for name, rule in rules.items():
            say(f"{CLOSING_DAYS} days at {CROWDED} times the demand, closing rule {name}")
            figures += _refused_and_stranded(name, rule.result())
    return figures


def _quality(rows: Sequence[Scored], name: str) -> list[Figure]:
    printed = [row for row in rows if row.high_min]
    kept = fmean(60 * row.low_min <= row.wait_s <= 60 * row.high_min for row in printed)
    width, error, plain = _width(rows, _ours), _error(rows, _ours), _scaled(rows)
    return [
        Figure(name=f"arrivals_{name}", value=len(rows)),
        Figure(name=f"wait_min_{name}", value=fmean(row.worked_s for row in rows) / 60, unit="min"),
        Figure(name=f"coverage_{name}", value=_coverage(rows, _ours), unit="%", at_least=78, at_most=82),
        Figure(name=f"printed_coverage_{name}", value=100 * kept, unit="%"),
        Figure(name=f"printed_share_{name}", value=100 * len(printed) / len(rows), unit="%"),
        *_described(rows, name, _ours),
        *_described(rows, f"plain_{name}", _plain),
        Figure(name=f"plain_at_80_width_min_{name}", value=_width(rows, plain), unit="min"),
        *_described(rows, f"state_{name}", _state),
        Figure(name=f"count_error_min_{name}", value=_off(rows, lambda row: row.count_s), unit="min"),
        Figure(name=f"divided_error_min_{name}", value=_off(rows, lambda row: row.count_divided_s), unit="min"),
        Figure(name=f"width_ratio_{name}", value=width / _width(rows, _plain), at_most=0.8),
        Figure(name=f"width_ratio_at_80_{name}", value=width / _width(rows, plain), at_most=0.8),
        Figure(name=f"error_ratio_{name}", value=error / _error(rows, _plain), at_most=0.8),
        Figure(name=f"error_ratio_count_{name}", value=error / _off(rows, lambda row: row.count_s), at_most=0.5),
    ]


def _described(rows: Sequence[Scored], name: str, of: Range) -> list[Figure]:
    figures = [
        Figure(name=f"width_min_{name}", value=_width(rows, of), unit="min"),
        Figure(name=f"error_min_{name}", value=_error(rows, of), unit="min"),
    ]
    if of is not _ours:
        figures.insert(0, Figure(name=f"coverage_{name}", value=_coverage(rows, of), unit="%"))
    return figures


def _ours(row: Scored) -> tuple[float, float, float]:
    return row.ours.low_s, row.ours.high_s, row.ours.mid_s


def _plain(row: Scored) -> tuple[float, float, float]:
    return row.plain.low_s, row.plain.high_s, row.plain.mid_s


def _state(row: Scored) -> tuple[float, float, float]:
    return row.state.low_s, row.state.high_s, row.state.mid_s


def _scaled(rows: Sequence[Scored]) -> Range:
    """The plain band with its ends scaled so that one wait in ten lies beyond each: nobody could have known how."""
    lows = sorted(row.worked_s / row.plain.low_s for row in rows)
    highs = sorted(row.worked_s / row.plain.high_s for row in rows)
    low, high = lows[len(rows) // 10], highs[-len(rows) // 10]
    return lambda row: (low * row.plain.low_s, high * row.plain.high_s, row.plain.mid_s)


def _coverage(rows: Sequence[Scored], of: Range) -> float:
    return 100 * fmean(of(row)[0] <= row.worked_s <= of(row)[1] for row in rows)


def _width(rows: Sequence[Scored], of: Range) -> float:
    return fmean(of(row)[1] - of(row)[0] for row in rows) / 60


def _error(rows: Sequence[Scored], of: Range) -> float:
    return _off(rows, lambda row: of(row)[2])


def _off(rows: Sequence[Scored], guess: Callable[[Scored], float]) -> float:
    return fmean(abs(row.worked_s - guess(row)) for row in rows) / 60


def _refused_and_stranded(name: str, found: Closed) -> list[Figure]:
    return [
        Figure(name=f"put_off_before_the_break_per_day_{name}", value=found.before_break / CLOSING_DAYS),
        Figure(name=f"refused_in_the_evening_per_day_{name}", value=found.in_the_evening / CLOSING_DAYS),
        Figure(name=f"called_after_the_break_only_per_day_{name}", value=found.over_the_break / CLOSING_DAYS),
        Figure(name=f"stranded_per_day_{name}", value=found.stranded / CLOSING_DAYS),
    ]
