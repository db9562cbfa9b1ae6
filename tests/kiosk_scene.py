"""What a kiosk may be shown in: the first centre's words, a hall with people in it, and every page there is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import msgspec

from appliance.wire.messages import QueueState, TicketView, WaitRange
from appliance.wire.procedures import Procedure, read_procedures
from appliance.wire.site import SiteDocument
from broker.site_files import load_site
from broker.web.procedure_list import procedure_list
from broker.web.site_document import site_document
from kiosk.catalogue import Catalogue
from kiosk.drivers.ruler import FontRuler
from kiosk.events import Leafed, Outage, Sorry
from kiosk.screens import view
from kiosk.search import LONGEST, SearchIndex, fold
from kiosk.shown import Remark
from kiosk.sight import Sight
from kiosk.states import Flow, State, begin
from kiosk.view import View
from tests.hub_core import SITE_FOLDER

LANGUAGES = ("vi", "en", "km")
SIZES = ((1080, 1920), (1920, 1080))
NOW = datetime(2026, 11, 23, 7, 42, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DUE = "2026-11-23T13:00:00.000+07:00"
OPENS, SLOT = "2026-11-24T08:45:00.000+07:00", "2026-11-24T09:15:00.000+07:00"
REQUEST = "7d1f9a52-6c1e-4d1b-9f6e-3f6d6d0b2a11"
TICKET = TicketView(
    id=REQUEST,
    number="A048",
    queue="a",
    service="tnmt-nop",
    status="waiting",
    issued_at="2026-11-23T07:42:00.000+07:00",
    ahead=6,
    wait=WaitRange(low_min=15, high_min=25),
    counters=("q01", "q02"),
    code="k7m2p9",
)
_WAITING = (6, 3, 2, 1, 0, 4, 1, 0, 0, 2, 12, 0, 5)


@cache
def site() -> SiteDocument:
    """The first centre, with something to bring for every submission."""
    document = site_document(load_site(SITE_FOLDER))
    bring = "Đơn đề nghị, bản sao giấy chứng nhận, căn cước công dân"
    services = [
        msgspec.structs.replace(service, bring=bring if service.type == "nop" else "") for service in document.services
    ]
    return msgspec.structs.replace(document, services=tuple(services))


def site_body() -> bytes:
    """The same as it travels."""
    return msgspec.json.encode(site())


@cache
def procedures() -> SearchIndex:
    """All procedures of the first centre."""
    listed = read_procedures(procedure_list(SITE_FOLDER, site().revision, "2026-11-23"))
    return SearchIndex(listed.procedures)


@cache
def queues() -> dict[str, QueueState]:
    """A hall on a Monday morning."""
    states = {}
    for index, queue in enumerate(site().queues):
        waiting = _WAITING[index % len(_WAITING)]
        low = 5 * (waiting // 2)
        wait = WaitRange(low_min=low, high_min=low + 10) if waiting else msgspec.UNSET
        states[queue.id] = QueueState(rev=1, waiting=waiting, longest_s=60 * waiting, wait=wait)
    return states


@cache
def _catalogue() -> Catalogue:
    return Catalogue(site(), procedures=procedures())


def sight(flow: Flow, size: tuple[int, int] = SIZES[0], left_s: int | None = None) -> Sight:
    """What `flow` is drawn from."""
    return Sight(flow, _catalogue(), queues(), NOW, *size, FontRuler(), left_s=left_s)


def _has_most_to_say(procedure: Procedure, field: str) -> bool:
    return procedure.department == field and procedure.on_the_spot and procedure.from_home


def every_page(
    language: str, size: tuple[int, int], large: bool = False, dark: bool = False
) -> Iterator[tuple[str, Sight]]:
    """Each page by name, as the busiest citizen would see it."""
    fresh = replace(begin(language), large=large, dark=dark)
    chosen = replace(fresh, field="tnmt", service="tnmt-nop", ticket=TICKET, trail=((State.START, 0),))
    chosen = replace(chosen, query="lltp", procedure="tp-001")
    rest = {State.SEARCH, State.OFFER, State.ASKING, State.SORRY, State.OUT}
    for state in (each for each in State if each not in rest):
        yield state.name, sight(replace(chosen, state=state), size, left_s=12)
    priority = replace(chosen, group="phu_nu_mang_thai")
    for state in (State.START, State.PRIORITY, State.REVIEW):
        yield f"{state.name} with priority", sight(replace(priority, state=state), size)
    for own in ("fee", "post", "kn"):
        yield f"REVIEW {own}", sight(replace(chosen, state=State.REVIEW, service=own), size)
    yield "REVIEW gone", sight(replace(chosen, state=State.REVIEW, service="nothing"), size)
    for name, flow in (*_seeking(chosen), *_procedures(priority), *_shown(fresh, chosen), *_offers(chosen)):
        yield name, sight(flow, size)
    for name, flow in _endings(chosen):
        yield name, sight(flow, size, left_s=9)


def every_leaf(
    language: str, size: tuple[int, int], large: bool = False, dark: bool = False, most: int = 9
) -> Iterator[tuple[str, Sight, View]]:
    """The same with every leaf of the pages that have more than one, up to `most`, and what is drawn."""
    for name, seen in every_page(language, size, large, dark):
        for page in range(most):
            leaf = replace(seen, flow=replace(seen.flow, page=page))
            drawn = view(leaf)
            yield f"{name} leaf {page}" if page else name, leaf, drawn
            if not any(target.event == Leafed(page + 1) for target in drawn.targets):
                break


def _seeking(chosen: Flow) -> Iterator[tuple[str, Flow]]:
    for query in ("", "c", "ltp", "qqqq"):
        yield f"SEARCH {query}", replace(chosen, state=State.SEARCH, query=query)
    for field in ("khdt", "vhttdl"):
        name = next(each.name.vi for each in procedures().find("cap") if _has_most_to_say(each, field))
        yield f"SEARCH {field}", replace(chosen, state=State.SEARCH, query=fold(name)[:LONGEST])


def _procedures(chosen: Flow) -> Iterator[tuple[str, Flow]]:
    longest = sorted(procedures().find("thu hoi"), key=lambda each: -len(each.name.vi))[0].id
    for procedure, service in (("ct-137", "ct-nop"), (longest, "yt-nop"), ("tp-001", ""), ("nothing", "")):
        there = replace(chosen, state=State.PROCEDURE, procedure=procedure, service=service)
        yield f"PROCEDURE {procedure} {service}", there


def _shown(fresh: Flow, chosen: Flow) -> Iterator[tuple[str, Flow]]:
    """What a scanned code leads to."""
    old = "nguoi_tu_du_75_tuoi"
    for remark in Remark:
        shown = replace(fresh, remark=remark)
        aged = replace(shown, group=old, aged=old) if remark is Remark.CARD else shown
        yield f"START {remark.name}", aged
        yield f"REVIEW {remark.name}", replace(aged, state=State.REVIEW, service="tnmt-tra", trail=chosen.trail)
    yield "START CARD without priority", replace(fresh, remark=Remark.CARD)
    mine = msgspec.structs.replace(TICKET, appointment=SLOT, code="")
    yield "HELD of an appointment", replace(chosen, state=State.HELD, ticket=mine, appointment="x")
    for status, place in (("called", ("q01",)), ("parked", ("q01", "q02"))):
        there = msgspec.structs.replace(TICKET, status=status, ahead=0, wait=None, code="", counters=place)
        yield f"HELD {status}", replace(chosen, state=State.HELD, ticket=there)


def _offers(chosen: Flow) -> Iterator[tuple[str, Flow]]:
    """Where time is short."""
    there = replace(chosen, state=State.OFFER, offers=("afternoon", "anyway"), resumes=DUE)
    yield "OFFER before the break", there
    yield "OFFER in the evening", replace(there, offers=("anyway",), resumes="")
    later = msgspec.structs.replace(TICKET, due=DUE)
    yield "TAKE for the afternoon", replace(chosen, state=State.TAKE, ticket=later)


def _endings(chosen: Flow) -> Iterator[tuple[str, Flow]]:
    yield "ASKING", replace(chosen, state=State.ASKING, ticket=None)
    yield "ASKING for an appointment", replace(chosen, state=State.ASKING, ticket=None, service="", appointment="x")
    mine = msgspec.structs.replace(TICKET, appointment=SLOT)
    yield "TAKE in time", replace(chosen, state=State.TAKE, ticket=mine, appointment="x")
    yield "TAKE early", replace(chosen, state=State.TAKE, ticket=msgspec.structs.replace(mine, wait=None))
    yield "TAKE late", replace(chosen, state=State.TAKE, ticket=msgspec.structs.replace(mine, late=True))
    alone = msgspec.structs.replace(TICKET, number="A9001", ahead=0, wait=None, code="")
    yield "TAKE without the hub", replace(chosen, state=State.TAKE, ticket=alone)
    for outage in Outage:
        yield f"OUT {outage.name}", replace(chosen, state=State.OUT, outage=outage)
    for sorry in Sorry:
        early = {"slot": SLOT, "opens": OPENS} if sorry is Sorry.EARLY else {}
        yield f"SORRY {sorry.name}", replace(chosen, state=State.SORRY, sorry=sorry, **early)
