"""Search: a keyboard, and under what was typed the procedures that fit, letter by letter."""

from collections.abc import Sequence

from appliance.display.geometry import Rect
from appliance.sound.said import Said
from appliance.wire.procedures import Procedure
from appliance.wire.site import Text
from kiosk import phrases, words
from kiosk.events import Erased, Event, Picked, Typed, WentBack
from kiosk.leaves import Block, leaves
from kiosk.pages.choose import search_frame
from kiosk.pages.rows import turn
from kiosk.pen import GAP, LEAST, Pen
from kiosk.sight import Sight

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
KEY_GAP = 14
"""4 mm and a little on a 27-inch screen: two fingers' worth of doubt."""
KEY_HEIGHT = 92
BOX_HEIGHT = 104
MOST = 24
"""More results than this nobody leafs through: the page asks for more letters."""
RESULT_HEIGHT = 140
"""The least height of a result: two lines of name and one of facts."""


def search(pen: Pen, sight: Sight) -> None:
    """Type, and touch what fits."""
    found = sight.catalogue.find(sight.flow.query)
    left, listing = pen.body.columns((1, 1), pen.px(2 * GAP)) if pen.lying else (pen.body, pen.body)
    if pen.large and not pen.titled:  # its question stands in the box, for the results need the room
        pen.say(sight.say(words.SEARCH))
        rest = pen.body
    else:
        rest = pen.heading(sight.say(words.SEARCH), "" if pen.large else sight.say(words.SEARCH_HOW), left.w)
    pen.say(sight.say(words.SEARCH_HOW))
    typing = Rect(left.x, rest.y, left.w, rest.h)
    box = Rect(typing.x, typing.y, typing.w, pen.px(BOX_HEIGHT))
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
        turn(pen, more, sight.flow.page, pages)


def _box(pen: Pen, sight: Sight, place: Rect) -> None:
    """The end of what was typed so far, with a mark where the next letter comes."""
    inner, size = search_frame(pen, place), 36
    if pen.large and not sight.flow.query:
        pen.label(inner, sight.say(words.SEARCH_SHORT), 34, pen.colours.ink_2, down="middle")
        return
    said = f"{sight.flow.query}_"
    while pen.wide(said, size, bold=True) > inner.w:
        said = f"…{said.lstrip('…')[1:]}"
    pen.label(inner, said, size, bold=True, down="middle")


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
    low: tuple[tuple[Text, Event], ...] = (
        (words.ERASE_ALL, Erased(everything=True)),
        (words.SPACE, Typed(" ")),
        (words.ERASE, Erased()),
    )
    shares = [max(pen.px(160), pen.wide(sight.say(said), 32, bold=True) + pen.px(40)) for said, _ in low]
    for place, (said, event) in zip(lines[-1].columns(shares, gap), low, strict=True):
        _key(pen, place, sight.say(said), event, 32)


def _key(pen: Pen, place: Rect, said: str, event: Event, size: int) -> None:
    pen.box(place, pen.colours.paper, radius=14, border=pen.colours.line)
    pen.label(place.inset(pen.px(6), pen.px(4)), said, size, bold=True, across="middle", down="middle")
    pen.target(place, event, said)


# --------------------------------------------------------------------------------------------------- the results


def _results(pen: Pen, sight: Sight, found: Sequence[Procedure], room: Rect) -> int:
    """The results of this page of them, or why there are none; how many pages there are."""
    if not found:
        _nothing(pen, sight, room)
        return 1
    line, gap = pen.line(27), pen.px(GAP)
    _count(pen, sight, found, Rect(room.x, room.y, room.w, line))
    rest = Rect(room.x, room.y + line + pen.px(8), room.w, room.h - line - pen.px(8))
    blocks = [_result(pen, sight, procedure, rest) for procedure in found[:MOST]]
    runs = leaves([block.height for block in blocks], rest.h, gap)
    mine = [blocks[index] for index in runs[sight.flow.page % len(runs)]]
    spare = max(0, rest.h - sum(block.height for block in mine) - gap * (len(mine) - 1)) // len(mine)
    top = rest.y
    for block in mine:
        high = block.height + min(spare, pen.px(RESULT_HEIGHT) // 4)
        block.draw(Rect(rest.x, top, rest.w, high))
        top += high + gap
    return len(runs)


def _count(pen: Pen, sight: Sight, found: Sequence[Procedure], place: Rect) -> None:
    sample = sight.say(words.SAMPLE) if any(each.sample for each in found) else ""
    said = phrases.found(len(found), sight.flow.language)
    if not pen.side_by_side(said, sample, place.w):
        said = phrases.found_short(len(found), sight.flow.language)
    pen.say(said)
    pen.pair(place, (said, pen.colours.ink_2), (sample, pen.colours.ink_2))


def _result(pen: Pen, sight: Sight, procedure: Procedure, room: Rect) -> Block:
    """One procedure: its name, below it its field and what saves a way; in large words the name only.

    A name that is too long for `room` is cut: the page of the procedure tells it in full.
    """
    side, edge = pen.px(64 if pen.large else 48), pen.px(24)
    inner = room.w - 2 * edge - side - pen.px(12)
    field = sight.catalogue.field(procedure.department)
    called = field.name.to(sight.flow.language) if field else ""
    foot = [] if pen.large else _foot(pen, called, _ways(sight, procedure), inner)
    low = len(foot) * pen.line(LEAST)
    name = pen.measure(procedure.name.vi, 31, inner, bold=True, lines=2)
    height = min(max(name.height + low + 2 * pen.px(12), pen.px(RESULT_HEIGHT)), room.h)

    def draw(place: Rect) -> None:
        pen.card(place)
        text = Rect(place.x + edge, place.y + pen.px(12), inner, place.h - 2 * pen.px(12))
        over = Rect(text.x, text.y, text.w, text.h - low)
        pen.label(over, procedure.name.vi, 31, bold=True, down="middle", lines=name.lines)
        for index, (left, right) in enumerate(foot):
            line = Rect(text.x, over.bottom + index * pen.line(LEAST), text.w, pen.line(LEAST))
            pen.pair(line, (left, pen.colours.ink_2), (right, pen.colours.go))
        sign = Rect(place.right - edge - side, place.y + (place.h - side) // 2, side, side)
        pen.sign(sign, "more", pen.colours.ink)
        service = sight.catalogue.submission(procedure.department)
        pen.target(place, Picked(procedure.id, service), Said(procedure.name.vi, "vi"), called, _ways(sight, procedure))

    return Block(height, draw)


def _foot(pen: Pen, left: str, right: str, width: int) -> list[tuple[str, str]]:
    if not left and not right:
        return []
    return [(left, right)] if pen.side_by_side(left, right, width) else [(left, ""), ("", right)]


def ways(sight: Sight, procedure: Procedure) -> str:
    """The level of its online service, whether one may wait for the result, or need not come at all."""
    said = [sight.say(words.LEVEL).format(n=procedure.level)]
    said += [sight.say(words.ON_THE_SPOT)] if procedure.on_the_spot else []
    said += [sight.say(words.FROM_HOME)] if procedure.from_home else []
    return " · ".join(said)


def _ways(sight: Sight, procedure: Procedure) -> str:
    """The same in few words, for a field's name stands beside it."""
    said = [sight.say(words.LEVEL).format(n=procedure.level)]
    said += [sight.say(words.ON_THE_SPOT)] if procedure.on_the_spot else []
    said += [sight.say(words.ONLINE)] if procedure.from_home else []
    return " · ".join(said)


def _nothing(pen: Pen, sight: Sight, room: Rect) -> None:
    said = sight.say(words.SEARCH_NOTHING if sight.flow.query.strip() else words.SEARCH_EMPTY)
    pen.say(said)
    place = room.inset(pen.px(20 if pen.large else 40), pen.px(16))
    pen.filled(place, said, 36, pen.colours.ink_2, across="middle", down="middle")
