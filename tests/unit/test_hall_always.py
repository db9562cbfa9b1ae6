"""What must hold in the hall whatever people press, in any order."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from broker.apply import apply
from broker.facts import decode, encode
from broker.lobby import Lobby
from broker.tallies import Sums
from broker.visit_commands import CancelVisit, CorrectPriority, RestoreVisit
from tests.hub_core import Hall, centre

SITE = centre()
DESKS = ("q01a", "q01b", "q02", "q11", "p01a")
SERVICES = ("tnmt-nop", "tnmt-tra", "nnptnt-nop", "fee")

steps = st.one_of(
    st.tuples(st.just("take"), st.sampled_from(SERVICES), st.booleans()),
    st.tuples(st.just("fate"), st.sampled_from(("printing", "printed", "uncertain", "void")), st.integers(0, 30)),
    st.tuples(
        st.just("press"),
        st.sampled_from(DESKS),
        st.sampled_from(("open", "next", "next", "next", "finish", "no_show", "park", "pause", "close", "undo")),
    ),
    st.tuples(st.just("transfer"), st.sampled_from(DESKS), st.sampled_from(("f", "g", "a"))),
    st.tuples(st.just("send"), st.sampled_from(DESKS), st.sampled_from(DESKS)),
    st.tuples(st.just("recall"), st.sampled_from(DESKS), st.integers(0, 30)),
    st.tuples(st.just("take_it"), st.sampled_from(DESKS), st.integers(0, 30)),
    st.tuples(st.just("correct"), st.sampled_from(("", *SITE.groups)), st.integers(0, 30)),
    st.tuples(st.just("cancel"), st.none(), st.integers(0, 30)),
    st.tuples(st.just("restore"), st.none(), st.integers(0, 30)),
    st.tuples(st.just("rate"), st.sampled_from(DESKS), st.integers(1, 4)),
    st.tuples(st.just("wait"), st.sampled_from((0.5, 3, 9, 61, 700, 3600, 40_000)), st.none()),
)


PLAY = {
    "take": lambda hall, service, priority, _: hall.take(service, priority),
    "fate": lambda hall, fate, _, ticket: hall.fate(ticket, fate),
    "press": lambda hall, desk, action, _: hall.press(desk, action),
    "transfer": lambda hall, desk, queue, _: hall.press(desk, "transfer", to_queue=queue),
    "send": lambda hall, desk, to, _: hall.press(desk, "transfer", to_desk=to),
    "recall": lambda hall, desk, _, ticket: hall.press(desk, "recall", ticket=ticket),
    "take_it": lambda hall, desk, _, ticket: hall.press(desk, "take", ticket=ticket, reason="vì lý do khác"),
    "correct": lambda hall, group, _, ticket: hall.do(CorrectPriority(id=hall.fresh_id(), ticket=ticket, group=group)),
    "cancel": lambda hall, _, __, ticket: hall.do(CancelVisit(id=hall.fresh_id(), ticket=ticket, reason="other")),
    "restore": lambda hall, _, __, ticket: hall.do(RestoreVisit(id=hall.fresh_id(), ticket=ticket)),
    "rate": lambda hall, desk, level, _: hall.rate(desk, level),
    "wait": lambda hall, seconds, _, __: hall.after(seconds),
}


def play(script) -> Hall:
    hall = Hall(SITE)
    for desk in DESKS:
        hall.press(desk, "open")
    for what, first, second in script:
        tickets = list(hall.lobby.tickets)
        chosen = tickets[second % len(tickets)] if tickets and isinstance(second, int) else hall.fresh_id()
        PLAY[what](hall, first, second, chosen)
    return hall


@settings(max_examples=300)
@given(st.lists(steps, min_size=20, max_size=60))
def test_whatever_is_pressed_the_invariants_hold(script):
    hall = play(script)
    lobby = hall.lobby
    seated = Counter(seat.ticket for seat in lobby.seats.values() if seat.ticket)
    assert all(count == 1 for count in seated.values()), "one citizen at two desks"
    assert set(seated) == {ticket.id for ticket in lobby.tickets.values() if ticket.status == "called"}
    lined_up = [key[2] for line in lobby.lines.values() for key in line.keys()]  # noqa: SIM118  # because a Line is no dict
    lined_up += [key[2] for line in lobby.kept.values() for key in line]
    assert sorted(lined_up) == sorted(t.id for t in lobby.tickets.values() if t.status == "waiting"), "somebody lost"
    assert hall.complaints() == []


@settings(max_examples=100)
@given(st.lists(steps, min_size=20, max_size=60))
def test_the_hall_rebuilt_from_its_facts_is_the_same_hall(script):
    hall = play(script)
    again = Lobby(SITE, day_key=b"k" * 32)
    for entry in hall.entries:
        apply(again, type(entry)(entry.id, entry.day, entry.at, tuple(decode(encode(fact)) for fact in entry.facts)))
    for name in (
        "day",
        "tickets",
        "seats",
        "codes",
        "next_n",
        "undo",
        "armings",
        "armed",
        "kept",
        "call_seq",
        "withdrawn",
    ):
        assert getattr(again, name) == getattr(hall.lobby, name), name
    assert all(again.experience.pace.of(queue) == hall.lobby.experience.pace.of(queue) for queue in SITE.queues)


@settings(max_examples=100)
@given(st.lists(steps, min_size=20, max_size=60))
def test_counts_never_fall_below_nothing_and_the_coarse_agree_with_the_fine(script):
    hall = play(script)
    sums = Sums(hall.lobby.calendar)
    for entry in hall.entries:
        for fact in entry.facts:
            sums.add(fact, entry.at)
    assert all(n >= 0 for n in sums.tally.values())
    per_measure = Counter()
    for key, n in sums.tally.items():
        per_measure[key[6]] += n
    site = Counter()
    for (dimension, _, _, measure, _), n in sums.daily().items():
        if dimension == "site":
            site[measure] += n
    assert per_measure == site
