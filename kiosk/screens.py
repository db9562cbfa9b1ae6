"""From the state of the flow to a page.

Rules: pure; every state has its page; the header, the languages and the countdown are the same on all of them.
"""

from collections.abc import Callable

from kiosk import words
from kiosk.pages import choose, decide, ending, procedure, search
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
    State.ASKING: ending.progress,
    State.PRINTING: ending.progress,
    State.TAKE: ending.take,
    State.DOUBT: ending.doubt,
    State.SORRY: ending.sorry,
    State.OUT: ending.out,
}
_CLOSING = (State.TAKE, State.DOUBT, State.SORRY)
_SPEAKING = frozenset(State) - {State.ASKING, State.PRINTING, *_CLOSING}
"""Where the language can be changed: everywhere but on the way of a ticket."""


def view(sight: Sight) -> View:
    """The page for `sight`."""
    state, site = sight.flow.state, sight.catalogue.site
    pen = Pen(sight.width, sight.height, sight.flow.language)
    pen.head(site.name.to(sight.flow.language), sight.moment)
    _PAGES[state](pen, sight)
    if state in _SPEAKING:
        pen.tongues(site.languages)
    if sight.left_s is not None:
        pen.countdown(sight.left_s, sight.say(words.CLOSES_IN if state in _CLOSING else words.COUNTDOWN))
    return pen.done(state.name.lower())
