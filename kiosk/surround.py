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
from kiosk.pen import GAP, Pen
from kiosk.shown import Remark
from kiosk.sight import Sight
from kiosk.view import SignName


def header(pen: Pen, name: str, moment: datetime | None, closing: str = "", remarked: str = "") -> None:
    """Whose machine this is, and the time where the clock can be trusted; in large words the one that matters most."""
    colours, place = pen.colours, pen.header
    pen.box(place, colours.head, radius=0)
    thin = pen.px(4)
    pen.box(Rect(0, place.bottom - thin, place.w, thin), colours.under_head, radius=0)
    inner = place.inset(pen.px(40), pen.px(16))
    if pen.titled:
        _titled(pen, place, (remarked or pen.title, name), closing or (f"{moment:%H:%M}" if moment else ""))
        return
    if pen.large:
        said = closing or remarked or _if_it_fits(pen, name, inner.w, 2)
        pen.label(inner, said, 36, colours.on_head, bold=True, down="middle", lines=2)
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


def countdown(pen: Pen, said: str) -> None:
    """How long this page still stands."""
    pen.label(pen.status, said, 29, pen.colours.ink_2, across="middle", down="middle")


def _if_it_fits(pen: Pen, name: str, width: int, lines: int) -> str:
    """The name of the centre; rather nothing than half of it, for whoever stands here knows where he is."""
    return name if pen.measure(name, 36, width, bold=True, lines=lines).lines <= lines else ""


def _titled(pen: Pen, place: Rect, said: tuple[str, str], right: str) -> None:
    """The question of the page beside the time; without one, the name of the centre if it has room."""
    inner, size, ink = place.inset(pen.px(40), pen.px(8)), 31, pen.colours.on_head
    low = pen.wide(right, size, bold=True)
    room = Rect(inner.x, inner.y, inner.w - low - pen.px(32), inner.h)
    question, name = said
    pen.label(room, question or _if_it_fits(pen, name, room.w, 1), 36, ink, bold=True, down="middle")
    last = Rect(inner.right - low, inner.y, low, inner.h)
    pen.label(last, right, size, ink, bold=True, across="right", down="middle")


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


_SIZE, _SIDE = 29, 30
"""The words of an aid, and its sign."""


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
    """Each as wide as its words and a sign need, and what is left shared among them."""
    if not row:
        return
    inset, gap, side = pen.px(10), pen.px(10 if pen.large else 6), pen.px(_SIDE * 2 if pen.large else _SIDE)
    needed = [pen.wide(aid.said.words, _SIZE, bold=True) + side + gap + 2 * inset for aid in row]
    spare = max(0, room.w - sum(needed) - pen.px(GAP) * (len(row) - 1)) / len(row)
    for place, aid in zip(room.columns([each + spare for each in needed], pen.px(GAP)), row, strict=True):
        fill, ink = (pen.colours.main, pen.colours.on_main) if aid.chosen else (pen.colours.paper, pen.colours.ink)
        pen.box(place, fill, border=None if aid.chosen else pen.colours.line)
        sign: SignName | None = "tick" if aid.chosen else aid.sign
        before = side + gap if sign else 0
        wide = pen.wide(aid.said.words, _SIZE, bold=True)
        left = place.x + max(inset, (place.w - before - wide) // 2)
        if sign:
            pen.sign(Rect(left, place.y + (place.h - side) // 2, side, side), sign, ink)
        inner = Rect(left + before, place.y, place.right - inset // 2 - left - before, place.h)
        pen.label(inner, aid.said.words, _SIZE, ink, bold=True, down="middle")
        pen.target(place, aid.event, aid.said, *_state(pen, aid))


def _state(pen: Pen, aid: _Aid) -> tuple[str, ...]:
    return (words.CHOSEN.to(pen.language),) if aid.chosen else ()
