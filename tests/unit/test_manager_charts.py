"""What the manager's charts say: the answer is that of the figures, and chance is called chance."""

from broker.figures import Ratings
from broker.web.pages.manager.charts import Limit, Series, over_time, ranges
from broker.web.pages.manager.heat import FEW, heat
from broker.web.pages.manager.judged import changes, differences


def rated(key: str, satisfied: int, of: int, told: str = "exact", day: str = "2026-11-02") -> Ratings:
    return Ratings(key=key, served=of, told=told, first=day, last=day, satisfied=satisfied, rated=of)  # type: ignore[arg-type]


def day(n: int, satisfied: int, of: int) -> Ratings:
    return rated(f"2026-11-{n:02d}", satisfied, of, day=f"2026-11-{n:02d}")


def test_the_worst_hour_is_named_and_one_with_few_calls_is_not() -> None:
    found = heat({("1", "08"): (600.0, 50), ("2", "09"): (1500.0, FEW), ("3", "10"): (9000.0, FEW - 1)}, "vi")
    assert found is not None
    assert found.answer == "Lâu nhất là thứ Ba lúc 9 giờ: trung bình chờ 25 phút."
    assert found.cells["3", "10"].minutes is None
    assert [found.cells[place].shade for place in (("1", "08"), ("2", "09"), ("3", "10"))] == [3, 5, 0]


def test_a_doubling_raises_an_alarm_and_the_usual_does_not() -> None:
    usual, calm = rated("-", 9800, 10_000), [day(n, 49, 50) for n in range(1, 15)]
    chart = changes(calm, usual, rated("-", 686, 700), "vi")
    assert chart is not None
    assert "Chưa có dấu hiệu xấu đi" in chart.answer
    assert "2,00 % không hài lòng" in chart.answer
    assert "365 ngày" in chart.answer
    worse = [*calm, *(day(n, 44, 50) for n in range(15, 19))]
    chart = changes(worse, usual, rated("-", 862, 900), "vi")
    assert chart is not None
    assert "Báo động ngày" in chart.answer


def test_without_a_year_before_the_period_is_its_own_measure_and_without_ratings_nothing_is_said() -> None:
    own = changes([day(n, 49, 50) for n in range(1, 9)], rated("-", 0, 0), rated("-", 392, 400), "vi")
    assert own is not None
    assert "chính kỳ này" in own.answer
    assert changes([], rated("-", 0, 0), rated("-", 0, 0), "vi") is None
    assert changes([day(1, 5, 5), day(2, 5, 5)], rated("-", 0, 0), rated("-", 10, 10), "vi") is None


def test_few_ratings_never_look_bad_by_luck_and_many_do() -> None:
    whole = rated("-", 9_800, 10_000)
    desks = [rated("q01a", 588, 600), rated("q01b", 29, 30), rated("q02", 980, 1000)]
    chart = differences(desks, whole, str, "vi")
    assert chart is not None
    assert chart.answer.startswith("3 bàn có số liệu đã công bố, không thấy bàn nào khác hẳn")
    chart = differences([*desks, rated("q09", 930, 1000)], whole, str, "vi")
    assert chart is not None
    assert chart.answer.startswith("Ngoài vùng ngẫu nhiên, đáng tìm hiểu: q09")
    assert [row[-1] for row in chart.table.rows] == [*["trong vùng 95 %"] * 3, "ngoài 99,8 %"]


def test_what_is_not_told_of_a_desk_is_never_held_against_it() -> None:
    whole = rated("-", 9_800, 10_000)
    told = [rated("q01a", 588, 600), rated("q02", 980, 1000)]
    chart = differences([*told, rated("q03a", 186, 200, told="at_least")], whole, str, "vi")
    assert chart is not None
    assert "không thấy" in chart.answer
    assert chart.table.rows[-1][1] == "186–190 / 200"


def test_a_line_says_its_own_name_and_a_limit_stays_in_sight() -> None:
    figure = over_time(["2026-11-02", "2026-11-03"], [Series("nửa", [1.0, None])], "phút", "vi", [Limit("mức", 90)])
    assert {note["text"] for note in figure["layout"]["annotations"]} == {"nửa", "mức"}
    low, high = figure["layout"]["yaxis"]["range"]
    assert low == 0
    assert high > 90
    assert figure["layout"]["showlegend"] is False


def test_every_row_of_a_range_chart_is_named_however_many_there_are() -> None:
    names = [f"Lĩnh vực rất dài số {n}" for n in range(20)]
    figure = ranges(names, Series("a", [1.0] * 20), Series("b", [9.0] * 20), "phút", "vi")
    assert figure["layout"]["yaxis"]["tickvals"] == names
    assert figure["layout"]["height"] > 20 * 30
