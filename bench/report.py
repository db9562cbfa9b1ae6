"""What a bench found: each figure with its baseline and its target beside it."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct


class Figure(Struct, frozen=True, kw_only=True):
    """One figure. `baseline` names another figure of the run; `at_least`, `at_most`, `ratio_at_least`: targets."""

    name: str
    value: float
    unit: str = ""
    baseline: str = ""
    at_least: float | None = None
    at_most: float | None = None
    ratio_at_least: float | None = None


def ratio(figure: Figure, figures: Sequence[Figure]) -> float | None:
    """The figure over its baseline."""
    base = next((other.value for other in figures if other.name == figure.baseline), 0.0)
    return figure.value / base if base else None


def as_text(figures: Sequence[Figure]) -> str:
    """A table for a terminal."""
    rows = [("figure", "value", "unit", "ratio", "baseline", "target"), *(_row(figure, figures) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    right = (1, 3)
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _row(figure: Figure, figures: Sequence[Figure]) -> tuple[str, ...]:
    times = ratio(figure, figures)
    return (
        figure.name,
        _written(figure),
        figure.unit,
        "" if times is None else f"{times:.2f}",
        figure.baseline,
        _target(figure, times),
    )


def _written(figure: Figure) -> str:
    """Shares and ratios need their small digits, times and numbers do not."""
    if "_share" in figure.name and not figure.unit:
        return f"{figure.value:.5f}"
    if "_ratio" in figure.name:
        return f"{figure.value:.2f}"
    return f"{figure.value:,.1f}" if figure.value < 1000 else f"{figure.value:,.0f}"


def _target(figure: Figure, times: float | None) -> str:
    goals = [
        (figure.at_least, figure.value, ">=", ""),
        (figure.at_most, -figure.value, "<=", ""),
        (figure.ratio_at_least, times or 0.0, ">=", " x baseline"),
    ]
    return ", ".join(
        f"{sign} {goal:g}{unit} {'met' if value >= (-goal if sign == '<=' else goal) else 'MISSED'}"
        for goal, value, sign, unit in goals
        if goal is not None
    )


def as_json(figures: Sequence[Figure]) -> bytes:
    """One flat object: every figure by its name, and every ratio as `<name>_ratio`."""
    flat = {figure.name: round(figure.value, 5) for figure in figures}
    for figure in figures:
        times = ratio(figure, figures)
        if times is not None:
            flat[f"{figure.name}_ratio"] = round(times, 3)
    return msgspec.json.format(msgspec.json.encode(flat)) + b"\n"
