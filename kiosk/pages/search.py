"""Search: a keyboard, and under what was typed the procedures that fit, letter by letter."""

from collections.abc import Sequence

from appliance.display import palette
from appliance.display.geometry import Rect
from appliance.sound.said import Said
from appliance.wire.procedures import Procedure
from kiosk import phrases, words
from kiosk.events import Erased, Event, Leafed, Picked, Typed, WentBack
from kiosk.pages.choose import GAP, SEARCH_HEIGHT, search_frame
from kiosk.pen import Pen
from kiosk.sight import Sight

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
KEY_GAP = 14
"""4 mm and a little on a 27-inch screen: two fingers' worth of doubt."""
KEY_HEIGHT = 92
RESULT_HEIGHT = 140
"""The least height of a result: two lines of name and one of facts."""


def search(pen: Pen, sight: Sight) -> None:
    """Type, and touch what fits."""
    found = sight.catalogue.find(sight.flow.query)
    left, listing = pen.body.columns((1, 1), pen.px(2 * GAP)) if pen.lying else (pen.body, pen.body)
    rest = pen.heading(sight.say(words.SEARCH), sight.say(words.SEARCH_HOW), left.w)
    pen.say(sight.say(words.SEARCH_HOW))
    typing = Rect(left.x, rest.y, left.w, rest.h)
    box = Rect(typing.x, typing.y, typing.w, pen.px(SEARCH_HEIGHT))
    _box(pen, sight, box)
    high = len(ROWS) * pen.px(KEY_HEIGHT + KEY_GAP) + pen.px(KEY_HEIGHT)
    keys = Rect(typing.x, typing.bottom - high, typing.w, high)
    _keyboard(pen, sight, keys)
    top = listing.y if pen.lying else box.bottom + pen.px(GAP)
    low = listing.bottom if pen.lying else keys.y - pen.px(GAP)
    pages = _results(pen, sight, found, Rect(listing.x, top, listing.w, low - top))
    _actions(pen, sight, pages)


def _actions(pen: Pen, sight: Sight, pages: int) -> None:
    back, more = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)
    if pages > 1:
        turned = (sight.flow.page + 1) % pages
        said = sight.say(words.NEXT_PAGE if turned else words.FIRST_PAGE)
        pen.button(more, Leafed(turned), f"{said} ({sight.flow.page + 1}/{pages})", fill=palette.DEEP)


def _box(pen: Pen, sight: Sight, place: Rect) -> None:
    """What was typed so far, with a mark where the next letter comes."""
    inner = search_frame(pen, place)
    pen.label(inner, f"{sight.flow.query}_", 44, bold=True, down="middle")


# -------------------------------------------------------------------------------------------------- the keyboard


def _keyboard(pen: Pen, sight: Sight, room: Rect) -> None:
    gap = pen.px(KEY_GAP)
    lines = room.rows([1] * (len(ROWS) + 1), gap)
    key = (room.w - 9 * gap) // 10
    for letters, line in zip(ROWS, lines, strict=False):
        used = len(letters) * key + (len(letters) - 1) * gap
        left = line.x + (line.w - used) // 2
        for index, letter in enumerate(letters):
            _key(pen, Rect(left + index * (key + gap), line.y, key, line.h), letter.upper(), Typed(letter), 42)
    clear, space, erase = lines[-1].columns((3, 5, 3), gap)
    _key(pen, clear, sight.say(words.ERASE_ALL), Erased(everything=True), 32)
    _key(pen, space, sight.say(words.SPACE), Typed(" "), 32)
    _key(pen, erase, sight.say(words.ERASE), Erased(), 32)


def _key(pen: Pen, place: Rect, said: str, event: Event, size: int) -> None:
    pen.box(place, palette.PAPER, radius=14, border=palette.LINE)
    pen.label(place.inset(pen.px(6), pen.px(4)), said, size, bold=True, across="middle", down="middle")
    pen.target(place, event, said)


# --------------------------------------------------------------------------------------------------- the results


def _results(pen: Pen, sight: Sight, found: Sequence[Procedure], room: Rect) -> int:
    """The results of this page of them, or why there are none; how many pages there are."""
    if not found:
        _nothing(pen, sight, room)
        return 1
    line = pen.line(27)
    _count(pen, sight, found, Rect(room.x, room.y, room.w, line))
    rest = Rect(room.x, room.y + line + pen.px(8), room.w, room.h - line - pen.px(8))
    gap = pen.px(GAP)
    fitting = max(1, (rest.h + gap) // (pen.px(RESULT_HEIGHT) + gap))
    high = (rest.h - (fitting - 1) * gap) // fitting
    first = sight.flow.page * fitting
    for index, procedure in enumerate(found[first : first + fitting]):
        _result(pen, sight, procedure, Rect(rest.x, rest.y + index * (high + gap), rest.w, high))
    return -(-len(found) // fitting)


def _count(pen: Pen, sight: Sight, found: Sequence[Procedure], place: Rect) -> None:
    sample = sight.say(words.SAMPLE) if any(each.sample for each in found) else ""
    said = phrases.found(len(found), sight.flow.language)
    pen.say(said)
    pen.pair(place, (said, palette.INK_2), (sample, palette.INK_2))


def _result(pen: Pen, sight: Sight, procedure: Procedure, place: Rect) -> None:
    pen.box(place, palette.PAPER, border=palette.LINE)
    inner = place.inset(pen.px(24), pen.px(12))
    text, sign = inner.columns((15, 1), pen.px(12))
    low = pen.line(27)
    name = Rect(text.x, text.y, text.w, text.h - low)
    pen.label(name, procedure.name.vi, 31, bold=True, down="middle", lines=2)
    field = sight.catalogue.field(procedure.department)
    called = field.name.to(sight.flow.language) if field else ""
    pen.pair(
        Rect(text.x, text.bottom - low, text.w, low), (called, palette.INK_2), (_ways(sight, procedure), palette.GO)
    )
    pen.sign(sign.inset(0, max(0, (sign.h - pen.px(48)) // 2)), "more", palette.INK)
    service = sight.catalogue.submission(procedure.department)
    pen.target(place, Picked(procedure.id, service), Said(procedure.name.vi, "vi"), called, _ways(sight, procedure))


def ways(sight: Sight, procedure: Procedure) -> str:
    """Whether one may wait for the result, or need not come at all."""
    said = [words.ON_THE_SPOT] if procedure.on_the_spot else []
    said += [words.FROM_HOME] if procedure.from_home else []
    return " · ".join(map(sight.say, said))


def _ways(sight: Sight, procedure: Procedure) -> str:
    """The same in few words, for a field's name stands beside it."""
    both = procedure.on_the_spot and procedure.from_home
    return sight.say(words.ON_THE_SPOT_OR_ONLINE) if both else ways(sight, procedure)


def _nothing(pen: Pen, sight: Sight, room: Rect) -> None:
    said = words.SEARCH_NOTHING if sight.flow.query.strip() else words.SEARCH_EMPTY
    pen.say(sight.say(said))
    pen.label(
        room.inset(pen.px(40), pen.px(16)), sight.say(said), 36, palette.INK_2, across="middle", down="middle", lines=4
    )
