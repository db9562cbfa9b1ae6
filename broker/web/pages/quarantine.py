"""The administrator's list of what the hub could not take in: when, from whom, what it was, what to do about it.

Rules: a sentence for each kind, never a code and never what was in the message; the newest first, so many at most.
"""

from flask import Response

from broker.formats import date
from broker.quarantine import PutAside
from broker.staff.identity import Identity
from broker.web.context import Web
from broker.web.pages.frame import language, render
from broker.web.quarantine import kept
from broker.web.words import STAFF_LANGUAGES, words

SHOWN = 100


def quarantine(web: Web, who: Identity) -> Response:
    """GET /admin/quarantine."""
    lang, found = language(STAFF_LANGUAGES), kept(web)
    entries = [(_when(entry, lang), entry, *_said(entry, lang)) for entry in found[:SHOWN]]
    return render(web, who, "quarantine.html", lang=lang, entries=entries, more=max(0, len(found) - SHOWN))


def _when(entry: PutAside, lang: str) -> str:
    first, last = entry.first[11:16], entry.last[11:16]
    return f"{date(entry.last[:10], lang)}, {last if first == last else f'{first}–{last}'}"


def _said(entry: PutAside, lang: str) -> tuple[str, str]:
    """What it was, and what may be done about it."""
    t = words(lang)
    what = t[f"quarantine_{entry.kind}"].format(
        about=t[f"quarantine_about_{entry.about}"],
        number=entry.number or t["quarantine_some"],
        day=date(entry.day, lang) if entry.day else "",
    )
    return what, t[f"quarantine_{entry.kind}_hint"]
