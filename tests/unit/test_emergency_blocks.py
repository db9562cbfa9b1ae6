"""Numbers while the hub is away: blocks never overlap, and what a kiosk issued is in line where it belongs."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from appliance.wire.messages import Fate, TicketRequest
from appliance.wire.parts import Given
from broker import facts as f
from broker import leases, offline
from broker import refusals as no
from broker.commands import SetNotice
from broker.lease_facts import KioskKnown, LeaseGranted, LeaseLost, LeaseReturned
from tests.hub_core import centre
from tests.kiosk_hall import DAY_S, NEW_EPOCH, KioskHall, complaints

SITE = centre()

kiosk_turns = st.tuples(st.integers(0, leases.PLACES - 1), st.integers(0, 400))


@given(kiosk_turns, kiosk_turns)
def test_no_two_blocks_share_a_number(one, other):
    (first, last), (first_too, last_too) = leases.block(*one), leases.block(*other)
    assert one == other or last < first_too or last_too < first


def test_the_first_kiosks_get_the_numbers_on_their_labels():
    hall = KioskHall(SITE)
    for device in ("kiosk-1", "kiosk-2", "kiosk-3"):
        hall.provide(device)
    blocks = [(hall.lease(device).first, hall.lease(device).last) for device in ("kiosk-1", "kiosk-2", "kiosk-3")]
    assert blocks == [(9001, 9100), (9101, 9200), (9201, 9300)]
    assert {lease.queue for lease in hall.lobby.leases.values()} == set(SITE.queues)


def test_a_kiosk_that_comes_back_keeps_the_block_it_has():
    hall = KioskHall(SITE)
    hall.provide()
    assert hall.after(60).provide() == ()


def test_a_new_journal_loses_the_old_block_for_ever():
    hall = KioskHall(SITE)
    hall.provide()
    old = hall.lease()
    hall.report(old, 9001)
    lost = [fact for fact in hall.provide(epoch=NEW_EPOCH) if isinstance(fact, LeaseLost) and fact.lease == old.id]
    assert [(fact.used, fact.left) for fact in lost] == [(1, 99)]
    assert (hall.lease().first, hall.lease().last) == leases.block(0, 1)
    assert hall.report(old, 9002) is no.LOST_BLOCK
    assert complaints(hall) == []


def test_a_new_journal_is_known_from_then_on_and_loses_nothing_twice():
    hall = KioskHall(SITE)
    hall.provide()
    known = [fact for fact in hall.provide(epoch=NEW_EPOCH) if isinstance(fact, KioskKnown)]
    assert [(fact.place, fact.epoch) for fact in known] == [(0, NEW_EPOCH)]
    assert hall.provide(epoch=NEW_EPOCH) == ()
    assert [lease.epoch for lease in leases.open_leases(hall.lobby, "kiosk-1", "a")] == [NEW_EPOCH]


def test_a_report_of_another_journal_is_refused_even_while_the_block_is_open():
    hall = KioskHall(SITE)
    hall.provide()
    assert hall.report(hall.lease(), 9001, epoch=NEW_EPOCH, seq=1) is no.LOST_BLOCK


def test_a_used_block_is_followed_by_another_in_time():
    hall = KioskHall(SITE)
    hall.provide()
    lease = hall.lease()
    for n in range(9001, 9070):
        hall.report(lease, n)
    assert len(leases.open_leases(hall.lobby, "kiosk-1", "a")) == 1
    granted = [fact for fact in hall.report(lease, 9070) if isinstance(fact, LeaseGranted)]
    assert [(fact.first, fact.last) for fact in granted] == [leases.block(0, 1)]
    assert complaints(hall) == []


def test_a_kiosk_that_has_thirty_left_of_one_queue_gets_more_of_that_one_alone():
    hall = KioskHall(SITE)
    hall.provide()
    lease = hall.lease()
    hall.lobby.leases[lease.id] = replace(lease, used=69)
    assert hall.provide() == ()
    hall.lobby.leases[lease.id] = replace(lease, used=70)
    assert [(fact.queue, fact.first) for fact in hall.provide()] == [("a", leases.block(0, 1)[0])]


def test_more_kiosks_than_blocks_get_none_rather_than_anothers():
    hall = KioskHall(SITE)
    for place in range(leases.PLACES + 2):
        hall.provide(f"kiosk-{place + 1}")
    assert len({lease.device for lease in hall.lobby.leases.values()}) == leases.PLACES
    assert complaints(hall) == []


def test_the_hub_steps_over_granted_blocks_and_grants_none_that_it_has_passed():
    hall = KioskHall(SITE)
    hall.provide("kiosk-1")
    hall.lobby.next_n["a"] = 9000
    hall.provide("kiosk-2")
    assert [hall.take().number for _ in range(3)] == ["A9000", "A9201", "A9202"]
    hall.provide("kiosk-3")  # its first block would be 9201
    assert (hall.lease("kiosk-3").first, hall.lease("kiosk-3").last) == leases.block(2, 1)
    assert hall.take().number == "A9203"


def test_the_hub_steps_over_blocks_in_whatever_order_they_were_granted():
    hall = KioskHall(SITE)
    for device in ("kiosk-1", "kiosk-2"):
        hall.provide(device)
    hall.after(DAY_S)
    for device in ("kiosk-2", "kiosk-1"):
        hall.provide(device)
    assert [lease.first for lease in hall.lobby.leases.values() if lease.queue == "a"] == [9101, 9001]
    numbers = (9000, 9001, 9100, 9101, 9200, 9201)
    assert [leases.after_blocks(hall.lobby, "a", n) for n in numbers] == [9000, 9201, 9201, 9201, 9201, 9201]


def test_no_block_begins_before_the_next_number_or_ends_past_the_highest():
    assert [leases.block(*each) for each in ((19, 0), (0, 1))] == [(10_901, 11_000), (11_001, 11_100)]
    for reached, first in ((9001, 9001), (9002, 11_001)):
        hall = KioskHall(SITE)
        hall.take()
        hall.lobby.next_n["a"] = reached
        hall.provide()
        assert hall.lease().first == first
    hall = KioskHall(SITE)
    hall.take()
    hall.lobby.next_n["a"] = 999_101
    for place in range(10):
        hall.provide(f"kiosk-{place + 1}")
    ends = [lease.last for lease in hall.lobby.leases.values() if lease.queue == "a"]
    assert ends == list(range(999_200, 1_000_000, 100)), "the first kiosk's and the tenth's would end past the highest"


def test_a_day_past_nine_thousand_leaves_no_hole_unexplained():
    hall = KioskHall(SITE)
    hall.provide()
    for _ in range(9_010):
        hall.take()
    hall.report(hall.lease(), 9001)
    assert list(hall.lobby.tickets.values())[9_009].number == "A9110"
    assert complaints(hall) == []


def test_a_report_counts_once_whatever_is_repeated():
    hall = KioskHall(SITE)
    hall.provide()
    lease, ticket = hall.lease(), str(uuid.uuid4())
    issued = hall.report(lease, 9001, ticket=ticket)
    assert [f.kind(fact) for fact in issued] == ["issued", "paper_changed"]
    assert hall.report(lease, 9001, ticket=ticket) == ()
    assert [f.kind(fact) for fact in hall.report(lease, 9001, "printed", ticket=ticket)] == ["paper_changed"]
    assert hall.lobby.tickets[ticket].paper == "printed"
    assert hall.report(lease, 9001) is no.NUMBER_TAKEN
    assert complaints(hall) == []


def test_the_end_of_a_paper_may_arrive_before_its_beginning():
    hall = KioskHall(SITE)
    hall.provide()
    ticket = str(uuid.uuid4())
    hall.report(hall.lease(), 9001, "printed", ticket=ticket)
    assert hall.report(hall.lease(), 9001, "printing", ticket=ticket) == ()
    assert hall.lobby.tickets[ticket].paper == "printed"


def test_a_number_that_never_reached_paper_is_accounted_and_not_called():
    hall = KioskHall(SITE)
    hall.press("q01a", "open")
    hall.provide()
    hall.report(hall.lease(), 9001, "void")
    assert hall.press("q01a", "next") == ()
    assert hall.lease().left == 99
    assert complaints(hall) == []


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"n": 9101}, no.OUTSIDE_BLOCK),
        ({"n": 9000}, no.OUTSIDE_BLOCK),
        ({"n": UNSET}, no.OUTSIDE_BLOCK),
        ({"lease": str(uuid.UUID(int=7))}, no.UNKNOWN_BLOCK),
        ({"device": "kiosk-2"}, no.UNKNOWN_BLOCK),
        ({"service": "fee"}, no.UNKNOWN_SERVICE),
        ({"priority": "nobody"}, no.UNKNOWN_GROUP),
    ],
)
def test_what_cannot_be_the_kiosks_own_number_is_refused(change, refusal):
    hall = KioskHall(SITE)
    for device in ("kiosk-1", "kiosk-2"):
        hall.provide(device)
    lease, device = hall.lease(), change.pop("device", "kiosk-1")
    lease = replace(lease, id=change.pop("lease", lease.id))
    n = change.pop("n", 9001)
    assert hall.report(lease, n, device=device, **change) is refusal
    assert not hall.lobby.tickets


def test_a_priority_that_there_is_comes_with_the_report():
    hall = KioskHall(SITE)
    hall.provide()
    for n, group in ((9001, UNSET), (9002, next(iter(SITE.groups)))):
        (issued, *_) = hall.report(hall.lease(), n, priority=group)
        assert issued.priority == (n == 9002)


def test_a_person_must_look_at_what_is_refused_although_it_is_on_paper():
    fate = {"id": str(uuid.UUID(int=1)), "fate": "printed"}
    given = TicketRequest(id=str(uuid.UUID(int=1)), given=Given(number="A001"))
    assert offline.is_on_paper(Fate(**fate, lease=str(uuid.UUID(int=2))))
    assert offline.is_on_paper(given)
    assert not offline.is_on_paper(Fate(**fate))
    assert not offline.is_on_paper(replace(given, given=UNSET))
    assert not offline.is_on_paper(SetNotice(id=str(uuid.UUID(int=1)), text="x"))


def test_a_report_of_yesterday_is_refused_and_the_rest_was_returned():
    hall = KioskHall(SITE)
    hall.provide()
    lease = hall.lease()
    hall.report(lease, 9001)
    hall.after(DAY_S)
    assert hall.report(lease, 9002) is no.UNKNOWN_BLOCK
    returned = [fact for entry in hall.entries for fact in entry.facts if isinstance(fact, LeaseReturned)]
    assert {fact.queue for fact in returned} == set(SITE.queues)
    assert [(fact.used, fact.left) for fact in returned if fact.lease == lease.id] == [(1, 99)]
    hall.provide()
    assert (hall.lease().first, hall.lease().id != lease.id) == (9001, True)
    assert complaints(hall) == []


def test_citizens_are_called_by_the_time_of_issue_not_of_the_report():
    hall = KioskHall(SITE)
    hall.press("q01a", "open")
    for device in ("kiosk-1", "kiosk-2"):
        hall.provide(device)
    hall.after(60).take()
    start = hall.after(60).now
    hall.after(600)
    late = hall.take()
    one, two = hall.lease("kiosk-1"), hall.lease("kiosk-2")
    hall.report(one, 9001, "printed", at=start + 1_000)
    hall.report(one, 9002, "printed", at=start + 30_000)
    hall.report(two, 9101, "printed", "kiosk-2", at=start + 20_000)
    called = []
    for _ in range(5):
        hall.press("q01a", "next")
        called.append(hall.at("q01a").number)
        hall.after(100).press("q01a", "finish")
    assert called == ["A001", "A9001", "A9101", "A9002", late.number]
    assert complaints(hall) == []


@pytest.mark.parametrize("shift_ms", [-3_600_000, 3_600_000])
def test_a_time_that_cannot_be_true_gives_the_place_of_the_report(shift_ms):
    hall = KioskHall(SITE)
    hall.provide()
    hall.after(60)
    ticket = str(uuid.uuid4())
    hall.report(hall.lease(), 9001, at=hall.now + shift_ms, ticket=ticket)
    assert hall.lobby.tickets[ticket].issued_at == hall.now


def test_a_day_that_does_not_exist_is_no_reason_to_lose_a_ticket():
    hall = KioskHall(SITE)
    hall.provide()
    lease = hall.lease()
    fate = Fate(
        id=hall.fresh_id(), fate="printing", lease=lease.id, n=9001, service="tnmt-nop", at="2026-02-30T08:00:00+07:00"
    )
    assert not isinstance(hall.say("kiosk-1", fate), no.Refusal)
    assert hall.lobby.tickets[fate.id].issued_at == hall.now


def test_a_report_speaks_of_its_ticket_or_if_it_has_a_block_of_itself():
    lone = Fate(id="f", fate="printed")
    assert [offline.ticket_of(replace(lone, **more)) for more in ({}, {"lease": "l"}, {"ticket": "t"})] == [
        "",
        "f",
        "t",
    ]
