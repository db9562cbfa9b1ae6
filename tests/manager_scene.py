"""Three months of a small centre behind the hub's pages: waits that differ, ranges that fail now and then, votes."""

import datetime
import random
from pathlib import Path

from msgspec.structs import replace

from broker import facts as f
from broker.commands import NO_RULE
from broker.foretold import Foretold
from broker.publishing import publish
from broker.refusal_facts import NumberRefused, OfferTaken
from broker.store import Store
from broker.web.config import WebSection
from tests.unit.test_figures import visit, vote, write
from tests.web_hall import SITE
from tests.web_served import Served

DESKS = (
    *(("q01a", "a", "tnmt-nop"), ("q01b", "a", "tnmt-tra"), ("q02", "a", "tnmt-nop"), ("q03a", "h", "gtvt-nop")),
    *(("q04a", "k", "tp-nop"), ("q09", "s", "ct-nop")),
)
FIRST, TODAY = datetime.date(2026, 9, 1), datetime.date(2026, 11, 23)
TOLD_FROM = "2026-09-15"
"""Since then the log says for how long desks were open."""
PERIOD = "from=2026-09-01&to=2026-11-22"


def served_with_a_past(folder: Path) -> Served:
    """A hall on Monday 23 November 2026, with every working day since September in its log, all published."""
    store, chance = Store(folder / "hub.sqlite", SITE.id, SITE.zone), random.Random(11)
    days = [FIRST + datetime.timedelta(n) for n in range((TODAY - FIRST).days)]
    for day in (day.isoformat() for day in days if day.weekday() < 5):
        for hour in (8, 10, 14):
            write(store, day, hour, *(fact for desk in DESKS for fact in _visits(day, hour, desk, chance)))
    for day in (day.isoformat() for day in days if day.weekday() == 4):
        write(store, day, 11, *[NumberRefused(queue="a", service="tnmt-nop", why="before_break")] * 7)
        write(store, day, 11, *[OfferTaken(queue="a", service="tnmt-nop")] * 3)
        write(store, day, 16, *[NumberRefused(queue="k", service="tp-nop", why="today")] * 4)
        write(store, day, 17, *(NumberRefused(queue="", service="", why=why) for why in ("closed", "appointment")))
    publish(store, SITE, TODAY.isoformat())
    _put_aside(store)
    store.close()
    return Served(folder, WebSection(one_click_roles=True))


def _put_aside(store: Store) -> None:
    """Of each kind something, from the day before until half past eight today."""
    morning = store.calendar.moment(TODAY, datetime.time(7, 40))
    paper = b'{"n":%d,"service":"tnmt-nop","fate":"printed","at":"%s"}'
    late = paper % (9031, b"2026-11-20T16:52:00.000+07:00")
    with store.transaction() as transaction:
        for n, (source, code, detail, payload) in enumerate(
            (
                *([("goiso/v1/ca-mau/up/rating-q03a/rating", "malformed", "truncated", b"")] * 14),
                ("goiso/v1/ca-mau/up/kiosk-2/ticket", "too_large", "5000 bytes", b""),
                ("goiso/v1/ca-mau/presence/Kiosk 9", "malformed", "no valid device", b""),
                ("rating-q01a", "malformed", NO_RULE, b""),
                ("device:kiosk-1", "paper_block", "{}", late),
                *(("device:kiosk-1", f"paper_{kind}", "{}", paper % (9040, b"")) for kind in ("block", "service")),
                *(("device:kiosk-2", code, "{}", paper % (9052, b"")) for code in ("paper_taken", "wrong_state")),
                ("device:kiosk-2", "paper_other", "{}", b'{"n":9053,"service":"tnmt-nop","fate":"void"}'),
            )
        ):
            transaction.quarantine(morning + n * 130_000, source, code, detail, payload)


def _visits(day: str, hour: int, desk: tuple[str, str, str], chance: random.Random) -> list[f.AnyFact]:
    facts: list[f.AnyFact] = []
    for _ in range(2):
        wait_s = round(chance.expovariate(1 / (300 if desk[0] == "q09" else 900)))
        called, served = visit(*desk, wait_s=wait_s)
        why, passes = _why(desk[1], chance.random())
        reason = {
            "reason": "backup" if chance.random() < 0.03 else "turn",
            "why": why,
            "overtook": passes,
            "priority": why == "priority",
        }
        called = replace(called, low_s=300, high_s=2400, foretold=Foretold(420, 900, 1900, wait_s), **reason)
        if day >= TOLD_FROM:
            idle_s = round(chance.expovariate(1 / 120))
            called, served = replace(called, open_s=idle_s), replace(served, open_s=served.service_s)
        facts += [called, served]
        if chance.random() < 0.6:
            facts.append(vote(day, hour, 4 if chance.random() < 0.04 else 1, *desk))
    return facts


def _why(queue: str, chance: float) -> tuple[f.CallWhy, int]:
    """Of a hundred calls eight are for priority, two by hand; a queue of the others comes from elsewhere."""
    if chance < 0.08:
        return "priority", 2
    if chance < 0.1:
        return "taken", 1
    return ("moved" if queue == "s" else "first"), 0
