"""The ring around what the keys have reached, for people who see a little.

Rules: pure; two bands, of which one stands out from whatever lies beneath by at least 7 : 1; nothing of a page moves
when the ring comes or goes; it stands around the target, in the gap to its neighbours as far as there is one.
"""

from dataclasses import replace

from appliance.display.palette import INK, PAPER, contrast
from kiosk.events import Event
from kiosk.view import Ring, View

OUTER, INNER, OUTSIDE = 11, 5, 11
"""How thick the two bands are and how far the outer one begins outside of the target, on a screen 1080 px wide."""
RADIUS = 26


def ringed(view: View, event: Event | None) -> View:
    """The page with the ring around the target that means `event`; without one where no target does."""
    target = next((target for target in view.targets if target.event == event), None)
    if target is None:
        return view
    scale = min(view.width, view.height) / 1080
    outer, inner, outside, radius = (max(2, round(each * scale)) for each in (OUTER, INNER, OUTSIDE, RADIUS))
    strong, weak = sorted((INK, PAPER), key=lambda colour: contrast(colour, view.ground), reverse=True)
    place = target.rect.inset(-outside)
    bands = (Ring(place, strong, outer, radius), Ring(place.inset(outer), weak, inner, radius - outer))
    return replace(view, marks=(*view.marks, *bands))
