"""Simulated citizens and clerks: as many as the centre's figures say, nobody forgotten, no desk of a person touched."""

import statistics
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from msgspec import UNSET

from appliance.wire.choices import DeskStatus
from appliance.wire.messages import DeskState
from virtual_centre.crowd import AT_THE_DOOR, RATING_SHARE, Crowd, Press, Rate, TakeNumber, lognormal
from virtual_centre.demand import DAY_S, Demand, Errand, load_demand

SITE = Path(__file__).parents[2] / "firmware_configs" / "site" / "ca-mau"
DESKS = {"q01a": ("a", "g"), "q01b": ("a", "g"), "q11": ("g",), "p01": ("f",)}
DEMAND = Demand(
    {
        "a-nop": Errand("a-nop", "nop", "a", 60, 600, 0.7, 60),
        "g-tra": Errand("g-tra", "tra", "g", 40, 240, 0.7, 30),
        "fee": Errand("fee", "fee", "f", 30, 120, 0.5, 10),
    },
    {"nop": ("f", 0.5)},
)


class Hall:
    """A hub in forty lines: enough to tell the crowd what a hub would."""

    def __init__(self, seed: int = 1) -> None:
        self.now = 0.0
        self.crowd = Crowd(DEMAND, DESKS, Random(seed), self.now)
        self.lines: dict[str, list[str]] = {"a": [], "g": [], "f": []}
        self.at: dict[str, str] = dict.fromkeys(DESKS, "")
        self.status: dict[str, DeskStatus] = dict.fromkeys(DESKS, "closed")
        self.deeds: list[object] = []
        self.issued = 0
        for desk in DESKS:
            self.tell(desk)

    def tell(self, desk: str) -> None:
        ticket = self.at[desk] or UNSET
        state = DeskState(rev=0, counter="q01", label="", status=self.status[desk], ticket=ticket)
        self.crowd.desk(desk, state, self.now)
        for queue, line in self.lines.items():
            self.crowd.queue(queue, len(line), self.now)

    def run(self, until: float) -> None:
        while self.crowd.due() <= until:
            self.now = self.crowd.due()
            for deed in self.crowd.deeds(self.now):
                self.deeds.append(deed)
                self.perform(deed)

    def perform(self, deed: object) -> None:
        match deed:
            case TakeNumber(service=service):
                self.issued += 1
                ticket = f"{service}-{self.issued}"
                self.crowd.knows(ticket, service)
                self.lines[DEMAND.errands[service].queue].append(ticket)
                self.crowd.queue(DEMAND.errands[service].queue, 1, self.now)
            case Press(desk=desk, action="next"):
                line = next((self.lines[queue] for queue in DESKS[desk] if self.lines[queue]), [])
                self.at[desk] = line.pop(0) if line else ""
                self.tell(desk)
            case Press(desk=desk, action=action, to_queue=queue):
                if action == "open":
                    self.status[desk] = "open"
                if action == "transfer":
                    self.lines[queue].append(self.at[desk])
                self.at[desk] = ""
                self.tell(desk)


def presses(hall: Hall, action: str) -> list[Press]:
    return [deed for deed in hall.deeds if isinstance(deed, Press) and deed.action == action]


def test_on_a_day_as_many_come_as_the_figures_say_and_all_are_served() -> None:
    hall = Hall()
    hall.run(DAY_S)
    assert hall.issued - AT_THE_DOOR == pytest.approx(100, abs=30)
    waiting = sum(len(line) for line in hall.lines.values())
    here = sum(bool(ticket) for ticket in hall.at.values())
    assert waiting < 15
    assert len(presses(hall, "finish")) + len(presses(hall, "no_show")) == hall.issued - waiting - here


def test_about_every_sixth_visit_is_rated_and_almost_all_are_satisfied() -> None:
    ratings: list[Rate] = []
    finished = 0
    for seed in range(20):
        hall = Hall(seed)
        hall.run(DAY_S)
        ratings += [deed for deed in hall.deeds if isinstance(deed, Rate)]
        finished += len(presses(hall, "finish"))
    assert len(ratings) / finished == pytest.approx(RATING_SHARE, abs=0.03)
    levels = Counter(rate.level for rate in ratings)
    assert (levels[1] + levels[2]) / len(ratings) > 0.95
    assert set(levels) <= {1, 2, 3, 4}


def test_a_centre_with_two_buttons_is_not_rated_by_a_third() -> None:
    hall = Hall()
    hall.crowd.offers(2)
    hall.run(DAY_S)
    assert {deed.level for deed in hall.deeds if isinstance(deed, Rate)} <= {1, 2}


def test_a_desk_of_a_person_is_left_alone_until_the_person_leaves() -> None:
    hall = Hall()
    hall.run(3600)
    hall.crowd.by_hand({"q01a"}, hall.now)
    before = len([deed for deed in hall.deeds if isinstance(deed, Press) and deed.desk == "q01a"])
    assert before > 0
    hall.run(7200)
    assert len([deed for deed in hall.deeds if isinstance(deed, Press) and deed.desk == "q01a"]) == before
    hall.crowd.by_hand(set(), hall.now)
    hall.run(14400)
    assert len([deed for deed in hall.deeds if isinstance(deed, Press) and deed.desk == "q01a"]) > before


def test_a_visit_is_not_started_again_by_a_second_word_about_it() -> None:
    once, twice = Hall(), Hall()
    for hall in (once, twice):
        hall.run(1800)
    twice.tell(next(desk for desk, ticket in twice.at.items() if ticket))
    for hall in (once, twice):
        hall.run(7200)
    assert once.deeds == twice.deeds


def test_a_clerk_whose_key_was_not_heard_tries_again() -> None:
    hall = Hall()
    hall.status["q11"] = "open"
    hall.tell("q11")
    hall.crowd.queue("g", 1, 0.0)
    pressed = 0
    for now in range(0, 300, 5):
        pressed += sum(deed == Press("q11", "next") for deed in hall.crowd.deeds(float(now)))
    assert 3 <= pressed <= 5


def test_the_first_centre_s_own_figures_are_used() -> None:
    demand = load_demand(SITE)
    first = {errand.service for errand in demand.first}
    assert "tnmt-nop" in first
    assert not {"fee", "post"} & first
    assert demand.onward["nop"][0] == "f"
    assert demand.onward["tra"][0] == "p"
    assert all(0 < share <= 1 for _, share in demand.onward.values())
    assert 200 < sum(errand.per_day for errand in demand.first) < 400


def test_service_times_have_the_mean_and_spread_that_were_asked_for() -> None:
    chance = Random(1)
    draws = [lognormal(chance, 600, 0.75) for _ in range(40_000)]
    assert statistics.fmean(draws) == pytest.approx(600, rel=0.02)
    assert statistics.stdev(draws) / statistics.fmean(draws) == pytest.approx(0.75, rel=0.05)
