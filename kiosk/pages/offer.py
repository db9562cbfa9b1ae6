"""Time is short: a number for after the break, or one now all the same."""

from appliance.wire.choices import Offer
from kiosk import offer_words, phrases
from kiosk.events import WentHome
from kiosk.offered import Accepted
from kiosk.pages.rows import Row, choices, turn
from kiosk.pen import GAP, Pen
from kiosk.sight import Sight


def offer(pen: Pen, sight: Sight) -> None:
    """What may be had instead, each with what it means for the citizen's day."""
    flow = sight.flow
    rest = pen.heading(sight.say(offer_words.TOO_LATE if flow.resumes else offer_words.TONIGHT))
    why = sight.say(offer_words.WHY if flow.resumes else offer_words.WHY_TONIGHT)
    pen.say(why)
    rows = [Row(sight.say(offer_words.NAMES[each]), Accepted(each), _hint(sight, each)) for each in flow.offers]
    count = choices(pen, flow.page, rest, rows, note=why)
    none, more = pen.actions.columns((1, 1), pen.px(GAP)) if count > 1 else (pen.actions, pen.actions)
    pen.button(none, WentHome(), sight.say(offer_words.NO_NUMBER))
    if count > 1:
        turn(pen, more, flow.page, count)


def _hint(sight: Sight, each: Offer) -> str:
    if not sight.flow.resumes:
        return sight.say(offer_words.ANYWAY_TONIGHT)
    return sight.say(offer_words.HINTS[each]).format(time=phrases.time_of_day(sight.flow.resumes))
