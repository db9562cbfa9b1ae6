"""One procedure: what to bring, where, how many wait, whether one need come at all, and the number."""

from appliance.display.geometry import Rect
from appliance.sound.said import Said
from appliance.wire.procedures import Procedure
from kiosk import words
from kiosk.events import WentBack
from kiosk.pages.card import Zone, card, facts, pages, papers, stacked, text, told
from kiosk.pages.decide import gone, last_look
from kiosk.pages.search import ways
from kiosk.pen import GAP, Pen
from kiosk.sight import Sight

_CODE = 190
"""The side of the QR code: 59 mm on a 27-inch screen, to be scanned from an arm's length."""


def procedure(pen: Pen, sight: Sight) -> None:
    """The last look before a number is taken for a procedure."""
    chosen = sight.catalogue.procedures.procedure(sight.flow.procedure)
    if chosen is None:
        gone(pen, sight)
        return
    rest = pen.heading(sight.say(words.PROCEDURE))
    ways = [_told(pen, sight, chosen, rest.w - 2 * pen.px(40), tight) for tight in (False, True)]
    if sight.catalogue.service(sight.flow.service) is not None:
        last_look(pen, sight, rest, ways)
    else:
        card(pen, rest, next((each for each in ways if pages(pen, rest, each) == 1), ways[0]), sight.flow.page)
        back, _ = pen.actions.columns((1, 2), pen.px(GAP))
        pen.button(back, WentBack(), sight.say(words.BACK), back=True)


def _told(pen: Pen, sight: Sight, chosen: Procedure, width: int, tight: bool) -> list[list[Zone]]:
    """All that is told, in two columns where a lying screen has room for them."""
    if not pen.lying or pen.large:
        return [
            [
                *_name(pen, sight, chosen, width, tight),
                *_queue(pen, sight, width, tight),
                *papers(pen, width, chosen.bring),
                *_online(pen, sight, chosen, width),
            ]
        ]
    left, right = Rect(0, 0, width, 1).columns((8, 5), pen.px(64))
    columns = [
        [*_name(pen, sight, chosen, left.w, tight), *_queue(pen, sight, left.w, tight)],
        [*papers(pen, right.w, chosen.bring), *_online(pen, sight, chosen, right.w)],
    ]
    return [column for column in columns if column]


def _name(pen: Pen, sight: Sight, chosen: Procedure, width: int, tight: bool) -> list[Zone]:
    """Its field above, its name, and below what saves a way."""
    field = sight.catalogue.field(chosen.department)
    called = field.name.to(sight.flow.language) if field else ""
    sample = f" · {sight.say(words.SAMPLE)}" if chosen.sample else ""
    over = text(pen, width, f"{called}{sample}", 29, pen.colours.ink_2, lines=2)
    name = text(
        pen, width, chosen.name.vi, 40 if pen.large or tight else 54, bold=True, aloud=Said(chosen.name.vi, "vi")
    )
    under = text(pen, width, ways(sight, chosen), 31, pen.colours.go, bold=True, lines=2)
    return [stacked([over, name]), under] if pen.large else [stacked([over, name, under], pen.px(8))]


def _queue(pen: Pen, sight: Sight, width: int, tight: bool) -> list[Zone]:
    service = sight.catalogue.service(sight.flow.service)
    if service is None:
        return [text(pen, width, sight.say(words.NO_SUBMISSION), 36, bold=True, begins=True)]
    return told(pen, width, facts(sight, service.queue), size=38 if tight else 50)


def _online(pen: Pen, sight: Sight, chosen: Procedure, width: int) -> list[Zone]:
    """Where it can be filed without coming, for a phone to read."""
    address = sight.catalogue.site.online_url
    if not chosen.from_home or not address:
        return []
    side, gap = pen.px(_CODE), pen.px(32)
    room = width - side - gap
    said = sight.say(words.ONLINE_HOW)
    fitted = pen.measure(said, 31, room, lines=4)

    def draw(place: Rect) -> None:
        pen.say(said)
        pen.code(Rect(place.x, place.y, side, side), address)
        top = place.y + max(0, (place.h - fitted.height) // 2)
        pen.paragraph(Rect(place.x + side + gap, top, room, fitted.height), said, 31, lines=4)

    return [Zone(max(side, fitted.height), draw)]
