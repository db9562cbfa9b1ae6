"""Whatever kiosks and hub do in any order, no number is lost or doubled, and the watch sees every planted mistake."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker import facts as f
from broker import leases
from broker.apply import apply
from broker.lease_facts import KioskKnown, LeaseGranted, LeaseLost
from broker.lobby import Lobby
from tests.hub_core import Hall, centre
from tests.kiosk_hall import DAY_S, EPOCH, NEW_EPOCH, KioskHall, complaints

SITE = centre()

devices = st.sampled_from(("kiosk-1", "kiosk-2", "kiosk-3"))
steps = st.one_of(
    st.tuples(st.just("provide"), devices, st.sampled_from((EPOCH, NEW_EPOCH))),
    st.tuples(st.just("report"), devices, st.sampled_from(("printing", "printed", "uncertain", "void"))),
    st.tuples(st.just("burst"), devices, st.integers(1, 80)),
    st.tuples(st.just("take"), st.just(""), st.integers(1, 5)),
    st.tuples(st.just("wait"), st.just(""), st.sampled_from((1, 600, DAY_S))),
)


def play(script):
    hall = KioskHall(SITE)
    for what, device, more in script:
        held = leases.open_leases(hall.lobby, device, "a")
        lease = next((lease for lease in held if lease.left), None)
        if what == "provide":
            hall.provide(device, more)
        elif what == "take":
            for _ in range(more):
                hall.take()
        elif what == "wait":
            hall.after(more)
        elif what == "report" and lease:
            hall.report(lease, lease.first + lease.used, more, device)
        elif what == "burst" and lease:
            for n in range(lease.first + lease.used, min(lease.first + lease.used + more, lease.last + 1)):
                hall.report(lease, n, device=device)
    return hall


@settings(max_examples=150)
@given(st.lists(steps, max_size=40))
def test_whatever_kiosks_and_hub_do_the_ledger_has_no_hole_and_no_double(script):
    hall = play(script)
    assert complaints(hall) == []
    numbers = Counter(
        (entry.day, fact.number) for entry in hall.entries for fact in entry.facts if isinstance(fact, f.Issued)
    )
    assert all(count == 1 for count in numbers.values())
    again = Lobby(SITE, day_key=b"k" * 32)
    for entry in hall.entries:
        apply(again, entry)
    for name in ("tickets", "leases", "leased", "kiosks", "next_n"):
        assert getattr(again, name) == getattr(hall.lobby, name), name


def _facts(*facts):
    hall = Hall(SITE)
    hall.entries = [f.Entry(hall.fresh_id(), "2026-11-23", hall.now, (f.DayOpened(day="2026-11-23"), *facts))]
    return complaints(hall)


def _granted(lease="l1", device="kiosk-1", first=9001):
    return LeaseGranted(lease=lease, device=device, epoch=EPOCH, queue="a", first=first, last=first + 99)


def _known(device="kiosk-1", place=0):
    return KioskKnown(device=device, place=place, epoch=EPOCH)


def _issued(n, lease="", device="kiosk-1"):
    more = {"queue": "a", "number": f"A{n:03d}", "service": "tnmt-nop", "code": "c", "lang": "vi", "ahead": 0}
    return f.Issued(ticket=f"t{n}{lease}{device}", n=n, lease=lease, device=device, **more)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ((_granted(), _granted("l2", "kiosk-2", 9051)), "overlaps"),
        ((_granted(), _granted()), "granted twice"),
        ((_granted(), _issued(9001, "l1"), _issued(9001, "l1", "kiosk-2")), "issued twice"),
        ((_granted(), _issued(9001, "l1", "kiosk-2")), "is not in block"),
        ((_granted(), _issued(9101, "l1")), "is not in block"),
        ((_issued(9001, "l9"),), "not open"),
        ((_granted(), LeaseLost(lease="l1", queue="a", used=1, left=99)), "0 were issued"),
        ((_granted(), LeaseLost(lease="l1", queue="a", used=0, left=100), _issued(9001, "l1")), "not open"),
        ((_granted(), f.DayClosed(day="2026-11-23")), "not returned"),
        ((_granted(), _issued(9001)), "does not follow"),
        ((_issued(1), _granted(first=1)), "begins at or below"),
        ((_known(), _known(place=1)), "kiosk-1 moves from place 0 to 1"),
        ((_known(), _known("kiosk-2")), "place 0 is given to kiosk-2 too"),
    ],
)
def test_the_watch_sees(facts, word):
    assert any(re.search(word, complaint) for complaint in _facts(*facts))
