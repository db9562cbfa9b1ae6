"""`/manager/integrity`: which desks' presses want a look, why, and what satisfaction is with and without them.

Rules: for supervisors alone; a flag is about a desk's buttons, never about a person, and says what may be innocent; no
level of any rating in doubt is told; what cannot be seen is said.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, request
from msgspec import Struct
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from broker import formats
from broker.integrity import evidence
from broker.integrity.cases import Case
from broker.integrity.evidence import ALLOWED, Finding
from broker.local_calendar import LocalCalendar
from broker.model import Site
from broker.ratings import LATENCY_EDGES_S
from broker.staff.identity import Identity
from broker.web.context import Web
from broker.web.desk_names import desk_name
from broker.web.errors import Refusal
from broker.web.integrity import around_without, last_day, look, write
from broker.web.pages.manager.asked import asked, show
from broker.web.pages.manager.satisfaction import say
from broker.web.words import words

PATH = "/manager/integrity"
KINDS = ("response", "response_low", "hasty", "latency", "idle", "bursts", "after_hours", "rhythm")
"""The tests as people are told of them."""
_MILLION = 1_000_000


class Bar(Struct, frozen=True):
    """A share in words, and how much of its bar it fills, in percent."""

    name: str
    shown: str
    filled: float


class Told(Struct, frozen=True, kw_only=True):
    """What one test found at a desk, newest weeks first: the newest in full, `before` the others."""

    weeks: str
    title: str
    found: str
    perhaps: str
    bars: tuple[Bar, ...]
    before: str


class Sheet(Struct, frozen=True, kw_only=True):
    """All cases of a desk that nobody has seen, or all that somebody has."""

    desk: str
    ids: tuple[str, ...]
    told: tuple[Told, ...]
    notes: tuple[tuple[str, str], ...]


def integrity(web: Web, who: Identity) -> Response:
    """GET /manager/integrity: the year in which the asked period ends."""
    question = asked(web, PATH)
    year, lang = int(question.end[:4]), question.lang
    seen = look(web, year)
    years = range(int(question.today[:4]) - 4, int(question.today[:4]) + 1)
    return show(
        web,
        who,
        "manager_integrity.html",
        question,
        seen=seen,
        year=year,
        years=[(each, question.address(**{"from": f"{each}-01-01", "to": f"{each}-12-31"})) for each in years],
        ratings=seen.ratings,
        say=lambda row: say(row, lang),
        without=around_without(seen),
        waiting=sheets(web.site, [case for case in seen.cases if not case.notes], lang),
        done=sheets(web.site, [case for case in seen.cases if case.notes], lang),
        tests=[(kind, allowed(kind, lang)) for kind in KINDS],
        visits=evidence.VISITS,
    )


def note(web: Web, who: Identity) -> AnyResponse:
    """POST /manager/integrity: the named cases are seen, with a note."""
    named = request.form.getlist("case")
    if not named:
        raise Refusal("malformed", "no case is named")
    for case in named:
        write(web, who, case, request.form.get("note", ""))
    year = named[0].rpartition(".")[2][:4]
    return redirect(f"{PATH}?from={year}-01-01&to={year}-12-31", 303)


def sheets(site: Site, cases: Sequence[Case], lang: str) -> list[Sheet]:
    """The cases by desk, in their order."""
    by_desk: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_desk[case.flag.window.desk].append(case)
    return [_sheet(site, desk, of_desk, lang) for desk, of_desk in by_desk.items()]


def _sheet(site: Site, desk: str, cases: Sequence[Case], lang: str) -> Sheet:
    by_kind: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_kind[_kind(case.flag.finding)].append(case)
    t, calendar = words(lang), LocalCalendar(site.zone)
    notes = sorted({note for case in cases for note in case.notes}, key=lambda note: note.at)
    said = [
        (each.text, t["integrity_by"].format(who=_person(each.actor), day=_day(calendar, each.at, lang)))
        for each in notes
    ]
    return Sheet(
        desk=desk_name(site, desk, t, lang),
        ids=tuple(case.id for case in cases),
        told=tuple(_tell(kind, of_kind, lang) for kind, of_kind in by_kind.items()),
        notes=tuple(dict.fromkeys(said)),
    )


def _tell(kind: str, cases: Sequence[Case], lang: str) -> Told:
    t, newest = words(lang), cases[0].flag.finding
    chance = "" if newest.p is None else " " + t["integrity_chance"].format(odds=_odds(newest.p, lang))
    earlier = [f"{_weeks(case, lang)} ({_shares(case.flag.finding, lang)[0]})" for case in cases[1:]]
    return Told(
        weeks=_weeks(cases[0], lang),
        title=t[f"integrity_{kind}"],
        found=t[f"integrity_{kind}_found"].format_map(_figures(newest, lang)) + chance,
        perhaps=t[f"integrity_{kind}_perhaps"],
        bars=_bars(newest, lang),
        before=t["integrity_before"].format(weeks="; ".join(earlier)) if earlier else "",
    )


def _weeks(case: Case, lang: str) -> str:
    return f"{formats.date(case.flag.window.mondays[0], lang)} – {formats.date(last_day(case), lang)}"


def allowed(kind: str, lang: str) -> str:
    """What an honest desk may have."""
    least = next((_percent(each.least, lang) for test, each in ALLOWED.items() if test == kind), "")
    return words(lang)[f"integrity_{kind}_allowed"].format(
        points=formats.number(100 * evidence.FURTHEST, lang),
        least=_variation(evidence.STEADY, lang) if kind == "rhythm" else least,
    )


def _kind(finding: Finding) -> str:
    return "response_low" if finding.low else finding.test


def _figures(finding: Finding, lang: str) -> Mapping[str, Any]:
    own, usual, _ = _shares(finding, lang)
    return {
        "share": own,
        "usual": usual,
        "n": formats.number(finding.n, lang),
        "k": formats.number(round(finding.share * finding.n), lang),
        "edge": LATENCY_EDGES_S[finding.edge],
    }


def _shares(finding: Finding, lang: str) -> tuple[str, str, str]:
    said = _variation if finding.test == "rhythm" else _percent
    own, usual, limit = (said(share, lang) for share in (finding.share, finding.usual, _limit(finding)))
    return own, usual, limit


def _percent(share: float, lang: str) -> str:
    """A share in whole percent, in words where it is none or all of them."""
    if share in (0.0, 1.0):
        return words(lang)["integrity_all_of_them" if share else "integrity_none_of_them"]
    shown = f"< {formats.percent(1, lang, 0)}" if share < 0.005 else formats.percent(min(100 * share, 99), lang, 0)
    return shown.replace(" ", "\N{NO-BREAK SPACE}")


def _variation(share: float, lang: str) -> str:
    return formats.number(share, lang, 2)


def _limit(finding: Finding) -> float:
    """Where the allowed ends on the scale of the shares."""
    if finding.test != "latency":
        return finding.limit
    return min(max(finding.usual + (-finding.limit if _downwards(finding) else finding.limit), 0.0), 1.0)


def _downwards(finding: Finding) -> bool:
    """Whether less is what is wanting a look."""
    return finding.low or finding.test == "rhythm" or (finding.test == "latency" and finding.share < finding.usual)


def _bars(finding: Finding, lang: str) -> tuple[Bar, ...]:
    """On a scale whose end is a round share above all three."""
    parts = (finding.share, finding.usual, _limit(finding))
    end = next((step for step in (0.05, 0.1, 0.25, 0.5, 1.0) if max(parts) <= step), max(parts))
    usual = "integrity_by_chance" if finding.test == "rhythm" else "integrity_usual"
    names = ("integrity_own", usual, "integrity_limit_low" if _downwards(finding) else "integrity_limit")
    shown = _shares(finding, lang)
    return tuple(
        Bar(words(lang)[name], said, round(100 * part / end, 2))
        for name, said, part in zip(names, shown, parts, strict=True)
    )


def _odds(p: float, lang: str) -> str:
    """How many times chance may try until it does this once, rounded down to one digit."""
    times = min(1 / p, _MILLION) if p > 0 else _MILLION
    step = 10 ** (len(str(int(times))) - 1)
    return formats.number(int(times) // step * step, lang)


def _person(actor: str) -> str:
    return actor.partition(":")[2] or actor


def _day(calendar: LocalCalendar, at: int, lang: str) -> str:
    return formats.date(calendar.day(at), lang)
