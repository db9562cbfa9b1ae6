"""A simulated day: what people do, and that nobody is forgotten."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from appliance.runtime.clock import seconds
from appliance.wire.messages import Answer, DeskAction, Rating, TicketRequest, TicketView
from broker.model import Closing, Site
from broker.simulator.day import Day
from broker.simulator.shifts import Shift
from broker.simulator.visits import Press, Visit, Work, fresh_id
from broker.site_files import load_site
from virtual_centre.twin import Step, Twin
from virtual_centre.year_plan import YearPlan, load_plan
from virtual_centre.year_visits import draw_year

SITE_FOLDER = Path(__file__).parents[2] / "firmware_configs" / "site" / "ca-mau"
ZONE = datetime.timezone(datetime.timedelta(hours=7))
MONDAY = datetime.datetime(2021, 1, 4, tzinfo=ZONE)
NINE = 9 * 3600.0


@dataclass
class Played:
    """A day that was simulated: what was said, and the hall afterwards."""

    steps: list[Step]
    twin: Twin

    def of(self, ticket: str) -> list[tuple[str, str]]:
        """(action, desk) of everything clerks did while `ticket` was at their desk or named."""
        found = []
        at: dict[str, str] = {}
        for step in self.steps:
            if isinstance(step.message, DeskAction):
                desk, before = step.message.desk, at.get(step.message.desk, "")
                after = step.expected.ticket.id if isinstance(step.expected.ticket, TicketView) else ""
                if ticket in (before, after, step.message.args.ticket):
                    found.append((step.message.action, desk))
                at[desk] = after
        return found


@pytest.fixture(scope="module")
def plan() -> YearPlan:
    return load_plan(SITE_FOLDER)


@pytest.fixture(scope="module")
def site() -> Site:
    return replace(load_site(SITE_FOLDER), closing=Closing())


def play(site: Site, plan: YearPlan, visits: Sequence[Visit], seed: int = 5) -> Played:
    twin = Twin(site)
    shift = Shift(round(MONDAY.timestamp() * 1000), plan.shifts, plan.visits.breaks_per_clerk_min)
    return Played(list(twin.steps(Day(twin, shift, visits, plan.visits.pace, Random(seed)))), twin)


def visit(at_s: float, *queues: str, service: str = "tp-nop", minutes: float = 5, **more: object) -> Visit:
    works = tuple(Work(queue, 60 * minutes, 30) for queue in queues)
    whole = Visit(id=fresh_id(Random(at_s)), service=service, at_s=at_s, group="", lang="vi", works=works)
    return replace(whole, **more)


@pytest.fixture(scope="module")
def full(site: Site, plan: YearPlan) -> tuple[list[Visit], Played]:
    """The fullest day of a drawn year."""
    visits = max(draw_year(plan, tuple(site.groups), Random(2)), key=len)
    return visits, play(site, plan, visits)


# ---------------------------------------------------------------------------------------------------- the fullest day


def test_on_the_fullest_day_nobody_is_left_behind(full: tuple[list[Visit], Played]) -> None:
    visits, played = full
    statuses = {ticket.id: ticket.status for ticket in played.twin.lobby.tickets.values()}
    assert len(visits) > 400
    assert {statuses[visit.id] for visit in visits if not visit.missed} == {"served"}
    assert {statuses[visit.id] for visit in visits if visit.missed} <= {"served", "no_show"}


def test_every_clerk_has_gone_home(full: tuple[list[Visit], Played]) -> None:
    assert {seat.status for seat in full[1].twin.lobby.seats.values()} == {"closed"}


def test_no_key_was_pressed_that_the_hub_must_refuse(full: tuple[list[Visit], Played]) -> None:
    refused = [step for step in full[1].steps if not step.expected.ok]
    assert refused == []


def test_time_never_goes_back(full: tuple[list[Visit], Played]) -> None:
    times = [seconds(str(step.message.at)) for step in full[1].steps]  # type: ignore[union-attr]
    assert times == sorted(times)


def test_every_vote_is_accepted_once(full: tuple[list[Visit], Played]) -> None:
    visits, played = full
    results = [step.expected.result for step in played.steps if isinstance(step.message, Rating)]
    assert results.count("accepted") == sum(bool(visit.presses) for visit in visits)
    assert "orphan" not in results


def test_no_desk_is_given_a_second_visitor(full: tuple[list[Visit], Played]) -> None:
    called = [s for s in full[1].steps if isinstance(s.message, DeskAction) and s.message.action == "next"]
    assert all(isinstance(step.expected.ticket, TicketView) for step in called), "a clerk pressed next for nobody"


def test_some_are_helped_by_a_backup_desk_when_the_hall_is_full(full: tuple[list[Visit], Played]) -> None:
    site = full[1].twin.lobby.site
    helped = [
        step
        for step in full[1].steps
        if isinstance(step.message, DeskAction)
        and isinstance(step.expected.ticket, TicketView)
        and step.expected.ticket.queue in site.desks[step.message.desk].backups
    ]
    assert helped


# ------------------------------------------------------------------------------------------------------ single visits


def test_a_visit_keeps_its_number_from_intake_to_fee_to_post(site: Site, plan: YearPlan) -> None:
    one = visit(NINE, "k", "f", "p")
    played = play(site, plan, [one])
    assert [action for action, _ in played.of(one.id)] == [
        "next", "transfer", "next", "transfer", "next", "finish",
    ]  # fmt: skip
    desks = [desk for action, desk in played.of(one.id) if action == "next"]
    assert [desk[:3] for desk in desks] == ["q04", "p01", "p02"]
    assert {ticket.number for ticket in played.twin.lobby.tickets.values()} == {"K001"}


def test_who_does_not_come_is_called_three_times_and_missed_after_seventy_seconds(site: Site, plan: YearPlan) -> None:
    one = visit(NINE, "k", missed=True)
    played = play(site, plan, [one])
    assert [action for action, _ in played.of(one.id)] == ["next", "recall", "recall", "no_show"]
    times = [
        seconds(str(step.message.at))
        for step in played.steps
        if isinstance(step.message, DeskAction) and step.message.action in ("next", "recall", "no_show")
    ]
    assert [round(time - times[0]) for time in times] == [0, 20, 40, 70]


def test_a_late_comer_gets_back_in_line_and_is_served(site: Site, plan: YearPlan) -> None:
    one = visit(NINE, "k", missed=True, back_after_s=600)
    played = play(site, plan, [one])
    assert [action for action, _ in played.of(one.id)][-3:] == ["recall", "next", "finish"]
    assert played.twin.lobby.tickets[one.id].status == "served"


def test_a_late_comer_after_everybody_left_is_not_called_any_more(site: Site, plan: YearPlan) -> None:
    one = visit(16 * 3600 + 55 * 60, "k", missed=True, back_after_s=25 * 60)
    assert play(site, plan, [one]).twin.lobby.tickets[one.id].status == "no_show"


def test_the_post_desk_waits_for_who_still_comes_from_the_fee_desk(site: Site, plan: YearPlan) -> None:
    """The last citizen is at the fee desk when all intake clerks have gone: the post desk must still be there."""
    one = visit(16 * 3600 + 58 * 60, "k", "f", "p", minutes=20)
    played = play(site, plan, [one])
    assert played.twin.lobby.tickets[one.id].status == "served"
    assert {seat.status for seat in played.twin.lobby.seats.values()} == {"closed"}


def test_an_idle_desk_helps_as_soon_as_somebody_has_waited_long_enough(site: Site, plan: YearPlan) -> None:
    """Both desks of the field are busy for an hour; a desk next door that may help has nothing to do."""
    three = [visit(NINE + n, "k", minutes=60) for n in range(3)]
    played = play(site, plan, three)
    ticket = played.twin.lobby.tickets[three[2].id]
    assert 600 <= (ticket.first_call_at - ticket.issued_at) / 1000 <= 610
    assert played.of(ticket.id)[0][1].startswith("q07")


def test_who_comes_at_lunch_waits_for_the_afternoon(site: Site, plan: YearPlan) -> None:
    one = visit(12 * 3600 + 40 * 60, "k")
    played = play(site, plan, [one])
    (issued,) = (seconds(str(s.message.at)) for s in played.steps if isinstance(s.message, TicketRequest))
    called = played.twin.lobby.tickets[one.id].first_call_at / 1000
    assert 15 * 60 <= called - issued <= 21 * 60


def test_each_clerk_rests_twice_and_has_lunch(site: Site, plan: YearPlan) -> None:
    played = play(site, plan, [])
    pauses = [s.message for s in played.steps if isinstance(s.message, DeskAction) and s.message.action == "pause"]
    of_one = [message.args.reason for message in pauses if message.desk == "q04a"]
    assert of_one == ["Nghỉ giải lao", "Nghỉ trưa", "Nghỉ giải lao"]


def test_a_corrected_vote_and_one_press_too_many_are_told_apart(site: Site, plan: YearPlan) -> None:
    corrected = visit(NINE, "k", presses=(Press(4, 5), Press(1, 8)))
    repeated = visit(NINE + 1800, "k", presses=(Press(1, 5), Press(1, 12)))
    results = [
        s.expected.result for s in play(site, plan, [corrected, repeated]).steps if isinstance(s.message, Rating)
    ]
    assert results == ["accepted", "corrected", "accepted", "suppressed"]


def test_the_same_chance_gives_the_same_day(site: Site, plan: YearPlan) -> None:
    visits = [visit(NINE + 60 * n, "k") for n in range(20)]
    assert play(site, plan, visits).steps == play(site, plan, visits).steps
    assert play(site, plan, visits).steps != play(site, plan, visits, seed=6).steps


def test_a_twin_refuses_what_the_hub_refuses(site: Site, plan: YearPlan) -> None:
    played = play(site, plan, [visit(3 * 3600, "k")])
    (answer,) = (step.expected for step in played.steps if isinstance(step.message, TicketRequest))
    assert isinstance(answer, Answer)
    assert (answer.ok, answer.error, answer.ticket) == (False, "closed", UNSET)
