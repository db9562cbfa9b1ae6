"""From the state of the flow to a page.

Rules: pure; every state has its page; the header, the languages and the countdown are the same on all of them.
"""

from collections.abc import Callable

from kiosk import words
from kiosk.catalogue import Catalogue
from kiosk.flow import State
from kiosk.pages import choose, decide, ending
from kiosk.pen import Pen
from kiosk.sight import Sight
from kiosk.view import View

_CHOOSING: dict[State, Callable[[Pen, Sight, Catalogue], None]] = {
    State.START: choose.start,
    State.FIELDS: choose.fields,
    State.SERVICES: decide.services,
    State.PRIORITY: decide.priority,
    State.REVIEW: decide.review,
}
_ENDING: dict[State, Callable[[Pen, Sight], None]] = {
    State.ASKING: ending.progress,
    State.PRINTING: ending.progress,
    State.TAKE: ending.take,
    State.DOUBT: ending.doubt,
    State.SORRY: ending.sorry,
    State.OUT: ending.out,
}


def view(sight: Sight) -> View:
    """The page for `sight`."""
    state, catalogue = sight.flow.state, sight.catalogue
    pen = Pen(sight.width, sight.height, sight.flow.language)
    name = catalogue.site.name.to(sight.flow.language) if catalogue else ""
    pen.head(name, sight.moment)
    if state in _ENDING:
        _ENDING[state](pen, sight)
    elif catalogue is not None:
        _CHOOSING[state](pen, sight, catalogue)
    if state in _CHOOSING or state is State.OUT:
        pen.tongues(catalogue.site.languages if catalogue else ("vi", "en", "km"))
    if sight.left_s is not None:
        closing = state in (State.TAKE, State.DOUBT, State.SORRY)
        pen.countdown(sight.left_s, sight.say(words.CLOSES_IN if closing else words.COUNTDOWN))
    return pen.done(state.name.lower())
