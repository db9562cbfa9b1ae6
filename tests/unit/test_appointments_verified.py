"""What `goiso verify` says of a log in which an appointment counts twice, or not at all."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from appliance.wire.appointments import token
from broker import facts as f
from broker.appointment_facts import AppointmentFreed, AppointmentMissed, AppointmentsBooked
from broker.appointment_model import BookAppointments, Wanted
from broker.appointment_watch import AppointmentWatch
from broker.fact import Fact
from broker.visit_commands import CancelVisit, RestoreVisit
from tests.booked_hall import DAY, MINUTE, NINE, Booked, hall


@dataclass(frozen=True)
class Doctor:
    """What is done to the first fact of a kind: another one in its place, none, or it stands there twice."""

    kind: type[Fact]
    change: dict[str, object] | None = None
    times: int = 1

    def treat(self, lobby: Booked) -> None:
        at, entry = next(
            (at, each)
            for at, each in enumerate(lobby.entries)
            if any(isinstance(fact, self.kind) for fact in each.facts)
        )
        first = next(fact for fact in entry.facts if isinstance(fact, self.kind))
        place = entry.facts.index(first)
        inserted = (replace(first, **(self.change or {})),) * self.times
        lobby.entries[at] = replace(entry, facts=(*entry.facts[:place], *inserted, *entry.facts[place + 1 :]))


@pytest.fixture
def day() -> Booked:
    """One who is in time and served, one whose paper never came, one who is late, one who never comes."""
    lobby = hall(NINE)
    lobby.book(NINE, NINE + 15 * MINUTE, NINE - 60 * MINUTE, NINE)
    lobby.come(0)
    void = lobby.after(5).come(1)
    lobby.come(2)
    lobby.fate(void.id, "void")
    lobby.press("q01a", "open")
    lobby.after(120).press("q01a", "next")
    lobby.after(60).press("q01a", "finish")
    lobby.after(24 * 3600).take()
    assert lobby.complaints() == []
    return lobby


NEVER_MADE, STILL_KEPT = "never made, or has ended before", "still counts as kept"


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        (Doctor(AppointmentFreed, times=0), STILL_KEPT),
        (Doctor(AppointmentFreed, times=2), "freed by no number that is void"),
        (Doctor(f.Voided, times=0), "freed by no number that is void"),
        (Doctor(AppointmentFreed, {"queue": "b"}), STILL_KEPT),
        (Doctor(AppointmentFreed, {"service": "fee"}), STILL_KEPT),
        (Doctor(AppointmentFreed, {"late": True}), STILL_KEPT),
        (Doctor(AppointmentFreed, {"at": NINE}), STILL_KEPT),
        (Doctor(AppointmentsBooked, times=0), "is kept that was " + NEVER_MADE),
        (Doctor(AppointmentsBooked, {"new": 3}), "is missed that was " + NEVER_MADE),
        (Doctor(AppointmentsBooked, {"cancelled": 1}), "is missed that was " + NEVER_MADE),
        (Doctor(AppointmentsBooked, {"cancelled": 5}), "is cancelled that was " + NEVER_MADE),
        (Doctor(AppointmentsBooked, {"new": -1, "cancelled": -5}), "fewer than none"),
        (Doctor(AppointmentMissed, times=2), "is missed that was " + NEVER_MADE),
        (Doctor(AppointmentMissed, {"slot": NINE + DAY}), "not on this day"),
        (Doctor(AppointmentMissed, {"slot": NINE - DAY}), "not on this day"),
        (Doctor(f.Issued, {"appointment": NINE + 15 * MINUTE, "clock0": 0}), "late before its time"),
        (Doctor(f.Issued, {"appointment": 0}), "an appointment that there is not"),
        (Doctor(f.Called, {"after_slot_s": None}), "after its time"),
        (Doctor(f.Called, {"after_slot_s": 7}), "after its time"),
        (Doctor(f.Called, {"first": False}), "after its time"),
    ],
)
def test_an_appointment_that_ends_twice_or_never_was_is_complained_of(day, wrong, complaint):
    wrong.treat(day)
    assert any(complaint in each for each in day.complaints()), day.complaints()


def test_a_slot_that_is_freed_later_than_its_number_is_void_is_complained_of(day):
    at = next(at for at, each in enumerate(day.entries) if isinstance(each.facts[-1], AppointmentFreed))
    void = day.entries[at]
    day.entries[at : at + 1] = [
        replace(void, facts=void.facts[:1]),
        replace(void, id=day.fresh_id(), facts=void.facts[1:]),
    ]
    assert any(STILL_KEPT in each for each in day.complaints())


def test_the_last_number_is_void_and_its_slot_was_never_freed(day):
    at = next(at for at, each in enumerate(day.entries) if isinstance(each.facts[-1], AppointmentFreed))
    void = day.entries[at]
    day.entries[at:] = [replace(void, facts=void.facts[:1])]
    assert any(STILL_KEPT in each for each in day.complaints())


def kept(lobby: Booked) -> list[tuple[str, int, str]]:
    """What the hub's table has of those who came."""
    return [(one.service, one.slot, one.ticket) for one in lobby.lobby.bookings.values() if one.ticket]


def beside(lobby: Booked, rows: list[tuple[str, int, str]]) -> list[str]:
    watch = AppointmentWatch()
    assert [complaint for row, fact in lobby.rows() for complaint in watch.see(row, fact)] == []
    return list(watch.beside(rows))


def test_a_table_that_gives_a_code_a_second_number_is_complained_of():
    lobby = hall(NINE)
    lobby.book(NINE, NINE, NINE)
    lobby.come(0)
    void = lobby.come(1)
    lobby.fate(void.id, "void")
    rows = kept(lobby)
    assert beside(lobby, rows) == []
    mine, other = rows
    assert other[2] == void.id
    assert beside(lobby, [mine]) == [], "nobody came for it: it may be cancelled"
    assert len(beside(lobby, [other])) == 1, "the code of who came would give another number"
    assert len(beside(lobby, [mine, mine])) == 1
    assert len(beside(lobby, [mine, ("fee", NINE, void.id)])) == 1
    assert len(beside(lobby, [mine, ("tnmt-nop", NINE, lobby.fresh_id())])) == 1


deeds = st.lists(
    st.tuples(
        st.sampled_from(
            ("come", "come", "void", "file", "next", "undo", "no_show", "finish", "cancel", "restore", "wait", "night")
        ),
        st.integers(0, 5),
    ),
    min_size=10,
    max_size=40,
)


@settings(max_examples=100)
@given(deeds)
def test_whatever_becomes_of_appointments_verify_has_nothing_to_say(script):
    lobby = hall(NINE)
    lobby.book(*(NINE + 10 * MINUTE * n for n in range(6)))
    lobby.press("q01a", "open")
    for what, which in script:
        tickets = list(lobby.lobby.tickets)
        ticket = tickets[which % len(tickets)] if tickets else lobby.fresh_id()
        match what:
            case "come":
                lobby.come(which)
            case "void":
                lobby.fate(ticket, "void")
            case "file":
                today = lobby.lobby.calendar.day(lobby.now)
                lines = tuple(
                    Wanted(n, token(f"code-{n}"), "tnmt-nop", today, f"{9 + n % 3:02d}:{15 * (which % 4):02d}")
                    for n in range(which)
                )
                lobby.do(BookAppointments(id=lobby.fresh_id(), lines=lines, days=(today,), skip_rejected=True))
            case "cancel":
                lobby.do(CancelVisit(id=lobby.fresh_id(), ticket=ticket, reason="other"))
            case "restore":
                lobby.do(RestoreVisit(id=lobby.fresh_id(), ticket=ticket))
            case "wait":
                lobby.after(600 * which)
            case "night":
                lobby.after(24 * 3600).press("q01a", "open")
            case _:
                lobby.press("q01a", what)
    assert lobby.complaints() == []
    today = set(lobby.lobby.tickets)
    assert beside(lobby, [row for row in kept(lobby) if row[2] in today]) == []
