"""The way through the pages by two keys: what is reached, what is said about it, and what a key means.

Rules: pure; the first key only wakes the guide and chooses nothing; what is said is what stands on the page, in a
language that the machine can speak; the guide knows a choice by its event, so a page that changes under it (queues grow
and shrink all day) keeps its place; only what a person did, or a new page, is spoken.
"""

from dataclasses import dataclass, replace

from appliance.sound.numbers import letter
from appliance.sound.said import Said
from appliance.wire.site import Text
from kiosk import events as e
from kiosk import guide_words as words
from kiosk.events import Event
from kiosk.keys import Key
from kiosk.offered import Accepted
from kiosk.view import Target, View

SETTLE_S = {Key.NEXT: 0.1, Key.CHOOSE: 0.4, Key.REPEAT: 0.1, Key.BACK: 0.4}
"""How long the same key again is taken for the first press: a trembling hand chooses once."""
_RANKS: dict[type, int] = {
    e.Took: 0, Accepted: 0, e.AskedPriority: 2, e.Leafed: 3, e.Typed: 3, e.Erased: 4,
    e.WentBack: 5, e.WentHome: 5, e.Sought: 6, e.Enlarged: 7, e.Darkened: 7, e.Spoke: 8,
}  # fmt: skip
"""What is read out first: what people came for, then the ways on and back, then how to read."""
_CHOICE = 1


@dataclass(frozen=True)
class Page:
    """A page for the ears: `view` is in `language`, one of the `voices`; `wished` is the language of the screen."""

    view: View
    language: str
    wished: str
    centre: str
    voices: frozenset[str]

    def say(self, text: Text, **blanks: object) -> Said:
        """`text` in the language that is spoken."""
        return Said(text.to(self.language).format(**blanks), self.language)


@dataclass(frozen=True)
class Guide:
    """Where the guide is. `focus` None: nothing can be chosen, or it is off."""

    on: bool = False
    focus: Event | None = None
    page: str = ""
    wished: str = ""
    told: tuple[Said, ...] = ()
    tongues_first: bool = True
    last: tuple[Key, float] | None = None


@dataclass(frozen=True)
class Turn:
    """What comes of something: the guide from now on, what to say, and what the hand meant, if it meant something."""

    guide: Guide
    say: tuple[Said, ...] = ()
    meaning: Event | None = None


def press(guide: Guide, page: Page, key: Key, now: float) -> Turn:
    """A key went down at `now`, monotonic seconds."""
    if guide.last is not None and guide.last[0] is key and now - guide.last[1] < SETTLE_S[key]:
        return Turn(guide)
    guide = replace(guide, last=(key, now))
    if not guide.on:
        return _wake(guide, page)
    match key:
        case Key.NEXT:
            return _next(guide, page)
        case Key.CHOOSE:
            return _choose(guide, page, guide.focus)
        case Key.BACK:
            back = (each.event for each in page.view.targets if isinstance(each.event, e.WentBack | e.WentHome))
            return _choose(guide, page, next(back, None))
        case Key.REPEAT:
            return Turn(guide, _whole(guide, page))


def follow(guide: Guide, page: Page, pressed: bool) -> Turn:
    """The page was made anew; `pressed`: because of a key."""
    if not guide.on:
        return Turn(guide)
    if (page.view.page, page.wished) != (guide.page, guide.wished):
        return _arrive(guide, page)
    found = any(each.event == guide.focus for each in page.view.targets)
    if pressed and not found:
        return _arrive(guide, page)
    fresh = tuple(said for said in page.view.said if said not in guide.told)
    guide = replace(guide, told=page.view.said, focus=guide.focus if found else _first(guide, page))
    return Turn(guide, (*fresh, *_focused(guide, page)) if pressed else ())


def remind(guide: Guide, page: Page) -> Turn:
    """Nothing was pressed for a while: how it goes, and where one is."""
    return Turn(guide, (page.say(words.HOW), *_whole(guide, page)) if guide.on else ())


def leave(guide: Guide) -> Guide:
    """Whoever it was has gone, or reads for himself."""
    return Guide(last=guide.last)


def choices(guide: Guide, page: Page) -> list[Target]:
    """What can be chosen, in the order in which it is read out."""
    offered = [each for each in page.view.targets if each.event != e.Spoke(page.wished)]
    return sorted(offered, key=lambda target: _rank(guide, page, target.event))


def _rank(guide: Guide, page: Page, event: Event) -> int:
    if isinstance(event, e.Spoke) and page.view.page == "start" and guide.tongues_first:
        return 0 if event.language in page.voices else _RANKS[e.Spoke]
    return _RANKS.get(type(event), _CHOICE)


def _wake(guide: Guide, page: Page) -> Turn:
    arrived = _arrive(replace(guide, on=True), page)
    return replace(arrived, say=(page.say(words.WELCOME, centre=page.centre), *arrived.say))


def _arrive(guide: Guide, page: Page) -> Turn:
    """A new page: what it tells, how many choices, the first of them."""
    foreign = page.wished != guide.wished and page.wished not in page.voices
    guide = replace(guide, page=page.view.page, wished=page.wished, told=page.view.said)
    guide = replace(guide, focus=_first(guide, page))
    return Turn(guide, (*([page.say(words.NO_VOICE)] if foreign else []), *_whole(guide, page)))


def _first(guide: Guide, page: Page) -> Event | None:
    return next((each.event for each in choices(guide, page)), None)


def _next(guide: Guide, page: Page) -> Turn:
    events = [each.event for each in choices(guide, page)]
    if not events:
        return Turn(guide, _whole(guide, page))
    at = (events.index(guide.focus) + 1) % len(events) if guide.focus in events else 0
    guide = replace(guide, focus=events[at])
    return Turn(guide, (*page.view.said[: int(at == 0)], *_focused(guide, page)))


def _choose(guide: Guide, page: Page, event: Event | None) -> Turn:
    if event is None:
        return Turn(guide, _whole(guide, page))
    return Turn(replace(guide, tongues_first=guide.tongues_first and not isinstance(event, e.Spoke)), meaning=event)


def _whole(guide: Guide, page: Page) -> tuple[Said, ...]:
    count = len(choices(guide, page))
    many = [page.say(words.CHOICES, n=count)] if count > 1 else []
    return (*page.view.said, *many, *_focused(guide, page))


def _focused(guide: Guide, page: Page) -> tuple[Said, ...]:
    """What is reached, in words that can be spoken; a key of the keyboard by its letter's long name."""
    if isinstance(guide.focus, e.Typed) and guide.focus.letter.isalpha():
        return (Said(letter(guide.focus.letter, page.language), page.language),)
    said = next((each.said for each in page.view.targets if each.event == guide.focus), ())
    spoken = tuple(piece for piece in said if piece.language in page.voices)
    return spoken if spoken or not said else (page.say(words.ONLY_SHOWN),)
