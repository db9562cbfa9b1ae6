"""Why visits were called, who was passed over, and how long each class waited.

Rules: pure; where no call has a reason, as in logs from before reasons were kept, nothing is claimed.
"""

from broker.fairness import REASONS, ClassWaits
from broker.formats import number
from broker.report.document import Cell, Column, Row, Table, cell
from broker.report.table_rows import minutes
from broker.report.wording import Wording


def fairness_tables(say: Wording) -> tuple[Table, ...]:
    """Both tables; none of a period without reasons."""
    return (_reasons(say), _classes(say)) if say.report.fairness.explained else ()


def _reasons(say: Wording) -> Table:
    fair, words = say.report.fairness, say.words
    rows = [
        Row((cell(words[f"why_{why}"]), say.count(n), say.share(n, fair.explained), *_passed(say, why)))
        for why, n in fair.calls.items()
    ]
    total = Row((cell(words["all"]), say.count(fair.explained), cell(""), *_passed(say, *REASONS)), strong=True)
    unexplained = fair.called - fair.explained
    return Table(
        name=words["fairness_tab"],
        title=words["fairness"],
        columns=(
            Column(words["why"], 78, right=False),
            *(Column(words[name], 23) for name in ("calls", "share", "passed", "passed_100")),
        ),
        rows=(*rows, total),
        notes=(
            words["fairness_note"],
            *((words["helped"].format(calls=say.count(fair.helped).text),) if fair.helped else ()),
            *((words["unexplained"].format(calls=say.count(unexplained).text),) if unexplained else ()),
        ),
    )


def _passed(say: Wording, *reasons: str) -> tuple[Cell, Cell]:
    """People passed over for some reasons: how many, and in a hundred calls to one decimal."""
    fair = say.report.fairness
    in_100 = fair.passed_per_100(*reasons) or 0.0
    n = sum(fair.passed.get(why, 0) for why in reasons)
    return say.count(n), Cell(number(in_100, say.language, 1), in_100, "minutes")


def _classes(say: Wording) -> Table:
    words, fair = say.words, say.report.fairness

    def row(name: str, found: ClassWaits) -> Row:
        times = (found.mean_s, found.p50_s, found.p90_s, found.longest_s)
        return Row((cell(words[name]), say.count(found.waited), *(minutes(say, seconds) for seconds in times)))

    return Table(
        name=words["class_waits_tab"],
        title=words["class_waits"],
        columns=(
            Column(words["class"], 60, right=False),
            *(Column(words[name], 22) for name in ("waited", "mean_min", "p50_min", "p90_min", "longest_min")),
        ),
        rows=(row("class_ordinary", fair.ordinary), row("class_priority", fair.priority)),
        notes=(words["minutes_note"], words["longest_note"]),
    )
