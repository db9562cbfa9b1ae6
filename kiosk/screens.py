"""From the state of the flow to a page.

Rules: pure; every state has its page; header, reading aids and countdown are the same on all of them.
"""

from collections.abc import Callable

from appliance.display.palette import BLACK, DAY
from kiosk import surround, words
from kiosk.pages import choose, decide, ending, held, offer, procedure, search
from kiosk.pen import Pen
from kiosk.sight import Sight
from kiosk.states import State
from kiosk.view import View

_PAGES: dict[State, Callable[[Pen, Sight], None]] = {
    State.START: choose.start,
    State.FIELDS: choose.fields,
    State.SERVICES: decide.services,
    State.SEARCH: search.search,
    State.PROCEDURE: procedure.procedure,
    State.PRIORITY: decide.priority,
    State.REVIEW: decide.review,
    State.OFFER: offer.offer,
    State.ASKING: ending.progress,
    State.PRINTING: ending.progress,
    State.TAKE: ending.take,
    State.HELD: held.held,
    State.DOUBT: ending.doubt,
    State.SORRY: ending.sorry,
    State.OUT: ending.out,
}
_CLOSING = (State.TAKE, State.HELD, State.DOUBT, State.SORRY)
_SPEAKING = frozenset(State) - {State.ASKING, State.PRINTING, *_CLOSING}
"""Where language and letters can be changed: everywhere but on the way of a ticket."""


def view(sight: Sight) -> View:
    """The page for `sight`."""
    state, site = sight.flow.state, sight.catalogue.site
    flow = sight.flow
    colours = BLACK if flow.dark else DAY
    pen = Pen(sight.width, sight.height, flow.language, sight.ruler, large=flow.large, colours=colours)
    text = words.SECONDS if pen.titled else words.CLOSES_IN if state in _CLOSING else words.COUNTDOWN
    closing = "" if sight.left_s is None else sight.say(text).format(n=sight.left_s)
    remark = surround.remark(sight)
    pen.say(remark)
    _PAGES[state](pen, sight)
    surround.header(pen, site.name.to(flow.language), sight.moment, closing, remark)
    if state in _SPEAKING:
        surround.aids(pen, sight)
    if closing and not pen.large:
        surround.countdown(pen, closing)
    elif remark and not pen.large:
        surround.strip(pen, remark)
    return pen.done(state.name.lower())
