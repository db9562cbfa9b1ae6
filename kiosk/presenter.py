"""Decides when a page is drawn, and remembers which one a finger is looking at.

Rules: what is seen unchanged is not laid out again, an unchanged page never drawn again; what hands do shows at once,
what the world does (queues grow and shrink all day) at most every `CALM_S`; times are monotonic seconds, but the clock
on the page is the business clock.
"""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from appliance.runtime.clock import Clock
from kiosk.catalogue import Catalogue
from kiosk.centre import Centre
from kiosk.events import Event
from kiosk.guide import Page
from kiosk.ports import Screen
from kiosk.ring import ringed
from kiosk.ruler import Ruler
from kiosk.screens import view
from kiosk.sight import Sight
from kiosk.states import Flow, State
from kiosk.view import View

CALM_S = 0.4
STRIDE_S = 0.4
COUNTDOWN_S = 15
SOON_S = 0.05
"""So long a wish may take before its progress is drawn: the touch shows already, and the paper is not held up."""
_MOVING = (State.ASKING, State.PRINTING)
_BROWSING = (
    *(State.START, State.FIELDS, State.SERVICES, State.SEARCH, State.PROCEDURE),
    *(State.PRIORITY, State.REVIEW, State.OFFER, State.OUT),
)


class Presenter:
    """Shows the flow on `screen`, `width` × `height` px, in the letters that `ruler` measures."""

    def __init__(self, screen: Screen, clock: Clock, ruler: Ruler, width: int, height: int) -> None:
        self._screen = screen
        self._clock = clock
        self._ruler = ruler
        self._size = (width, height)
        self._page: View | None = None
        self._heard: View | None = None
        self._sight_of: Sight | None = None
        self._shown: View | None = None
        self._flow: Flow | None = None
        self._drawn_at = 0.0
        self._waiting = False
        self._held_until = float("-inf")

    @property
    def shown(self) -> View | None:
        """The page that is on the screen."""
        return self._shown

    def aloud(self, voices: frozenset[str]) -> Page | None:
        """The newest page for the ears, in its own language or, where no voice speaks that, in one that is spoken."""
        seen = self._sight_of
        if self._page is None or seen is None:
            return None
        wished = seen.flow.language
        tongues = [each for each in (wished, seen.flow.first_language, *sorted(voices)) if each in voices]
        language = tongues[0] if tongues else wished
        if self._heard is None:
            other = replace(seen, flow=replace(seen.flow, language=language))
            self._heard = self._page if language == wished else view(other)
        return Page(self._heard, language, wished, seen.catalogue.site.name.to(language), voices)

    def look(self, flow: Flow, catalogue: Catalogue, centre: Centre, now: float, by_ear: bool = False) -> None:
        """Make the page anew, at once or soon (see `deadline`). `by_ear`: somebody listens, every step is told."""
        hands = flow is not self._flow
        self._held_until = self._hold(flow, now, by_ear)
        self._waiting = not hands and now < self._drawn_at + CALM_S and flow.state not in _MOVING
        if self._waiting or now < self._held_until:
            return
        self._flow = flow
        sight = self._sight(flow, catalogue, centre, now)
        if sight == self._sight_of:
            return
        self._sight_of, made = sight, view(sight)
        if made != self._page:
            self._page, self._heard = made, None

    def _hold(self, flow: Flow, now: float, by_ear: bool) -> float:
        """Until when the progress of a wish is not drawn: it may be over before."""
        if flow.state not in _MOVING:
            return float("-inf")
        if self._held_until > float("-inf"):
            return self._held_until
        return now if by_ear else now + SOON_S

    def show(self, focus: Event | None, now: float) -> None:
        """Bring the screen up to date, with a ring around what the keys have reached."""
        page = ringed(self._page, focus) if self._page is not None else None
        if page is not None and page != self._shown:
            self._shown, self._drawn_at = page, now
            self._screen.show(page)

    def deadline(self, now: float) -> float | None:
        """When the page changes by itself."""
        if self._flow is None:
            return None
        ends = [now + self._until_next_minute()]
        if self._waiting:
            ends.append(self._drawn_at + CALM_S)
        if self._held_until > now:
            ends.append(self._held_until)
        if self._flow.state in _MOVING:
            ends.append(now + STRIDE_S - now % STRIDE_S)
        elif self._flow.deadline is not None:
            left = self._flow.deadline - now
            ends.append(now + (left % 1.0 or 1.0) if left <= COUNTDOWN_S else self._flow.deadline - COUNTDOWN_S)
        return min(ends)

    def _until_next_minute(self) -> float:
        return (60.0 - self._clock.now() % 60.0) / max(self._clock.pace(), 0.001) + 0.005

    def _sight(self, flow: Flow, catalogue: Catalogue, centre: Centre, now: float) -> Sight:
        return Sight(
            flow=flow,
            catalogue=catalogue,
            queues=centre.queues,
            moment=self._moment(catalogue),
            width=self._size[0],
            height=self._size[1],
            ruler=self._ruler,
            left_s=_left(flow, now),
            stride=int(now / STRIDE_S) if flow.state in _MOVING else 0,
            notice=centre.site.notice if centre.site else "",
        )

    def _moment(self, catalogue: Catalogue) -> datetime | None:
        """The minute it is, or None while the clock was never set."""
        if self._clock.quality() == "unset":
            return None
        moment = datetime.fromtimestamp(self._clock.now(), ZoneInfo(catalogue.site.timezone))
        return moment.replace(second=0, microsecond=0)


def _left(flow: Flow, now: float) -> int | None:
    """Seconds to tell: on a page that closes always, while choosing only when it is about to happen."""
    if flow.deadline is None or flow.state in _MOVING:
        return None
    left = max(0, -int(-(flow.deadline - now) // 1))
    return left if left <= COUNTDOWN_S or flow.state not in _BROWSING else None
