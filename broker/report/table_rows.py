"""Tables of waits and visits: the whole centre, and row by row with the centre's total last.

Rules: pure; a total is marked as a sum only where the rows above really add up to it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from broker.figures import Ratings, Waits
from broker.formats import number
from broker.grouping import NO_DEPARTMENT
from broker.model import Names
from broker.report.document import Cell, Column, Row, Table, cell
from broker.report.wording import Wording

R = TypeVar("R", bound=Ratings | Waits)
Line = Callable[[R], tuple[Cell, ...]]

_COUNTS = ("issued", "priority", "served", "no_show", "stranded", "cancelled", "transferred", "void", "waited")
_TIMES = ("wait_mean", "wait_p50", "wait_p90", "wait_p95")
_FIELDS = {"wait_mean": "mean_s", "wait_p50": "p50_s", "wait_p90": "p90_s", "wait_p95": "p95_s"}
_SERVICE = ("service_mean", "service_p50", "service_p90")


def waits_table(say: Wording) -> Table:
    """Visits, waits and service of the whole centre."""
    all_of_it = say.report.waits[0]
    rows = [Row((cell(say.words[name]), say.count(getattr(all_of_it, name)), cell(""), cell(""))) for name in _COUNTS]
    rows += [_time(say, name, getattr(all_of_it, _FIELDS[name])) for name in _TIMES]
    rows += [
        _share(say, name, getattr(all_of_it, field), all_of_it.waited)
        for name, field in (("within_15", "within_15_min"), ("within_30", "within_30_min"))
    ]
    rows += [_time(say, name, getattr(all_of_it, f"{name}_s")) for name in _SERVICE]
    rows.append(_busy(say))
    rows.append(_share(say, "promise_kept", all_of_it.promise_kept, all_of_it.promised))
    return Table(
        name=say.words["waits_tab"],
        title=say.words["waits"],
        columns=(
            Column(say.words["measure"], 96, right=False),
            Column(say.words["value"], 26),
            Column(say.words["numerator"], 24),
            Column(say.words["denominator"], 24),
        ),
        rows=tuple(rows),
    )


def waits_by_department(say: Wording) -> Table:
    """Numbers, visits and waits of each field."""
    words, rows, total = say.words, say.report.waits_by_department, say.report.waits[0]
    names = ("issued", "served", "no_show", "waited")

    def line(row: Waits) -> tuple[Cell, ...]:
        return (
            *(say.count(getattr(row, name)) for name in names),
            *(minutes(say, seconds) for seconds in (row.mean_s, row.p50_s, row.p90_s)),
            say.count(row.within_15_min),
            say.share(row.within_15_min, row.waited, (8, 4)),
        )

    return Table(
        name=words["waits_by_department_tab"],
        title=words["waits_by_department"],
        columns=(
            Column(words["department"], 46, right=False),
            *(Column(words[name], 15) for name in names),
            *(Column(words[name], 13) for name in ("mean_min", "p50_min", "p90_min")),
            Column(words["in_15"], 15),
            Column(words["in_15_share"], 17),
        ),
        rows=_lines(say, say.report.departments, rows, line, total),
        notes=(words["minutes_note"],),
    )


def service_by_counter(say: Wording) -> Table:
    """Visits and service of each counter."""
    words, rows, total = say.words, say.report.waits_by_counter, say.report.waits[0]

    def line(row: Waits) -> tuple[Cell, ...]:
        times = (row.service_mean_s, row.service_p50_s, row.service_p90_s)
        return (say.count(row.served), say.count(row.no_show), *(minutes(say, seconds) for seconds in times))

    return Table(
        name=words["waits_by_counter_tab"],
        title=words["waits_by_counter"],
        columns=(
            Column(words["counter"], 60, right=False),
            *(Column(words[name], 22) for name in ("served", "no_show", "mean_min", "p50_min", "p90_min")),
        ),
        rows=_lines(say, say.report.counters, rows, line, total),
        notes=(words["minutes_note"],),
    )


def ratings_by_department(say: Wording) -> Table:
    """Satisfaction of each field, where it may be shown."""
    words, rows, total = say.words, say.report.ratings_by_department, say.report.ratings[0]

    def line(row: Ratings) -> tuple[Cell, ...]:
        more = row.told == "at_least"
        return (
            say.count(row.satisfied, more),
            say.count(row.rated, more),
            say.satisfied(row, (1, 2)),
            cell(say.between(row.wilson_low, row.wilson_high, 1) if row.rated else words["none"]),
            say.count(row.served),
            say.response(row, (2, 5)),
        )

    return Table(
        name=words["ratings_by_department_tab"],
        title=words["ratings_by_department"],
        columns=(
            Column(words["department"], 46, right=False),
            *(Column(words[name], 17) for name in ("satisfied_n", "rated_n")),
            Column(words["share"], 33),
            Column(words["interval_short"], 23),
            *(Column(words[name], 17) for name in ("served", "response_short")),
        ),
        rows=_lines(say, say.report.departments, rows, line, total),
        notes=(words["more_note"],),
    )


def minutes(say: Wording, seconds: float | None) -> Cell:
    """A span in minutes to one decimal; a dash where there is none."""
    if seconds is None:
        return cell(say.words["none"])
    return Cell(number(seconds / 60, say.language, 1), seconds / 60, "minutes")


def _time(say: Wording, name: str, seconds: float | None) -> Row:
    found = minutes(say, seconds)
    text = found.text if seconds is None else say.words["minutes"].format(minutes=found.text)
    return Row((cell(say.words[name]), Cell(text, found.value, found.form), cell(""), cell("")))


def _share(say: Wording, name: str, part: int, whole: int) -> Row:
    counts = (say.count(part), say.count(whole)) if whole else (cell(""), cell(""))
    return Row((cell(say.words[name]), say.share(part, whole, (2, 3)), *counts))


def _busy(say: Wording) -> Row:
    """How busy all desks were together, in minutes; of a counter it could be one clerk's hours, and is not told."""
    busy = say.report.occupancy
    told = say.words["occupancy_told"].format(told=say.count(busy.told).text, days=say.count(busy.days).text)
    row = _share(say, "occupancy", round(busy.busy_s / 60), round(busy.open_s / 60))
    return Row(row.cells, told if busy.told < busy.days else "")


def _lines(say: Wording, names: Mapping[str, Names], rows: Sequence[R], line: Line[R], total: R) -> tuple[Row, ...]:
    above = [line(row) for row in rows]
    named = [
        Row((cell(_name(say, names, row.key)), *cells), _days(say, row)) for row, cells in zip(rows, above, strict=True)
    ]
    last = [_summed(found, [cells[place] for cells in above]) for place, found in enumerate(line(total))]
    return (*named, Row((cell(say.words["all"]), *last), strong=True))


def _days(say: Wording, row: Ratings | Waits) -> str:
    return say.days(row) if isinstance(row, Ratings) and row.told != "not_yet" else ""


def _summed(total: Cell, column: Sequence[Cell]) -> Cell:
    counted = total.form == "count" and all(each.form == "count" for each in column)
    sums = counted and sum(each.value or 0 for each in column) == total.value
    return Cell(total.text, total.value, total.form, sums, total.share)


def _name(say: Wording, names: Mapping[str, Names], key: str) -> str:
    if key == NO_DEPARTMENT:
        return say.words["own"]
    return say.name(names.get(key, {})) or key
