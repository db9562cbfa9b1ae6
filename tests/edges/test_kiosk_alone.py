"""The kiosk while its hub is away: it goes on from its own block, and all it did is told when the hub is back."""

import pytest

from tests.kiosk_hall import complaints
from tests.lone_kiosk import Centre


@pytest.fixture
def centre(tmp_path):
    return Centre(tmp_path)


def test_with_the_hub_there_no_block_is_touched(centre):
    (kiosk,) = centre.kiosks
    kiosk.take()
    centre.live(1)
    assert kiosk.papers == ["A001"]


def test_a_hub_that_is_away_is_not_waited_for(centre):
    (kiosk,) = centre.kiosks
    centre.hub.away = True
    centre.live(6)
    assert kiosk.page == "start"
    kiosk.take()
    assert (kiosk.papers, kiosk.page) == (["A9001"], "take")


def test_a_hub_that_falls_silent_just_now_is_waited_for_one_and_a_half_seconds(centre):
    (kiosk,) = centre.kiosks
    centre.hub.away = True
    kiosk.take()  # which ends half a second after the last touch
    kiosk.wait(0.9)
    assert (kiosk.papers, kiosk.page) == ([], "asking")
    kiosk.wait(0.2)
    assert (kiosk.papers, kiosk.page) == (["A9001"], "take")
    centre.hub.away = False
    centre.live(30)
    tickets = centre.hub.hall.lobby.tickets.values()
    assert {ticket.number: ticket.status for ticket in tickets} == {"A001": "void", "A9001": "waiting"}
    assert complaints(centre.hub.hall) == []
    assert len(kiosk.outbox) == 0


def test_a_line_that_breaks_while_the_hub_is_asked_gives_the_ticket_at_once(centre):
    (kiosk,) = centre.kiosks
    centre.hub.away = True
    kiosk.take()
    centre.bus.cut("kiosk-1")
    kiosk.say()
    assert kiosk.papers == ["A9001"]


def test_everything_is_told_when_the_hub_is_back(centre):
    (kiosk,) = centre.kiosks
    centre.hub.away = True
    centre.live(6)
    for _ in range(3):
        kiosk.take()
        centre.live(3)
    centre.hub.away = False
    centre.live(40)
    lobby = centre.hub.hall.lobby
    assert {(t.number, t.paper) for t in lobby.tickets.values()} == {(number, "printed") for number in kiosk.papers}
    assert kiosk.papers == ["A9001", "A9002", "A9003"]
    assert (len(kiosk.outbox), centre.hub.refused, complaints(centre.hub.hall)) == (0, [], [])
    kiosk.take()
    centre.live(1)
    assert kiosk.papers[-1] == "A001"


def test_a_used_block_shows_that_the_hub_is_away(centre):
    (kiosk,) = centre.kiosks
    centre.hub.away = True
    centre.live(6)
    for _ in range(100):
        kiosk.take()
        centre.live(3)
    assert kiosk.papers[-1] == "A9100"
    kiosk.take()
    centre.live(2)
    assert (len(kiosk.papers), kiosk.page) == (100, "sorry")


def test_yesterdays_block_is_not_used(centre):
    (kiosk,) = centre.kiosks
    centre.hub.away = True
    centre.clock.advance(36_000)
    centre.live(6)
    assert kiosk.page == "out"


def test_a_machine_that_started_anew_goes_on_with_its_block_where_its_clock_can_be_trusted(centre):
    (kiosk,) = centre.kiosks
    centre.hub.away = True
    centre.live(6)
    kiosk.take()
    kiosk.power_cut()
    kiosk = centre.kiosk(boot="b2")
    centre.kiosks = [kiosk]
    centre.live(7)
    kiosk.take()
    assert kiosk.papers == ["A9001", "A9002"]
    centre.hub.away = False
    centre.live(30)
    assert centre.wrongs() == []


@pytest.mark.parametrize("shift_s", [-86_400, -60, 36_000, 86_400], ids=["yesterday", "before", "after", "tomorrow"])
def test_a_machine_that_started_anew_on_another_day_uses_no_block(centre, shift_s):
    (kiosk,) = centre.kiosks
    centre.hub.away = True
    kiosk.power_cut()
    centre.clock.jump(shift_s)
    centre.kiosks = [centre.kiosk(boot="b2")]
    centre.live(7)
    assert centre.kiosks[0].page == "out"


@pytest.mark.parametrize("quality", ["holdover", "unset"])
def test_a_machine_that_started_anew_and_knows_no_time_uses_no_block(centre, quality):
    (kiosk,) = centre.kiosks
    centre.hub.away = True
    kiosk.power_cut()
    centre.clock.judge(quality)
    centre.kiosks = [centre.kiosk(boot="b2")]
    centre.live(7)
    assert centre.kiosks[0].page == "out"
    centre.clock.judge("synced")
    centre.live(1)
    assert centre.kiosks[0].page == "start", "the time service has answered"


def test_a_kiosk_that_was_started_again_goes_on_where_it_was(centre):
    (kiosk,) = centre.kiosks
    centre.hub.away = True
    centre.live(6)
    kiosk.take()
    kiosk.power_cut()
    kiosk = centre.kiosk()
    centre.kiosks = [kiosk]
    centre.live(7)
    kiosk.take()
    assert kiosk.papers == ["A9001", "A9002"]


def test_a_block_granted_again_after_a_new_start_continues_where_it_was(centre):
    (kiosk,) = centre.kiosks
    centre.hub.away = True
    centre.live(6)
    kiosk.take()
    kiosk.power_cut()
    centre.hub.away = False
    kiosk = centre.kiosk(boot="b2")
    centre.kiosks = [kiosk]
    centre.live(7)
    centre.hub.away = True
    centre.live(6)
    kiosk.take()
    assert kiosk.papers == ["A9001", "A9002"]


def test_an_hour_without_the_hub_two_kiosks_no_double_nobody_overtaken(tmp_path):
    centre = Centre(tmp_path, kiosks=2)
    one, two = centre.kiosks
    centre.hub.away = True
    centre.live(6)
    printed = []
    for minute in range(60):
        for kiosk, every in ((one, 1), (two, 2)):
            if minute % every == 0:
                kiosk.take()
                printed.append(kiosk.papers[-1])
                assert kiosk.page == "take", "the screen waits"
                centre.live(15)
        centre.live(30)
    centre.hub.away = False
    centre.live(60)
    hall = centre.hub.hall
    assert len(printed) == len(set(printed)) == 90
    assert sorted(t.number for t in hall.lobby.tickets.values()) == sorted(printed)
    in_line = [hall.lobby.tickets[key[2]].number for key in hall.lobby.lines["a"].keys()]  # noqa: SIM118  # because a Line is no dict
    assert in_line == printed, "called in the order of issue"
    assert (centre.hub.refused, complaints(hall)) == ([], [])
    assert [len(kiosk.outbox) for kiosk in centre.kiosks] == [0, 0]
