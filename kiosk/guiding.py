"""The guide at work: keys in, speech out, and the times of somebody who listens instead of looking.

Rules: the newest words win; while the guide speaks no page runs out; a listener who does nothing hears everything once
more, then is told before the page goes; whoever touches the screen does not need the guide. Times: monotonic seconds.
"""

import itertools
from collections.abc import Callable
from dataclasses import replace

from appliance.sound.player import SoundEnded
from appliance.sound.said import Said
from appliance.sound.voice import Voice
from kiosk import events as e
from kiosk import guide as g
from kiosk import guide_words as words
from kiosk.events import Event
from kiosk.guide import Guide, Page, Turn
from kiosk.keys import Key
from kiosk.states import Flow, State, Times, untouched

SLOWER = 4.0
"""How many times longer a page stands for somebody who listens."""
REMIND_S = 10.0
"""After so long a silence everything is said once more."""
REST_S = 60.0
"""After so much more of it at the start page the guide rests."""
WARN_S = 20.0
"""So long before a page goes, that is said."""
_BUSY = (State.ASKING, State.PRINTING)
_ENDING = (State.TAKE, State.HELD, State.DOUBT, State.SORRY)


class Guiding:
    """Guides one person at a time through `page()` by `voice`; `mean` does what a choice means."""

    def __init__(
        self, voice: Voice, mean: Callable[[Event], None], page: Callable[[], Page | None], now: Callable[[], float]
    ) -> None:
        self._voice = voice
        self._mean = mean
        self._page = page
        self._now = now
        self._guide = Guide()
        self._jobs = itertools.count(1)
        self._job = ""
        self._silent_since: float | None = None
        self._reminded = False
        self._holds = False
        self._pressed = False
        self._warned: float | None = None

    @property
    def focus(self) -> Event | None:
        """What is reached; None while the guide is off."""
        return self._guide.focus if self._guide.on else None

    def times(self, times: Times) -> Times:
        """How long pages stand: longer for somebody who listens; hub and printer are as quick as ever."""
        if not self._guide.on:
            return times
        return replace(
            times,
            browse_s=times.browse_s * SLOWER,
            take_s=2 * times.take_s * SLOWER,  # because the number is told twice before it goes
            doubt_s=times.doubt_s * SLOWER,
            sorry_s=times.sorry_s * SLOWER,
        )

    def press(self, key: Key) -> None:
        """A key went down."""
        page = self._page()
        if page is None:
            return
        turn = g.press(self._guide, page, key, self._now())
        if turn.guide == self._guide:
            return  # the same press, by a trembling hand
        self._reminded, self._warned = False, None
        self._pressed = turn.meaning is not None
        self._take(turn)
        self._mean(turn.meaning or e.Stayed())

    def follow(self) -> None:
        """The page was made anew."""
        page = self._page() if self._guide.on else None
        if page is not None:
            self._take(g.follow(self._guide, page, self._pressed))
        self._pressed = False

    def spoke(self, ended: SoundEnded) -> None:
        """Words came to their end, or could not be heard."""
        if ended.job == self._job and self._guide.on:
            self._job, self._silent_since = "", self._now()
            if self._holds:
                self._mean(e.Stayed())

    def leave(self, thanks: bool = False) -> None:
        """Whoever it was has gone, or touches the screen."""
        if not self._guide.on:
            return
        page, self._guide, self._warned = self._page(), g.leave(self._guide), None
        self._voice.hush()
        if thanks and page is not None:
            self._say((page.say(words.THANKS),))

    def deadline(self, flow: Flow) -> float | None:
        """When `tick` is wanted next."""
        if not self._guide.on:
            return None
        ends = []
        if self._silent_since is not None and not self._reminded:
            ends.append(self._silent_since + REMIND_S)
        elif self._silent_since is not None and untouched(flow):
            ends.append(self._silent_since + REST_S)
        goes = self._goes(flow)
        if goes is not None:
            ends.append(goes - WARN_S)
        return min(ends, default=None)

    def tick(self, flow: Flow) -> None:
        """Time alone changed something."""
        due, now, page = self.deadline(flow), self._now(), self._page()
        if due is None or now < due or page is None:
            return
        goes = self._goes(flow)
        if goes is not None and now >= goes - WARN_S:
            self._warned = goes
            left = max(1, round(goes - now))
            self._say((page.say(words.CLOSING if flow.state in _ENDING else words.LEAVING, n=left),), holds=False)
        elif not self._reminded:
            self._reminded = True
            self._take(g.remind(self._guide, page))
        else:
            self._guide = g.leave(self._guide)
            self._say((page.say(words.RESTING),))

    def _goes(self, flow: Flow) -> float | None:
        """When the page goes and nobody was told yet."""
        return None if flow.state in _BUSY or flow.deadline == self._warned else flow.deadline

    def _take(self, turn: Turn) -> None:
        if turn.guide.page != self._guide.page:
            self._reminded = False
        self._guide = turn.guide
        if turn.say:
            self._say(turn.say)

    def _say(self, said: tuple[Said, ...], *, holds: bool = True) -> None:
        """`holds`: the page's time begins anew when this was heard."""
        self._job, self._silent_since, self._holds = f"guide-{next(self._jobs)}", None, holds
        self._voice.say(self._job, said)
