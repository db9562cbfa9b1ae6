"""What surrounds every page: whose machine it is, how long the page stands, and the aids to read it.

Rules: pure; an aid is always in the same place, says what it does, and when it is on says so by colour and by a tick.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from appliance.display.geometry import Rect
from appliance.sound.said import Said
from kiosk import code_words, phrases, words
from kiosk.events import Darkened, Enlarged, Event, Spoke
from kiosk.pen import Pen
from kiosk.shown import Remark
from kiosk.sight import Sight
from kiosk.view import SignName


def header(pen: Pen, name: str, moment: datetime | None, closing: str = "") -> None:
    """Whose machine this is, and the time where the clock can be trusted; in large words, how long the page stands."""
    colours, place = pen.colours, pen.header
    pen.box(place, colours.head, radius=0)
    thin = pen.px(4)
    pen.box(Rect(0, place.bottom - thin, place.w, thin), colours.under_head, radius=0)
    inner = place.inset(pen.px(40), pen.px(16))
    if pen.large:
        _large_header(pen, inner, closing or name, None if closing else moment)
        return
    left, right = inner.columns((13, 7), pen.px(24))
    pen.label(
        left if moment else inner, name, 38 if pen.lying else 36, colours.on_head, bold=True, down="middle", lines=2
    )
    if moment is not None:
        low = pen.line(27)
        clock = Rect(right.x, right.y, right.w, right.h - low)
        date = Rect(right.x, clock.bottom, right.w, low)
        pen.label(clock, f"{moment:%H:%M}", 54, colours.on_head, bold=True, across="right", down="middle")
        pen.label(date, phrases.day(moment, pen.language), 27, colours.on_head_2, across="right", down="middle")


def _large_header(pen: Pen, inner: Rect, said: str, moment: datetime | None) -> None:
    """One thing in large words, and the time where it has room beside it."""
    left = inner
    if pen.lying and moment is not None:
        left, right = inner.columns((10, 1), pen.px(24))
        pen.label(right, f"{moment:%H:%M}", 31, pen.colours.on_head, bold=True, across="right", down="middle")
    pen.label(left, said, 36, pen.colours.on_head, bold=True, down="middle", lines=1 if pen.lying else 2)


def countdown(pen: Pen, said: str) -> None:
    """How long this page still stands."""
    pen.label(pen.status, said, 29, pen.colours.ink_2, across="middle", down="middle")


def remark(sight: Sight) -> str:
    """What is said of the code that was shown last, "" for nothing."""
    flow = sight.flow
    group = sight.catalogue.group(flow.aged) if flow.group == flow.aged else None
    if flow.remark is Remark.CARD and group is not None:
        return sight.say(code_words.CARD_GIVES).format(group=group.name.to(flow.language))
    return sight.say(code_words.REMARKS[flow.remark]) if flow.remark else ""


def strip(pen: Pen, said: str) -> None:
    """The same, where it is seen: above the main action."""
    pen.box(pen.status, pen.colours.main, radius=14)
    room = pen.status.inset(pen.px(16), 0)
    pen.label(room, said, 31, pen.colours.on_main, bold=True, across="middle", down="middle")


@dataclass(frozen=True)
class _Aid:
    said: Said
    event: Event
    chosen: bool
    sign: SignName | None = None


def aids(pen: Pen, sight: Sight) -> None:
    """The languages, larger words, bright words on black."""
    flow, languages = sight.flow, sight.catalogue.site.languages
    tongues = [_tongue(each, each == flow.language) for each in languages if len(languages) > 1]
    large = _Aid(Said(sight.say(words.LARGE), flow.language), Enlarged(not flow.large), flow.large, "larger")
    dark = _Aid(Said(sight.say(words.DARK), flow.language), Darkened(not flow.dark), flow.dark, "contrast")
    rows = [[*tongues, large, dark]] if len(pen.aids) == 1 else [[large, dark], tongues]
    for place, row in zip(pen.aids, rows, strict=True):
        _row(pen, place, row)


def _tongue(language: str, chosen: bool) -> _Aid:
    return _Aid(Said(words.LANGUAGE_NAMES.get(language, language), language), Spoke(language), chosen)


def _row(pen: Pen, room: Rect, row: Sequence[_Aid]) -> None:
    if not row:
        return
    side, size = pen.px(56 if pen.large else 36), 29
    shares = [pen.wide(aid.said.words, size, bold=True) + side + pen.px(40) for aid in row]
    for place, aid in zip(room.columns(shares, pen.px(16)), row, strict=True):
        fill, ink = (pen.colours.main, pen.colours.on_main) if aid.chosen else (pen.colours.paper, pen.colours.ink)
        pen.box(place, fill, border=None if aid.chosen else pen.colours.line)
        _inside(pen, place, aid, side, ink)
        pen.target(place, aid.event, aid.said, *(_state(pen, aid)))


def _inside(pen: Pen, place: Rect, aid: _Aid, side: int, ink: tuple[int, int, int]) -> None:
    sign: SignName | None = "tick" if aid.chosen else aid.sign
    wide = pen.wide(aid.said.words, 29, bold=True)
    inner = place.inset(pen.px(12), pen.px(4))
    if sign is None:
        pen.label(inner, aid.said.words, 29, ink, bold=True, across="middle", down="middle")
        return
    gap = pen.px(10)
    left = inner.x + max(0, (inner.w - side - gap - wide) // 2)
    pen.sign(Rect(left, place.y + (place.h - side) // 2, side, side), sign, ink)
    room = Rect(left + side + gap, inner.y, inner.right - left - side - gap, inner.h)
    pen.label(room, aid.said.words, 29, ink, bold=True, down="middle")


def _state(pen: Pen, aid: _Aid) -> tuple[str, ...]:
    return (words.CHOSEN.to(pen.language),) if aid.chosen else ()
