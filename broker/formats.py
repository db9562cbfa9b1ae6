"""Figures as people read them.

Rules: pure; Vietnamese writes 98,94 % and 11.744, English 98.94 % and 11,744; times are local and given ready to print.
"""

import datetime

_MARKS = {"vi": str.maketrans(",.", ".,"), "km": str.maketrans(",.", ".,")}


def number(value: float, language: str, decimals: int = 0) -> str:
    """`value` with groups of three digits."""
    return f"{value:,.{decimals}f}".translate(_MARKS.get(language, {}))


def percent(value: float | None, language: str, decimals: int = 2) -> str:
    """A percentage, or a dash where there is none."""
    return "–" if value is None else f"{number(value, language, decimals)} %"


def share(part: int | None, whole: int | None, language: str) -> str:
    """`part` of `whole` in percent to one decimal; plain numbers where it is all or none."""
    if not whole or part is None:
        return "–"
    if not 0 < part < whole:
        return f"{number(part, language)} / {number(whole, language)}"
    return percent(min(max(100 * part / whole, 0.1), 99.9), language, 1)


def span(seconds: float | None, unit: str) -> str:
    """A span in whole minutes, rounded to the nearest, with its `unit`; a dash where there is none."""
    if seconds is None:
        return "–"
    return f"{'< 1' if 0 < seconds < 30 else int(seconds / 60 + 0.5)} {unit}"


def clock(at: datetime.datetime) -> str:
    """Time of day."""
    return f"{at:%H:%M}"


def date(day: str, language: str) -> str:
    """The day `YYYY-MM-DD` as written by hand: 23/11/2026, or 23 Nov 2026 in English."""
    parsed = datetime.date.fromisoformat(day)
    return f"{parsed.day} {parsed:%b %Y}" if language == "en" else f"{parsed:%d/%m/%Y}"
