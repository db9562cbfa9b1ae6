"""A story in sentences, as reception reads it.

Rules: pure; one line per step, its words from the catalogue; who did it stands beside it by the name of his account.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from broker import facts as f
from broker import formats
from broker.local_calendar import LocalCalendar
from broker.model import Site, name_in
from broker.story import Story
from broker.visit_facts import Cancelled, PriorityCorrected, ReprintAsked, Reprinted
from broker.web.desk_names import desk_name

Words = Mapping[str, str]


class Line(Struct, frozen=True, kw_only=True):
    """One step: its time of day, what happened, and what else is known of it."""

    at: str
    what: str
    notes: tuple[str, ...]
    undone: bool


def lines(site: Site, story: Story, t: Words, lang: str) -> list[Line]:
    """The story's steps, oldest first; of a paper that is printed, its beginning is not told."""
    calendar = LocalCalendar(site.zone)
    states = {step.fact.state for step in story.steps if isinstance(step.fact, f.PaperChanged)}
    return [
        Line(
            at=formats.clock(calendar.local(getattr(step.fact, "issued_at", 0) or step.at)),
            what=_what(site, step.fact, t, lang),
            notes=tuple(filter(None, (*_notes(step.fact, t), _who(step.fact, t)))),
            undone=step.undone,
        )
        for step in story.steps
        if not (isinstance(step.fact, f.PaperChanged) and step.fact.state == "printing" and len(states) > 1)
    ]


def _what(site: Site, fact: f.AnyFact, t: Words, lang: str) -> str:
    place: str = getattr(fact, "desk", "")
    desk = desk_name(site, place, t, lang)
    match fact:
        case f.Issued():
            reception = fact.device.startswith(("staff:", "token:"))
            return t["step_issued_reception" if reception else "step_issued"].format(device=fact.device)
        case f.PaperChanged(state=state):
            return t[f"step_paper_{state}"]
        case f.Returned(kept=True):
            return t["step_returned_kept"].format(desk=desk)
        case f.Transferred():
            return t["step_transferred"].format(to=_target(site, fact, t, lang))
        case f.Served(forgotten=True):
            return t["step_forgotten"]
        case PriorityCorrected(before=before, after=after):
            return t[f"step_priority_{'other' if before == after else 'given' if after else 'taken'}"]
        case ReprintAsked(device=device):
            return t["step_reprint_asked"].format(device=device)
        case Reprinted(device=device, outcome=outcome):
            return t[f"step_reprinted_{outcome}"].format(device=device)
        case _:
            return t[f"step_{f.kind(fact)}"].format(desk=desk, times=getattr(fact, "times", 0))


def _target(site: Site, fact: f.Transferred, t: Words, lang: str) -> str:
    if fact.to_desk:
        return desk_name(site, fact.to_desk, t, lang)
    queue = site.queues.get(fact.to_queue)
    return f"{queue.prefix} – {name_in(queue.names, lang)}" if queue else fact.to_queue


def _notes(fact: f.AnyFact, t: Words) -> Iterator[str]:
    match fact:
        case f.Issued():
            yield t["ahead" if fact.ahead else "ahead_none"].format(ahead=fact.ahead)
            if fact.high_min:
                promised = t["step_promised" if fact.low_min else "step_promised_within"]
                yield promised.format(low=fact.low_min, high=fact.high_min)
            if fact.priority:
                yield t["story_has_priority"].lower()
        case f.Called():
            yield from _why(fact, t)
        case f.Parked(service_s=took_s) | f.Transferred(service_s=took_s) | f.Served(service_s=took_s, forgotten=False):
            yield t["step_took"].format(span=formats.span(took_s, t["minute"]))
        case Cancelled(reason=reason):
            yield t[f"story_reason_{reason}"]
        case f.PaperChanged(reason=said) | f.Voided(reason=said) | Reprinted(reason=said):
            yield t.get(f"paper_{said}", said)


def _why(call: f.Called, t: Words) -> Iterator[str]:
    if call.why:
        yield t[f"step_why_{call.why}"].format(words=call.words)
    if call.reason == "backup":
        yield t["step_backup"]
    if call.first:
        yield t["step_waited"].format(span=formats.span(call.wait_s, t["minute"]))
    if call.overtook:
        yield t["step_overtook"].format(n=call.overtook)


def _who(fact: f.AnyFact, t: Words) -> str:
    if isinstance(fact, f.Issued):
        return fact.device.partition(":")[2]
    actor: str = getattr(fact, "actor", "")
    return t["step_system"] if actor == "system" else actor.partition(":")[2]
