"""What may be concluded from ratings: has something changed, and do desks differ by more than chance.

Rules: only published sums are judged; a desk is compared with the centre, never with another desk; where the numbers
are too small to judge, that is the answer.
"""

import datetime
from collections.abc import Callable, Sequence

from msgspec import Struct

from broker import formats
from broker.disclosure import FEW
from broker.figures import Ratings
from broker.statistics.comparing import ALMOST_SURE, SURE, Seen, funnel, shrunk
from broker.statistics.cusum import ALARM, WORSE, sums
from broker.web.pages.manager.charts import Chart, Limit, Series, Table, over_time
from broker.web.pages.manager.funnel_chart import Edge, Point, funnel_plot
from broker.web.words import words

LEAST = 500
"""From so many ratings in the year before on, these say what is usual; else the period itself does."""


def year_before(start: str) -> tuple[str, str]:
    """The 365 days before the day `start`, or as many as there are."""
    first = datetime.date.fromisoformat(start).toordinal()
    return (
        datetime.date.fromordinal(max(1, first - 365)).isoformat(),
        datetime.date.fromordinal(max(1, first - 1)).isoformat(),
    )


def changes(days: Sequence[Ratings], usual: Ratings, whole: Ratings, lang: str) -> Chart | None:
    """Whether the share of the unsatisfied has doubled: the cumulative sum over days, and its alarm."""
    t = words(lang)
    from_before = (usual.rated or 0) >= LEAST
    share = _unsatisfied(usual if from_before else whole)
    told = [row for row in days if row.told == "exact" and row.rated]
    if len(told) < 2 or share is None or not 0 < share < 1 / WORSE:
        return None
    path = sums([(row.satisfied or 0, row.rated or 0) for row in told], share)
    alarms = [formats.date(row.last, lang) for row, level in zip(told, path, strict=True) if level >= ALARM]
    basis = t["change_basis_before" if from_before else "change_basis_self"].format(
        share=formats.percent(100 * share, lang)
    )
    answer = t["change_alarm"].format(days=", ".join(alarms[-3:])) if alarms else t["change_calm"]
    return Chart(
        title=t["change_title"],
        answer=f"{answer} {basis}",
        figure=over_time(
            [row.last for row in told],
            [Series(t["change_sum"], [round(level, 2) for level in path])],
            "",
            lang,
            [Limit(t["change_limit"], ALARM)],
        ),
        table=Table(
            (t["by_day"], t["manager_satisfied"], t["manager_rated"], t["change_sum"]),
            tuple(
                (
                    formats.date(row.last, lang),
                    formats.number(row.satisfied or 0, lang),
                    formats.number(row.rated or 0, lang),
                    formats.number(level, lang, 2),
                )
                for row, level in zip(told, path, strict=True)
            ),
        ),
    )


def _unsatisfied(row: Ratings) -> float | None:
    if not row.rated or row.satisfied is None:
        return None
    return (row.rated - row.satisfied) / row.rated


class _Desk(Struct, frozen=True):
    """Of `rated` ratings of a desk at least `least` and at most `most` were satisfied."""

    key: str
    least: int
    most: int
    rated: int

    def beyond(self, share: float, sure: float) -> bool:
        """Whether it lies outside the funnel around `share`, whatever is not told of it."""
        limits = funnel(self.rated, share, sure)
        return self.most < limits.low * self.rated or self.least > limits.high * self.rated


def differences(rows: Sequence[Ratings], whole: Ratings, called: Callable[[str], str], lang: str) -> Chart | None:
    """The desks in the funnel of what chance explains, and what is believed of each."""
    t = words(lang)
    desks = [_desk(row) for row in rows if row.rated]
    if len(desks) < 3 or not whole.rated:
        return None
    share = (whole.satisfied or 0) / whole.rated
    outside = {desk.key for desk in desks if desk.beyond(share, ALMOST_SURE)}
    answer = t["differ_outside" if outside else "differ_none"].format(
        names=", ".join(called(desk.key) for desk in desks if desk.key in outside), of=len(desks)
    )
    return Chart(
        title=t["differ_title"],
        answer=answer,
        figure=funnel_plot(
            [
                Point(
                    desk.rated,
                    100 * desk.least / desk.rated,
                    100 * desk.most / desk.rated,
                    called(desk.key),
                    desk.key in outside,
                )
                for desk in desks
            ],
            [_edge(n, share) for n in _sizes(max(desk.rated for desk in desks))],
            100 * share,
            (t["differ_centre"], t["differ_few"], t["differ_many"]),
            lang,
        ),
        table=_table(desks, share, called, lang),
    )


def _desk(row: Ratings) -> _Desk:
    least, rated = row.satisfied or 0, row.rated or 0
    return _Desk(row.key, least, least if row.told == "exact" else least + FEW - 1, rated)


def _table(desks: Sequence[_Desk], share: float, called: Callable[[str], str], lang: str) -> Table:
    t = words(lang)
    worst = shrunk([Seen(desk.key, desk.least, desk.rated) for desk in desks])
    best = shrunk([Seen(desk.key, desk.most, desk.rated) for desk in desks])
    return Table(
        (t["differ_desk"], t["manager_satisfied"], t["differ_believed"], t["differ_chance"]),
        tuple(
            (
                called(desk.key),
                f"{_from_to(desk, lang)} / {formats.number(desk.rated, lang)}",
                t["manager_from_to"].format(
                    low=formats.percent(100 * low.interval.low, lang, 1),
                    high=formats.percent(100 * high.interval.high, lang, 1),
                ),
                t[_verdict(desk, share)],
            )
            for desk, low, high in zip(desks, worst, best, strict=True)
        ),
    )


def _verdict(desk: _Desk, share: float) -> str:
    if desk.beyond(share, ALMOST_SURE):
        return "differ_beyond"
    return "differ_edge" if desk.beyond(share, SURE) else "differ_inside"


def _from_to(desk: _Desk, lang: str) -> str:
    least, most = formats.number(desk.least, lang), formats.number(desk.most, lang)
    return least if desk.least == desk.most else f"{least}–{most}"


def _edge(rated: int, share: float) -> Edge:
    outer, inner = funnel(rated, share, ALMOST_SURE), funnel(rated, share, SURE)
    return Edge(rated, (100 * outer.low, 100 * outer.high), (100 * inner.low, 100 * inner.high))


def _sizes(most: int) -> list[int]:
    """Numbers of ratings at which the funnel's edge is reckoned: closer together where it bends."""
    return sorted({max(10, round(1.15 * most * (n / 40) ** 2)) for n in range(2, 41)})
