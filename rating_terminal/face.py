"""From the session to what the panel shows. Rules: pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from appliance.wire.site import AskedWords, SiteDocument, Text
from rating_terminal.ports import Asked, Face
from rating_terminal.session import Moment, Session, State, lamps, say
from rating_terminal.talk import Offer, Talk, page
from rating_terminal.words import LANGUAGES, PRIVACY, SAID, level_names

LEFT_STEP_S = 10
"""The time left is shown in such steps: a screen that changes every second is restless."""


@dataclass(frozen=True)
class Shown:
    """How many levels there are and what they are called; the desk; the face shown last, None at first."""

    levels: int
    desk: str = ""
    site: SiteDocument | None = None
    face: Face | None = None

    def named(self, site: SiteDocument) -> "Shown":
        """The same with the names that the centre gives."""
        return replace(self, site=site)

    def with_face(self, face: Face) -> "Shown":
        """The same after `face` was shown."""
        return replace(self, face=face)

    def offer(self) -> Offer:
        """What the centre asks those who were not satisfied; nothing while it is not known."""
        if self.site is None:
            return Offer()
        negative = frozenset(each.level for each in self.site.levels if not each.satisfied)
        return Offer(tuple(r.id for r in self.site.reasons), tuple(q.id for q in self.site.questions), negative)

    def place(self) -> Mapping[str, str]:
        """The counter where the desk is, by language."""
        counters = self.site.counters if self.site else ()
        return next((_all(each.label) for each in counters if self.desk in each.desks), {})


def face(session: Session, talk: Talk, shown: Shown, stuck: tuple[int, ...], moment: Moment) -> Face:
    """What the panel shows now."""
    site = shown.site
    arming = session.arming
    said = say(session)
    own = arming.lang if arming and arming.lang in LANGUAGES else "vi"
    left_s = max(0.0, arming.until - moment.now) if arming else 0.0
    return Face(
        state=session.state.value,
        lamps=lamps(session, shown.levels),
        number=arming.number if arming else "",
        until=arming.until if arming else 0.0,
        chosen=session.level,
        say=said.value,
        said=_all(SAID[said]),
        names=tuple(_all(name) for name in level_names(shown.levels, site.levels if site else ())),
        privacy=_all(PRIVACY),
        stuck=stuck,
        page=page(session, talk, moment.elapsed),
        lang=talk.lang or own,
        left_s=math.ceil(left_s / LEFT_STEP_S) * LEFT_STEP_S,
        place=shown.place(),
        change=session.state is State.THANKED,
        reasons=tuple(_asked(each, talk) for each in (site.reasons if site else ())),
        questions=tuple(_asked(each, talk) for each in (site.questions if site else ())),
    )


def _asked(words: AskedWords, talk: Talk) -> Asked:
    return Asked(words.id, _all(words.name), words.id in talk.reasons, talk.answers.get(words.id))


def _all(text: Text) -> Mapping[str, str]:
    return {language: text.to(language) for language in LANGUAGES}
