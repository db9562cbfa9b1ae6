"""One procedure: what to bring, where, how many wait, whether one need come at all, and the number."""

from appliance.display import palette
from appliance.display.geometry import Rect
from appliance.sound.said import Said
from appliance.wire.procedures import Procedure
from appliance.wire.site import ServiceWords
from kiosk import words
from kiosk.events import Took, WentBack
from kiosk.pages.choose import GAP
from kiosk.pages.decide import fact, facts, gone, priority_band, say_facts
from kiosk.pages.search import ways
from kiosk.pen import Pen
from kiosk.sight import Sight


def procedure(pen: Pen, sight: Sight) -> None:
    """The last look before a number is taken for a procedure."""
    chosen = sight.catalogue.procedures.procedure(sight.flow.procedure)
    if chosen is None:
        gone(pen, sight)
        return
    rest = pen.heading(sight.say(words.PROCEDURE))
    service = sight.catalogue.service(sight.flow.service)
    if service is not None and sight.catalogue.groups:
        rest = priority_band(pen, sight, rest)
    _card(pen, sight, chosen, service, rest)
    back, take = pen.actions.columns((1, 2), pen.px(GAP))
    pen.button(back, WentBack(), sight.say(words.BACK), back=True)
    if service is not None:
        pen.button(take, Took(""), sight.say(words.TAKE), size=48, fill=palette.GO)


def _card(pen: Pen, sight: Sight, chosen: Procedure, service: ServiceWords | None, room: Rect) -> None:
    pen.box(room, palette.PAPER, border=palette.LINE)
    inner, thin = room.inset(pen.px(40), pen.px(20)), pen.px(2)
    if pen.lying:
        left, bring = inner.columns((8, 5), pen.px(64))
        name, queue = left.rows((5, 3), pen.px(GAP))
        rules = [Rect(bring.x - pen.px(32), bring.y, thin, bring.h)]
    else:
        name, queue, bring = inner.rows((5, 3, 4), pen.px(GAP))
        rules = [Rect(bring.x, bring.y, bring.w, thin)]
    for rule in (Rect(queue.x, queue.y, queue.w, thin), *rules):
        pen.box(rule, palette.LINE, radius=0)
    _name(pen, sight, chosen, name)
    if service is None:
        said = sight.say(words.NO_SUBMISSION)
        pen.label(queue, said, 36, bold=True, down="middle", lines=3)
        pen.say(said)
    else:
        _queue(pen, sight, service, queue)
    _bring(pen, sight, chosen, bring)


def _name(pen: Pen, sight: Sight, chosen: Procedure, zone: Rect) -> None:
    """Its field above, its name, and below what saves a way."""
    field = sight.catalogue.field(chosen.department)
    called = field.name.to(sight.flow.language) if field else ""
    sample = sight.say(words.SAMPLE) if chosen.sample else ""
    over, under = pen.line(29), pen.line(31)
    pen.pair(Rect(zone.x, zone.y, zone.w, over), (called, palette.INK_2), (sample, palette.INK_2), size=29)
    middle = Rect(zone.x, zone.y + over, zone.w, zone.h - over - under - pen.px(8))
    pen.say(called, Said(chosen.name.vi, "vi"), ways(sight, chosen))
    pen.label(middle, chosen.name.vi, 54, bold=True, down="middle", lines=3)
    line = Rect(zone.x, middle.bottom, zone.w, under)
    pen.label(line, ways(sight, chosen), 31, palette.GO, bold=True, down="middle")


def _queue(pen: Pen, sight: Sight, service: ServiceWords, zone: Rect) -> None:
    said = facts(sight, service.queue)
    say_facts(pen, said)
    for place, (label, value) in zip(zone.columns([1] * len(said), pen.px(16)), said, strict=True):
        fact(pen, place, label, value)


def _bring(pen: Pen, sight: Sight, chosen: Procedure, zone: Rect) -> None:
    """Its papers, one to a line as far as there is room."""
    if not chosen.bring:
        return
    papers = [_begin_large(paper.strip()) for paper in chosen.bring.split(";") if paper.strip()]
    top = pen.line(27)
    block = Rect(zone.x, zone.y + pen.px(16), zone.w, zone.h - pen.px(16))
    pen.say(sight.say(words.BRING), Said("; ".join(papers), "vi"))
    most = max(1, (block.h - top) // pen.line(34))
    said = "\n".join(f"• {paper}" for paper in papers) if len(papers) <= most else "; ".join(papers)
    pen.label(Rect(block.x, block.y, block.w, top), sight.say(words.BRING), 27, palette.INK_2)
    pen.label(Rect(block.x, block.y + top, block.w, block.h - top), said, 34, lines=most)


def _begin_large(said: str) -> str:
    return said[:1].upper() + said[1:]
