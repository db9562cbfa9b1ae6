"""One press, one verdict: vote, correction, one too many, nobody to rate, or nobody can tell any more.

A terminal says which opening it answers and numbers its presses, so that what counts is the same in whatever order they
arrive and however long they waited; a plain button is judged by the moment at which it is heard.

Rules: pure; a visit has one vote in the sum, also where it has rated through both channels; the ticket is named only by
a voucher under the day's key, which is destroyed at night.
"""

import hashlib
import hmac
from typing import Any, Literal

from msgspec import UNSET

from appliance.wire.messages import Rating
from appliance.wire.parts import Opening
from broker import refusals as no
from broker.commands import PhoneVote
from broker.lobby import Arming, Lobby, Vote
from broker.model import Desk
from broker.rating_facts import Channel, Rated, RatingExplained, RatingLate, RatingOrphan, RatingSuppressed
from broker.refusals import Refusal

LATENCY_EDGES_S = (2, 5, 15, 60)
"""Upper edges of the latency classes 0 to 3; class 4 is anything longer."""
PhonePhase = Literal["shut", "open", "at_desk", "explain", "thanks"]
"""Not to be rated, or not any more; to be rated; rated at the desk; rated, and more may be said; rated."""
Verdict = Rated | RatingSuppressed | RatingOrphan | RatingLate
Facts = tuple[Verdict | RatingExplained, ...]


def voucher(day_key: bytes, ticket: str) -> str:
    """What stands for a ticket in rating facts: HMAC-SHA-256 under the day's key, 32 hex digits."""
    # `hmac.digest` would hand the interpreter to other threads, and the one writer would wait to get it back.
    return hmac.new(day_key, ticket.encode(), hashlib.sha256).hexdigest()[:32]


def latency_class(after_s: float) -> int:
    """The class of the time between "service finished" and the press."""
    return next((index for index, edge in enumerate(LATENCY_EDGES_S) if after_s < edge), len(LATENCY_EDGES_S))


def at_terminal(lobby: Lobby, desk: Desk, message: Rating, now: int) -> Facts | Refusal:
    """What a press at `desk`, heard at `now` (ms), makes; nothing where all it says is known."""
    if (unknown := _unknown(lobby, message)) is not None:
        return unknown
    opening = message.opening
    if message.blind is True or opening is None:
        return ((RatingLate if message.blind is True else RatingOrphan)(**_place(desk, message.level)),)
    if opening is UNSET:
        arming = lobby.armings.get(lobby.armed.get(desk.id, ""))
        verdict: Verdict | None = _unnumbered(lobby, arming, desk, message.level, now)
    else:
        arming = _opened(lobby, desk, opening)
        verdict = _numbered(lobby, arming, desk, message.level, opening)
    return _explained(lobby, arming, message, "button", verdict)


def by_phone(lobby: Lobby, message: PhoneVote, now: int) -> Facts | Refusal:
    """What a citizen's own phone says of its visit: once, while there is time."""
    if (unknown := _unknown(lobby, message)) is not None:
        return unknown
    arming = lobby.armings.get(voucher(lobby.day_key, message.ticket))
    shut = phone_shut(lobby, arming, now)
    if arming is None or shut is not None:
        return shut or no.NOT_TO_BE_RATED
    verdict = _first_or_only(lobby, arming, message.level, now)
    return _explained(lobby, arming, message, "phone", verdict) or no.ALREADY_RATED


def phone_shut(lobby: Lobby, arming: Arming | None, now: int) -> Refusal | None:
    """Why the visit of `arming` cannot be rated by phone at `now` (ms), None where it can, or was."""
    rules = lobby.site.rules
    if rules.channels == "button" or arming is None:
        return no.NOT_TO_BE_RATED
    if arming.phone is None and arming.button is not None and rules.channels == "either":
        return no.ALREADY_RATED
    return no.TOO_LATE_TO_RATE if now > arming.start + rules.phone_window_s * 1000 else None


def phone_phase(lobby: Lobby, ticket: str, now: int) -> tuple[PhonePhase, int]:
    """What a phone shows of the rating of visit `ticket` at `now` (ms), and the level that it gave, or 0."""
    arming = lobby.armings.get(voucher(lobby.day_key, ticket))
    if arming is not None and arming.phone is not None:
        level, site = arming.phone.level, lobby.site
        more = not site.levels[level - 1].satisfied and "phone" not in arming.explained
        return ("explain" if more and (site.reasons or site.questions) else "thanks"), level
    why = phone_shut(lobby, arming, now)
    if why is None:
        return "open", 0
    return ("at_desk" if why is no.ALREADY_RATED else "shut"), 0


def phone_was_first(lobby: Lobby, arming: Arming) -> bool:
    """Whether there is nothing more to ask at the desk: the visit has voted by phone, and once is all."""
    return lobby.site.rules.channels != "both" and arming.phone is not None and arming.button is None


def _unknown(lobby: Lobby, message: Rating | PhoneVote) -> Refusal | None:
    site = lobby.site
    if message.level > len(site.levels):
        return no.UNKNOWN_LEVEL
    reasons, questions = {each.id for each in site.reasons}, {each.id for each in site.questions}
    known = set(message.reasons or ()) <= reasons and set(message.answers or ()) <= questions
    return None if known else no.UNKNOWN_REASON


def _opened(lobby: Lobby, desk: Desk, opening: Opening) -> Arming | None:
    """The visit of today that the terminal speaks of, where it was still open to it at the press."""
    here = [arming for arming in lobby.armings.values() if arming.desk == desk.id]
    asked = next((each for each in here if lobby.calendar.instant(each.until) == opening.until), None)
    if asked is None:
        return None
    pressed = asked.until - opening.left_ms
    return None if any(asked.start < other.start < pressed for other in here) else asked


def _numbered(lobby: Lobby, arming: Arming | None, desk: Desk, level: int, opening: Opening) -> Verdict | None:
    if arming is None:
        return RatingLate(**_place(desk, level))
    vote = arming.button
    if vote is not None and (vote.press, vote.level) == (opening.press, level):
        return None  # the same press, said before with what was added to it
    if opening.press <= (vote.press if vote else 0) or phone_was_first(lobby, arming):
        return RatingSuppressed(**_place(desk, level))
    pressed = max(arming.start, arming.until - opening.left_ms)
    return _vote(lobby, arming, "button", level, pressed, opening.press)


def _unnumbered(lobby: Lobby, arming: Arming | None, desk: Desk, level: int, now: int) -> Verdict:
    if arming is None or not arming.start <= now <= arming.until:
        return RatingOrphan(**_place(desk, level))
    vote = arming.button
    too_late = vote is not None and now - vote.at > lobby.site.rules.correct_within_s * 1000
    if too_late or phone_was_first(lobby, arming):
        return RatingSuppressed(**_place(desk, level))
    return _vote(lobby, arming, "button", level, now, vote.press if vote else 0)


def _first_or_only(lobby: Lobby, arming: Arming, level: int, now: int) -> Rated | None:
    return None if arming.phone is not None else _vote(lobby, arming, "phone", level, now, 0)


def _vote(lobby: Lobby, arming: Arming, channel: Channel, level: int, at: int, press: int) -> Rated:
    mine, other = (arming.button, arming.phone) if channel == "button" else (arming.phone, arming.button)
    return Rated(
        **_place(lobby.site.desks[arming.desk], level),
        voucher=arming.voucher,
        queue=arming.queue,
        service=arming.service,
        latency=latency_class((at - arming.start) / 1000),
        hour=mine.hour if mine else lobby.calendar.hour_start(at),
        replaces=mine.level if mine else 0,
        press=press,
        channel=channel,
        compared=mine.compared if mine else other is not None,
    )


def _explained(
    lobby: Lobby, arming: Arming | None, message: Rating | PhoneVote, channel: Channel, verdict: Verdict | None
) -> Facts:
    """The verdict, and with it what was added to the vote: once for a visit and channel."""
    facts: Facts = () if verdict is None else (verdict,)
    mine: Vote | None = getattr(arming, channel, None)
    votes = isinstance(verdict, Rated) or (verdict is None and mine is not None and mine.level == message.level)
    added = bool(message.reasons) or bool(message.answers)
    if arming is None or not added or not votes or channel in arming.explained:
        return facts
    desk = lobby.site.desks[arming.desk]
    return (
        *facts,
        RatingExplained(
            desk=desk.id,
            counter=desk.counter,
            voucher=arming.voucher,
            queue=arming.queue,
            service=arming.service,
            week=lobby.calendar.week_start(arming.start),
            channel=channel,
            reasons=tuple(dict.fromkeys(message.reasons or ())),
            answers=dict(message.answers or {}),
        ),
    )


def _place(desk: Desk, level: int) -> dict[str, Any]:
    return {"desk": desk.id, "counter": desk.counter, "level": level}
