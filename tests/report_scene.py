"""A report to lay out and write: the published year's figures in a small centre, with a row that is not shown."""

from typing import Any

from broker.acceptance import Figure
from broker.fairness import ClassWaits, Fairness
from broker.figures import Ratings, Waits
from broker.report.content import Head, Level, Report
from broker.statistics import satisfaction


def rated(key: str, satisfied: int | None, n: int | None, served: int) -> Ratings:
    if satisfied is None or n is None:
        return Ratings(key=key, told="not_yet", served=served)
    interval, around = satisfaction.wilson(satisfied, n), satisfaction.bounds(satisfied, n, served)
    return Ratings(
        key=key,
        told="exact",
        first="2021-01-01",
        last="2021-12-31",
        satisfied=satisfied,
        rated=n,
        served=served,
        percent=satisfaction.percent(satisfied, n),
        wilson_low=round(100 * interval.low, 2),
        wilson_high=round(100 * interval.high, 2),
        response_percent=satisfaction.percent(min(n, served), served),
        bound_low=round(100 * around.low, 2),
        bound_high=round(100 * around.high, 2),
    )


def waited(key: str, issued: int, served: int, within: int) -> Waits:
    counts: dict[str, Any] = dict.fromkeys(("called", "priority", "void", "stranded", "transferred"), 0)
    return Waits(
        key=key,
        issued=issued,
        served=served,
        no_show=issued - served,
        waited=issued,
        mean_s=264.0,
        p50_s=66.0,
        p90_s=762.0,
        p95_s=1260.0,
        within_15_min=within,
        within_30_min=issued,
        service_mean_s=384.0,
        service_p50_s=252.0,
        service_p90_s=840.0,
        **counts,
    )


FAIR = Fairness(
    key="-",
    called=300,
    explained=290,
    calls={"first": 240, "moved": 30, "priority": 18, "taken": 2},
    passed={"priority": 41, "taken": 3},
    helped=12,
    ordinary=ClassWaits(waited=282, mean_s=270.0, p50_s=70.0, p90_s=770.0, longest_s=2579),
    priority=ClassWaits(waited=18, mean_s=95.0, p50_s=60.0, p90_s=240.0, longest_s=409),
)


def figure(name: str, value: float | None, unit: str, part: int | None = None, whole: int | None = None) -> Figure:
    return Figure(
        id=name,
        figure=f"Số liệu {name}",
        value=value,
        numerator=part,
        denominator=whole,
        provenance="events" if value is not None else "not-held",
        agrees=value is not None or None,
        stated="" if value is None else f"{value}",
        unit=unit,
        note="",
        names={"vi": f"Số liệu {name}", "en": f"Figure {name}", "km": "មជ្ឈមណ្ឌល"},
    )


def report(satisfied: int = 11_619, n: int = 11_744, **changes: Any) -> Report:
    given: dict[str, Any] = {
        "centre": {"vi": "Trung tâm Giải quyết thủ tục hành chính tỉnh Cà Mau", "km": "មជ្ឈមណ្ឌលដោះស្រាយនីតិវិធី"},
        "head": Head(authority="ỦY BAN NHÂN DÂN TỈNH CÀ MAU", place="Cà Mau"),
        "start": "2021-01-01",
        "end": "2021-12-31",
        "made": "2026-11-23T08:05:00.000+07:00",
        "levels": (
            Level(level=1, name={"vi": "Rất hài lòng", "en": "Very satisfied"}, satisfied=True),
            Level(level=2, name={"vi": "Không hài lòng", "en": "Not satisfied"}, satisfied=False),
        ),
        "compared": True,
        "figures": (
            figure("N12", 48_895, "hồ sơ"),
            figure("N14", 21.71, "%", 10_615, 48_895),
            figure("N21", n, "lượt"),
            figure("N22", satisfaction.percent(satisfied, n), "%", satisfied, n),
            figure("N25", None, ""),
            figure("N35", 2017, ""),
        ),
        "ratings": (rated("-", satisfied, n, 67_669),),
        "ratings_by_department": (rated("tp", 47, 47, 400), rated("tnmt", None, None, 12)),
        "waits": (waited("-", 300, 280, 250),),
        "waits_by_department": (waited("tp", 200, 190, 160), waited("tnmt", 100, 90, 90)),
        "waits_by_counter": (waited("q01", 300, 280, 250),),
        "fairness": FAIR,
        "departments": {"tp": {"vi": "Tư pháp, lý lịch"}, "tnmt": {"vi": "=HYPERLINK(1)"}},
        "counters": {"q01": {"vi": "Quầy 1"}},
    }
    return Report(**{**given, **changes})
