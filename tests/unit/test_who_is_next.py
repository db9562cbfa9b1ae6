"""The scoring rule against its definition, by brute force."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from broker.lobby import Line
from broker.model import Policy, Rules
from broker.scheduling import ahead, choose, place_after, those_ahead
from tests.hub_core import Hall, centre

NOW = 10_000_000
SITE = centre()


def build(ordinary, priority):
    line = Line()
    line.of(priority=False).extend(sorted((clock0, order, f"o{order}") for order, clock0 in enumerate(ordinary)))
    line.of(priority=True).extend(sorted((clock0, order + 1000, f"p{order}") for order, clock0 in enumerate(priority)))
    return line


clocks = st.lists(st.integers(0, NOW), max_size=12)


@given(clocks, clocks, st.sampled_from(get_args(Policy)), st.sampled_from((1.0, 2.5, 4.0)))
def test_people_ahead_are_those_with_a_higher_score(ordinary, priority, policy, b):
    rules = Rules(policy=policy, priority_rate=b)
    line = build(ordinary, priority)
    weight = {"fifo": 1.0, "apq": b, "strict": 1e12}[policy]

    def score(is_priority, key):
        return (weight if is_priority else 1.0) * (NOW - key[0])

    everyone = [(is_priority, key) for is_priority, _, keys in line.classes(NOW) for key in keys]
    for is_priority, key in everyone:
        mine = score(is_priority, key)
        others = [other for other in everyone if other != (is_priority, key)]
        surely = sum(score(*other) > mine + 1e-6 * abs(mine) + weight + 1 for other in others)
        possibly = sum(score(*other) >= mine - 1e-6 * abs(mine) - weight - 1 for other in others)
        assert surely <= ahead(rules, line, is_priority, key, NOW) <= possibly
        they = those_ahead(rules, line, is_priority, key, NOW)
        assert len(they) == ahead(rules, line, is_priority, key, NOW)
        assert they == [key for key in line.keys(NOW) if key in they], "out of order"


def test_priority_is_served_sooner_but_not_for_ever_first():
    hall = Hall()
    first = hall.take()
    urgent = hall.after(60).take(priority=True)
    assert choose(hall.lobby, "q01a", hall.now).ticket == first.id
    assert choose(hall.lobby, "q01a", hall.after(21).now).ticket == urgent.id


def test_an_older_wait_in_another_skill_goes_first():
    hall = Hall()
    hall.take("nnptnt-nop")
    own = hall.after(1).take("tnmt-nop")
    assert choose(hall.lobby, "q01a", hall.after(700).now).ticket == own.id


arrivals = st.lists(
    st.tuples(st.sampled_from(("tnmt-nop", "nnptnt-nop")), st.booleans(), st.sampled_from((1, 40, 700))),
    max_size=12,
)


@given(arrivals, st.sampled_from(get_args(Policy)), st.sampled_from(("q01a", "q11")))
def test_a_free_desk_takes_who_should_go_first_of_all_that_it_may_take(people, policy, desk):
    site = centre()
    hall = Hall(replace(site, rules=replace(site.rules, policy=policy)))
    tickets = []
    for service, priority, wait_s in people:
        tickets.append(hall.take(service, priority))
        hall.after(wait_s)
    rate = {"fifo": 1, "apq": site.rules.priority_rate, "strict": 1e9}[policy]
    skills, backups = hall.lobby.site.desks[desk].skills, hall.lobby.site.desks[desk].backups
    own = [one for one in tickets if one.queue in skills]
    since = hall.now - site.rules.backup_after_s * 1000
    in_need = {one.queue for one in tickets if one.queue in backups and one.issued_at <= since}
    late = [one for one in tickets if one.queue in in_need]
    choice = choose(hall.lobby, desk, hall.now)
    if not (own or late):
        assert choice is None
        return
    best = max(own or late, key=lambda one: ((rate if one.priority else 1) * (hall.now - one.issued_at), -one.order))
    assert (choice.ticket, choice.reason) == (best.id, "turn" if own else "backup")


@given(clocks, clocks, st.integers(1, 5))
def test_a_latecomer_stands_right_behind_the_nth(ordinary, priority, n):
    line = build(ordinary, priority)
    keys = line.keys(NOW)
    clock0 = place_after(line, n, NOW)
    before = sum(key[0] < clock0 for key in keys)
    with_the_nth = sum(key[0] == keys[min(n, len(keys)) - 1][0] for key in keys)
    assert min(n, len(keys)) <= before < n + max(1, with_the_nth)


def test_a_latecomer_comes_after_who_took_a_number_in_the_same_moment():
    assert place_after(build([NOW], []), 3, NOW) > NOW
    assert place_after(Line(), 3, NOW) == NOW


EVERYBODY = tuple(desk.id for desk in SITE.desks.values() if desk.skills)
ASKED_FOR = tuple(service.id for service in SITE.services.values())


@given(
    st.lists(st.tuples(st.sampled_from(ASKED_FOR), st.booleans(), st.integers(0, 700)), max_size=40),
    st.permutations(EVERYBODY),
    st.sampled_from(get_args(Policy)),
)
def test_all_desks_press_next_in_one_instant_and_nobody_is_called_twice_or_left_beside_a_free_desk(came, desks, policy):
    hall = Hall(replace(SITE, rules=replace(SITE.rules, policy=policy)))
    for desk in desks:
        hall.press(desk, "open")
    for service, priority, after_s in came:
        hall.after(after_s).take(service, priority)
    for desk in desks:
        hall.press(desk, "next")
    called = [ticket.id for ticket in hall.lobby.at_desks()]
    assert len(set(called)) == len(called)
    assert {ticket.status for ticket in map(hall.lobby.tickets.get, called)} <= {"called"}
    free = [desk for desk in desks if not hall.lobby.seats[desk].ticket]
    assert not any(hall.lobby.waiting(queue, hall.now) for desk in free for queue in SITE.desks[desk].skills)
    assert len(called) + sum(hall.lobby.waiting(queue, hall.now) for queue in SITE.queues) == len(came)
