"""The form of a what-if question: fields as people fill them in, and the question that they mean.

Rules: values in, values out; a field that is left as it is asks for no change; what cannot be read
is refused with a sentence.
"""

from collections.abc import Mapping
from typing import get_args

from broker.model import Policy, Site, Span, minute_of
from broker.simulator.answer import Question
from broker.simulator.change import Change, ImpossibleError

Fields = Mapping[str, str]
POLICIES: tuple[Policy, ...] = get_args(Policy)
SPANS = 2
"""The form shows a morning and an afternoon; other hours are asked for over the API."""


def fields_of(site: Site, question: Question) -> dict[str, str]:
    """How the form stands when `question` was asked."""
    change, rules = question.change, site.rules
    more = next(((queue, n) for queue, n in change.desks.items() if n > 0), ("", 1))
    fewer = next(((queue, -n) for queue, n in change.desks.items() if n < 0), ("", 1))
    source, target = change.moves[0] if change.moves else ("", "")
    priority = "" if change.priority_share is None else _figure(100 * change.priority_share)
    return {
        "month": question.month,
        "add": more[0],
        "add_n": str(more[1]),
        "remove": fewer[0],
        "remove_n": str(fewer[1]),
        "move_from": source,
        "move_to": target,
        "move_n": str(max(1, len(change.moves))),
        "demand": _figure(100 * change.demand),
        "help_after": _figure((rules.backup_after_s if change.backup_after_s is None else change.backup_after_s) / 60),
        "policy": change.policy or rules.policy,
        "rate": _figure(change.priority_rate or rules.priority_rate),
        "priority": priority,
        **_hours("clerks", change.clerks or site.hours.clerks),
        **_hours("numbers", change.numbers or site.hours.spans),
        **{f"break_{n}": _figure(minutes) for n, minutes in enumerate((*change.breaks_min, 0.0, 0.0)[:SPANS])},
    }


def question_of(site: Site, fields: Fields) -> Question:
    """What was asked. Raises ImpossibleError."""
    desks: dict[str, int] = {}
    for name, sign in (("add", 1), ("remove", -1)):
        if queue := fields.get(name, ""):
            desks[queue] = desks.get(queue, 0) + sign * _count(fields.get(f"{name}_n", "1"))
    help_after_s = round(60 * _read(fields, "help_after", site.rules.backup_after_s / 60))
    rate = _read(fields, "rate", site.rules.priority_rate)
    policy = next((each for each in POLICIES if each == fields.get("policy")), site.rules.policy)
    breaks = tuple(_read(fields, f"break_{n}", 0.0) for n in range(SPANS))
    change = Change(
        demand=_read(fields, "demand", 100.0) / 100,
        desks={queue: n for queue, n in desks.items() if n},
        moves=_moves(fields),
        clerks=_spans(fields, "clerks", site.hours.clerks),
        numbers=_spans(fields, "numbers", site.hours.spans),
        backup_after_s=help_after_s if help_after_s != site.rules.backup_after_s else None,
        policy=policy if policy != site.rules.policy else None,
        priority_rate=rate if rate != site.rules.priority_rate else None,
        priority_share=_read(fields, "priority", 0.0) / 100 if fields.get("priority", "").strip() else None,
        breaks_min=breaks if any(breaks) else (),
    )
    if change == Change(breaks_min=change.breaks_min):
        raise ImpossibleError(
            "Chưa có gì thay đổi. Hãy thêm, bớt hoặc chuyển một bàn, hoặc đổi một mục khác.",
            "Nothing is changed yet. Add, remove or move a desk, or change something else.",
        )
    return Question(month=fields.get("month", ""), change=change)


def _moves(fields: Fields) -> tuple[tuple[str, str], ...]:
    source, target = fields.get("move_from", ""), fields.get("move_to", "")
    if not source and not target:
        return ()
    if not source or not target:
        raise ImpossibleError(
            "Muốn chuyển cán bộ thì hãy chọn cả hàng chuyển đi và hàng chuyển đến.",
            "To move a clerk, choose both queues: from where and to where.",
        )
    return ((source, target),) * _count(fields.get("move_n", "1"))


def _hours(name: str, spans: tuple[Span, ...]) -> dict[str, str]:
    shown = [(_clock(start), _clock(end)) for start, end in spans[:SPANS]] + [("", "")] * (SPANS - len(spans))
    return {f"{name}_{n}_{end}": span[end] for n, span in enumerate(shown) for end in range(2)}


def _spans(fields: Fields, name: str, usual: tuple[Span, ...]) -> tuple[Span, ...] | None:
    """The hours of the form; None where they are as usual."""
    if all(fields.get(key, value) == value for key, value in _hours(name, usual).items()):
        return None
    spans = []
    for n in range(SPANS):
        start, end = (fields.get(f"{name}_{n}_{end}", "").strip() for end in range(2))
        if start or end:
            spans.append((_minute(start), _minute(end)))
    return tuple(spans) or None


def _minute(clock: str) -> int:
    try:
        return minute_of(clock)
    except ValueError:
        raise ImpossibleError(
            f"Giờ “{clock}” chưa đúng: hãy ghi đủ giờ bắt đầu và kết thúc, ví dụ 07:30.",
            f"The time “{clock}” cannot be read: give both ends, such as 07:30.",
        ) from None


def _clock(minute: int) -> str:
    """As a field for a time of day takes it, which knows no midnight at the end."""
    minute = min(minute, 24 * 60 - 1)
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _count(text: str) -> int:
    if text.strip().isdecimal() and 1 <= int(text) <= SPANS * 5:
        return int(text)
    raise ImpossibleError(
        f"“{text}” không phải là số bàn: hãy ghi từ 1 đến {SPANS * 5}.",
        f"“{text}” is no number of desks: write 1 to {SPANS * 5}.",
    )


def _read(fields: Fields, name: str, usual: float) -> float:
    text = fields.get(name, "").strip().replace(",", ".")
    if not text:
        return usual
    try:
        return float(text)
    except ValueError:
        raise ImpossibleError(f"“{text}” không phải là một số.", f"“{text}” is no number.") from None


def _figure(value: float) -> str:
    return f"{value:g}"
