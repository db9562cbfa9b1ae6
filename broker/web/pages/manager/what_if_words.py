"""A what-if question and its answer in sentences.

Rules: values in, sentences out; a difference that chance explains is called none; what cannot be
believed is said before it is read.
"""

from collections.abc import Iterator

from msgspec import Struct

from broker import formats
from broker.model import Site, Span
from broker.simulator.answer import Answer
from broker.simulator.change import Change
from broker.simulator.comparing import FEWEST, Gap
from broker.web.pages.manager.titles import title
from broker.web.words import words


class Row(Struct, frozen=True):
    """A line of the table: what, recorded, as it was, with the change, and how the last two differ."""

    name: str
    recorded: str
    as_was: str
    other: str
    gap: str
    sure: bool


class QueueRow(Struct, frozen=True):
    """A queue that differs: minutes on average and for nine of ten, before and after."""

    name: str
    mean: tuple[str, str]
    nine: tuple[str, str]
    gap: str


def changes(site: Site, change: Change, lang: str) -> list[str]:
    """What is different, one phrase for each thing."""
    return list(_changes(site, change, lang))


def _changes(site: Site, change: Change, lang: str) -> Iterator[str]:
    t = words(lang)
    for queue, n in change.desks.items():
        yield t["what_if_adds" if n > 0 else "what_if_removes"].format(
            n=abs(n), queue=title(site, "queue", queue, lang)
        )
    for source, target in dict.fromkeys(change.moves):
        yield t["what_if_moves"].format(
            n=change.moves.count((source, target)),
            source=title(site, "queue", source, lang),
            target=title(site, "queue", target, lang),
        )
    if change.demand != 1:
        yield t["what_if_comes"].format(percent=formats.number(100 * change.demand, lang))
    if change.clerks is not None:
        yield t["what_if_serves"].format(hours=_hours(change.clerks))
    if change.numbers is not None:
        yield t["what_if_gives"].format(hours=_hours(change.numbers))
    if change.backup_after_s is not None:
        yield t["what_if_helps"].format(minutes=formats.number(change.backup_after_s / 60, lang))
    if change.policy is not None:
        yield t[f"what_if_calls_{change.policy}"]
    if change.priority_rate is not None:
        yield t["what_if_rates"].format(rate=f"{change.priority_rate:g}")
    if change.priority_share is not None:
        yield t["what_if_shares"].format(percent=formats.number(100 * change.priority_share, lang))


def headline(answer: Answer, lang: str) -> str:
    """The answer in one sentence."""
    t, before, after, gaps = words(lang), answer.as_was, answer.other, answer.gaps
    if answer.recorded_days < FEWEST:
        return t["what_if_few"].format(n=answer.recorded_days)
    if gaps.nine_min.sure and _whole(before.nine_min) != _whole(after.nine_min):
        return t["what_if_nine"].format(after=_whole(after.nine_min), before=_whole(before.nine_min))
    if gaps.mean_min.sure:
        return t["what_if_mean"].format(
            after=formats.number(after.mean_min, lang, 1), before=formats.number(before.mean_min, lang, 1)
        )
    return t["what_if_none"]


def details(site: Site, answer: Answer, lang: str) -> list[str]:
    """What it does to the queues that were asked about, and in the evening."""
    t, change = words(lang), answer.question.change
    asked = {*change.desks, *(queue for move in change.moves for queue in move)}
    told = [
        t["what_if_queue"].format(
            queue=title(site, "queue", row.queue, lang),
            after=formats.number(row.mean_after, lang, 1),
            before=formats.number(row.mean_before, lang, 1),
        )
        for row in answer.gaps.queues
        if row.queue in asked and row.gap.sure
    ]
    if answer.gaps.stranded.sure:
        before, after = (formats.number(each.stranded, lang, 1) for each in (answer.as_was, answer.other))
        told.append(t["what_if_left"].format(after=after, before=before))
    return told


def validity(answer: Answer, lang: str) -> str:
    """How far the answer can be believed."""
    t = words(lang)
    return t["what_if_believe" if answer.believable else "what_if_doubt"].format(
        month=title_of(answer.question.month),
        share=t["what_if_half_of" if answer.doubted == "half_min" else "what_if_nine_of"],
        simulated=formats.number(getattr(answer.as_was, answer.doubted), lang, 1),
        recorded=formats.number(getattr(answer.recorded, answer.doubted), lang, 1),
        off=formats.number(100 * answer.off, lang),
    )


_ROWS = {
    "visits": "what_if_visits",
    "mean_min": "what_if_mean_row",
    "half_min": "what_if_half_row",
    "nine_min": "what_if_nine_row",
    "within_15": "what_if_early_row",
    "stranded": "what_if_left_row",
}


def rows(answer: Answer, lang: str) -> list[Row]:
    """The table."""
    t, told = words(lang), []
    for figure, digits, values, gap in answer.figures:
        recorded, as_was, other = (formats.number(value, lang, digits) for value in values)
        told.append(Row(t[_ROWS[figure]], recorded, as_was, other, _gap(gap, lang), gap is not None and gap.sure))
    return told


def queue_rows(site: Site, answer: Answer, lang: str) -> list[QueueRow]:
    """The queues that differ for sure, the most changed first."""

    def pair(before: float, after: float) -> tuple[str, str]:
        return formats.number(before, lang, 1), formats.number(after, lang, 1)

    return [
        QueueRow(
            title(site, "queue", row.queue, lang),
            pair(row.mean_before, row.mean_after),
            pair(row.nine_before, row.nine_after),
            _gap(row.gap, lang),
        )
        for row in sorted(answer.gaps.queues, key=lambda row: -abs(row.gap.change))
        if row.gap.sure
    ]


def title_of(month: str) -> str:
    """`10/2026`."""
    return f"{month[5:]}/{month[:4]}"


def _gap(gap: Gap | None, lang: str) -> str:
    t = words(lang)
    if gap is None:
        return ""
    if not gap.sure or gap.low is None or gap.high is None:
        return t["what_if_no_gap"]
    change, low, high = (_signed(value, lang) for value in (gap.change, gap.low, gap.high))
    return t["what_if_gap"].format(change=change, low=low, high=high)


def _signed(value: float, lang: str) -> str:
    sign = "" if abs(value) < 0.05 else "−" if value < 0 else "+"
    return f"{sign}{formats.number(abs(value), lang, 1)}"


def _whole(minutes: float) -> str:
    return f"{int(minutes + 0.5)}"


def _hours(spans: tuple[Span, ...]) -> str:
    return ", ".join(f"{a // 60:02d}:{a % 60:02d}–{b // 60:02d}:{b % 60:02d}" for a, b in spans)
