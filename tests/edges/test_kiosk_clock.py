"""Clocks that jump and days that end under a citizen's finger: one paper, its number known, its day the hub's."""

import pytest

from appliance.runtime.clock import ManualClock
from tests.hub_core import MONDAY_0800
from tests.lone_kiosk import Centre, LoneKiosk

HOUR_MS = 3_600_000
MIDNIGHT = MONDAY_0800 + 16 * HOUR_MS
MIDNIGHT_UTC = MONDAY_0800 - HOUR_MS


@pytest.mark.parametrize(
    ("shift_s", "quality"),
    [(-3600, "synced"), (86_400, "synced"), (5 * 365 * 86_400, "synced"), (-MONDAY_0800 / 1000, "unset")],
    ids=["an hour back", "a day on", "five years on", "1970"],
)
def test_a_kiosk_whose_clock_jumps_gives_out_the_same_numbers_and_loses_none(tmp_path, shift_s, quality):
    centre, theirs = Centre(tmp_path, kiosks=0), ManualClock(MONDAY_0800 / 1000)
    kiosk = LoneKiosk(centre.bus, tmp_path / "kiosk-1", theirs)
    centre.kiosks = [kiosk]
    centre.live(6)
    theirs.jump(shift_s)
    theirs.judge(quality)
    kiosk.take()
    centre.live(5)
    centre.hub.away = True
    centre.live(6)
    kiosk.take()
    centre.live(5)
    centre.hub.away = False
    centre.live(30)
    assert kiosk.papers == ["A001", "A9001"]
    assert centre.wrongs() == []
    lobby = centre.hub.hall.lobby
    assert all(MONDAY_0800 <= ticket.issued_at <= centre.hub.hall.now for ticket in lobby.tickets.values())
    in_line = [lobby.tickets[key[2]].number for key in lobby.lines["a"].keys()]  # noqa: SIM118  # because a Line is no dict
    assert in_line == kiosk.papers, "who came first is called first, whatever the kiosk's clock says"


def test_midnight_in_greenwich_is_no_new_day(tmp_path):
    centre = Centre(tmp_path, now=MIDNIGHT_UTC - 20_000)
    (kiosk,) = centre.kiosks
    kiosk.take()
    centre.live(30)
    kiosk.take()
    centre.live(5)
    assert kiosk.papers == ["A001", "A002"]
    assert centre.wrongs() == []


def test_a_day_that_ends_while_a_citizen_chooses_gives_a_number_of_the_new_one(tmp_path):
    centre = Centre(tmp_path, now=MIDNIGHT - 20_000)
    (kiosk,) = centre.kiosks
    kiosk.take()
    centre.live(5)
    yesterday = centre.hub.hall.lobby.day
    centre.clock.advance(20)
    kiosk.take()
    centre.live(5)
    assert kiosk.papers == ["A001", "A001"]
    assert centre.hub.hall.lobby.day > yesterday
    assert [ticket.paper for ticket in centre.hub.hall.lobby.tickets.values()] == ["printed"]


def test_a_paper_that_comes_out_after_midnight_does_not_stop_the_kiosk(tmp_path):
    centre = Centre(tmp_path, now=MIDNIGHT - 20_000)
    (kiosk,) = centre.kiosks
    centre.hub.away = True
    kiosk.take()
    centre.live(40)
    centre.hub.away = False
    centre.live(60)
    assert len(kiosk.outbox) == 0, "what came too late is told, and set aside by the hub"
    kiosk.take()
    centre.live(5)
    assert kiosk.papers == ["A9001", "A002"], "A001 went to the wish of the evening before, which was taken back"
