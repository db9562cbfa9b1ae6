"""Figures, places and dates as people read them, in the language of the page.

Rules: pure; a wait is a range or nothing; counters that follow each other are said together ("Quầy 1–2").
"""

import re
from collections.abc import Sequence
from datetime import datetime

from appliance.wire.messages import QueueState, WaitRange
from appliance.wire.site import Text
from kiosk import words

MANY = 20
"""More results than this are better narrowed down than leafed through."""
_NUMBERED = re.compile(r"(?P<stem>.*?)\s+(?P<number>\d+)")


def people(count: int, language: str) -> str:
    """How many people."""
    text = {0: words.NO_PERSON, 1: words.ONE_PERSON}.get(count, words.PEOPLE)
    return text.to(language).format(n=count)


def found(count: int, language: str) -> str:
    """How many procedures fit, and what to do where nobody would look through them all."""
    return words.FOUND_MANY.to(language).format(n=count) if count > MANY else found_short(count, language)


def found_short(count: int, language: str) -> str:
    """How many procedures fit."""
    return (words.FOUND_ONE if count == 1 else words.FOUND).to(language).format(n=count)


def minutes(wait: WaitRange, language: str) -> str:
    """A range of minutes, or "under" its upper end."""
    text = words.RANGE if 0 < wait.low_min < wait.high_min else words.UNDER
    return text.to(language).format(low=wait.low_min, high=wait.high_min)


def waiting(state: QueueState | None, language: str) -> str:
    """One line about a queue: how many wait and what a newcomer may expect; "" while nothing is known."""
    if state is None:
        return ""
    if state.waiting == 0:
        return words.NOBODY.to(language)
    line = words.WAITING.to(language).format(n=state.waiting)
    return f"{line} · {minutes(state.wait, language)}" if isinstance(state.wait, WaitRange) else line


def numbered(labels: Sequence[Text], language: str) -> tuple[str, str] | None:
    """What the counters of a queue are called, and their numbers: ("Quầy", "1–2"); None where they have names."""
    found = [_NUMBERED.fullmatch(label.to(language)) for label in labels]
    matches = [match for match in found if match is not None]
    stems = {match["stem"] for match in matches}
    if len(matches) < len(found) or len(stems) != 1:
        return None
    return stems.pop(), _runs(sorted(int(match["number"]) for match in matches))


def places(labels: Sequence[Text], language: str) -> str:
    """The counters of a queue in one breath: "Quầy 1–2", "Quầy 3, 5", or their names where they are no numbers."""
    found = numbered(labels, language)
    return " ".join(found) if found else ", ".join(label.to(language) for label in labels)


def inside(place: str) -> str:
    """A place in the middle of a sentence: "đến quầy 1–2"."""
    return place[:1].lower() + place[1:]


def _runs(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def day(moment: datetime, language: str) -> str:
    """The day with its name: "Thứ Hai, 23/11/2026"."""
    names = words.WEEKDAYS.get(language, words.WEEKDAYS["vi"])
    return f"{names[moment.weekday()]}, {moment:%d/%m/%Y}"


def stamp(moment: datetime) -> str:
    """When a ticket was issued: "07:42 23/11"."""
    return f"{moment:%H:%M} {moment:%d/%m}"


def time_of_day(instant: str) -> str:
    """The local hours and minutes in an instant of the wire: "13:00"."""
    return f"{datetime.fromisoformat(instant):%H:%M}"


def meeting(slot: str, now: datetime | None) -> str:
    """The time of an appointment in an instant of the wire: "09:15", with another day than today's "09:15 24/11"."""
    at = datetime.fromisoformat(slot)
    return f"{at:%H:%M}" if now is not None and at.date() == now.date() else stamp(at)


def span(wait: WaitRange) -> str:
    """A range of minutes without their name: "15–25", "0–5"."""
    return f"{wait.low_min if wait.low_min < wait.high_min else 0}–{wait.high_min}"


def called(moment: datetime, wait: WaitRange) -> str:
    """Between which times of day a number is called: "07:55–08:10", rounded outward to 5 minutes; "" past midnight."""
    taken = moment.hour * 60 + moment.minute
    first, last = (taken + wait.low_min) // 5 * 5, -(-(taken + wait.high_min) // 5) * 5
    return f"{_clock(first)}–{_clock(last)}" if last < 24 * 60 else ""


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
