"""What a manager is told to look at, and what he is spared."""

from msgspec.structs import replace

from appliance.wire.messages import Health
from appliance.wire.told import Part
from broker import alerts
from broker.devices import Device
from broker.model import Alerting
from broker.quarantine import PutAside
from tests.hub_core import Hall, centre

RULES = Alerting(wait_s=1800, waiting=12, idle_s=300, silent_s=1200)


def kinds(hall: Hall) -> list[tuple[str, str]]:
    return [(alert.kind, alert.place) for alert in alerts.of_hall(hall.lobby, RULES, hall.now)]


def test_a_quiet_hall_says_nothing() -> None:
    hall = Hall()
    hall.press("q01a", "open")
    assert kinds(hall.after(7200)) == []


def test_who_waits_too_long_is_seen_and_nobody_a_second_too_early() -> None:
    hall = Hall()
    hall.take()
    assert kinds(hall.after(1800)) == []
    assert kinds(hall.after(1)) == [("long_wait", "a")]


def test_a_crowd_is_seen() -> None:
    hall = Hall()
    for _ in range(12):
        hall.take()
    assert kinds(hall) == []
    hall.take()
    assert kinds(hall) == [("crowded", "a")]


def test_a_free_desk_is_told_whom_it_could_help() -> None:
    hall = Hall()
    desk = next(desk for desk in hall.lobby.site.desks.values() if desk.backups)
    queue = desk.backups[0]
    service = next(each.id for each in centre().services.values() if each.queue == queue)
    hall.press(desk.id, "open")
    hall.take(service)
    assert kinds(hall.after(300)) == []
    (alert,) = alerts.of_hall(hall.lobby, RULES, hall.after(1).now)
    assert (alert.kind, alert.place, alert.queue, alert.n) == ("idle", desk.id, queue, 301)
    hall.press(desk.id, "pause")
    assert kinds(hall) == []


def test_a_desk_that_serves_somebody_is_not_idle_and_one_queue_of_several_is_enough_to_need_it() -> None:
    site = centre()
    both = replace(site.desks["q01a"], skills=("a", "f"), backups=("h",))
    hall = Hall(replace(site, desks={**site.desks, "q01a": both}))
    services = {queue: next(each.id for each in site.services.values() if each.queue == queue) for queue in "ah"}
    hall.press("q01a", "open")
    hall.take(services["a"])
    hall.take(services["h"])
    assert ("silent", "q01a") in kinds(hall.after(1201))
    assert ("idle", "q01a") not in kinds(hall), "its own queue first"
    hall.press("q01a", "next")
    assert ("idle", "q01a") not in kinds(hall.after(301)), "it serves somebody"
    hall.press("q01a", "finish")
    assert ("idle", "q01a") in kinds(hall)


def test_an_open_desk_that_calls_nobody_is_seen_only_where_somebody_needs_it() -> None:
    hall = Hall()
    hall.press("q01a", "open")
    hall.after(1000).take()
    assert kinds(hall.after(201)) == [("silent", "q01a")]
    hall.press("q01a", "next")
    assert kinds(hall.after(1200)) == []
    assert kinds(hall.after(1)) == [("silent", "q01a")]  # a visit that goes on, or that nobody has finished


def test_a_box_that_is_lost_or_low_on_paper_is_seen() -> None:
    well = Health(parts={"printer": Part(state="ready")})
    low = Health(parts={"printer": Part(state="degraded", reason="near end"), "link": Part(state="ready")})
    boxes = [Device("kiosk-1", online=True, health=well), Device("kiosk-2", online=True, health=low), Device("led")]
    found = alerts.of_boxes([*boxes, Device("new", online=True)])
    assert [(alert.kind, alert.place, alert.part) for alert in found] == [
        ("part", "kiosk-2", "printer"),
        ("lost", "led", ""),
    ]
    assert (found[0].state, found[0].reason) == ("degraded", "near end")


def test_ranges_that_fail_are_told_once_there_are_enough_of_them() -> None:
    assert alerts.of_ranges(RULES, kept=0, promised=19) == ()
    assert alerts.of_ranges(RULES, kept=13, promised=20) == ()
    (alert,) = alerts.of_ranges(RULES, kept=12, promised=20)
    assert (alert.n, alert.of) == (12, 20)


def test_papers_in_no_line_are_counted_once_each_and_those_of_another_day_are_no_alarm() -> None:
    report = PutAside(
        kind="paper_block", about="", device="kiosk-1", number="A9001", day="", times=2, first="08:00", last="08:01"
    )
    others = [replace(report, number="A9002", kind="paper_taken"), replace(report, device="kiosk-2")]
    harmless = [replace(report, number="B9001", kind=kind) for kind in ("paper_late", "paper_void", "unreadable")]
    found = alerts.of_papers([report, replace(report, kind="paper_other"), *others, *harmless])
    told = [(alert.place, alert.n, alert.reason) for alert in found]
    assert told == [("kiosk-1", 2, "A9001, A9002"), ("kiosk-2", 1, "A9001")]
