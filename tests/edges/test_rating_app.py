"""The terminal's app over a bus in memory and a journal on disk: nothing pressed is lost, nothing counts twice."""

from pathlib import Path

from appliance.input.debounce import Edge
from appliance.runtime.clock import ManualClock, instant
from appliance.runtime.memory_link import MemoryBus
from appliance.wire.messages import HubBeat
from tests.rating_at_work import DEVICE, ZONE, Hub, Terminal, bus, clock, hub, terminal

__all__ = ["bus", "clock", "hub", "terminal"]


def test_from_finished_service_to_thanks(terminal: Terminal, hub: Hub) -> None:
    hub.arm()
    terminal.turn()
    assert (terminal.face.lamps, terminal.face.number) == ((True,) * 4, "A042")
    terminal.press(2)
    assert terminal.face.lamps == (False, True, False, False)
    assert terminal.face.said["vi"] == "Cảm ơn bạn đã đánh giá"
    assert [rating.level for rating in hub.heard] == [2]


def test_the_lamp_lights_after_the_press_is_on_disk_and_never_before(terminal: Terminal, hub: Hub) -> None:
    hub.arm()
    terminal.turn()
    terminal.press(1)
    assert terminal.panel.journal_when_lit[0] == 1


def test_a_press_leaves_the_journal_only_on_the_hubs_acknowledgement(terminal: Terminal, hub: Hub) -> None:
    hub.arm()
    terminal.turn()
    terminal.press(1)
    terminal.wait(10.0)
    assert len(hub.counted()) == 1
    assert len(hub.heard) > 1  # sent again: nobody said that it arrived
    hub.acknowledge()
    terminal.turn()
    assert len(terminal.outbox) == 0
    sent = len(hub.heard)
    terminal.wait(30.0)
    assert len(hub.heard) == sent


def test_a_week_without_the_hub_is_told_when_it_is_back(terminal: Terminal, hub: Hub, bus: MemoryBus) -> None:
    hub.arm(for_s=10 * 86400.0)
    terminal.turn()
    bus.cut(DEVICE)
    terminal.turn()
    for _ in range(50):
        terminal.press(3)
        terminal.wait(3600.0)
    assert (hub.heard, len(terminal.outbox)) == ([], 50)
    bus.join(terminal.link)
    terminal.turn()
    for _ in range(5):
        terminal.wait(1.0)
        hub.acknowledge()
        terminal.turn()
    assert sorted(rating.seq or 0 for rating in {r.seq: r for r in hub.heard}.values()) == list(range(1, 51))
    assert len(terminal.outbox) == 0


def test_killed_after_the_press_it_is_told_once_and_does_not_ask_again(terminal: Terminal, hub: Hub) -> None:
    hub.arm()
    terminal.turn()
    terminal.bus.cut(DEVICE)
    terminal.turn()
    terminal.press(4)
    reborn = terminal.again()
    reborn.wait(1.0)
    assert [(rating.level, rating.seq) for rating in hub.heard][:1] == [(4, 1)]
    assert len(hub.counted()) == 1
    assert reborn.face.state == "spent"


def test_a_press_before_the_service_is_finished_goes_to_the_hub_and_says_too_early(
    terminal: Terminal, hub: Hub
) -> None:
    terminal.press(1)
    assert [rating.level for rating in hub.heard] == [1]
    assert (terminal.face.say, terminal.face.lamps) == ("not_open", (False,) * 4)


def test_the_same_arming_repeated_reordered_or_stale_changes_nothing(
    terminal: Terminal, hub: Hub, bus: MemoryBus
) -> None:
    bus.hold()
    hub.arm("A041")
    hub.disarm()
    hub.arm("A042")
    bus.release(lambda held: [held[2], held[0], held[1], held[0], held[2]])
    terminal.turn()
    assert (terminal.face.state, terminal.face.number) == ("open", "A042")


def test_an_older_hub_that_woke_up_again_empties_no_journal(terminal: Terminal, hub: Hub) -> None:
    hub.link.publish(HubBeat(gen=3, at=instant(terminal.clock.now(), ZONE)))
    hub.arm()
    terminal.turn()
    terminal.press(1)
    hub.acknowledge(gen=2)
    terminal.turn()
    assert len(terminal.outbox) == 1


def test_a_terminal_whose_clock_was_never_set_goes_by_the_hubs(
    bus: MemoryBus, hub: Hub, clock: ManualClock, tmp_path: Path
) -> None:
    unset = ManualClock(now=0.0, quality="unset")
    terminal = Terminal(bus, tmp_path, unset)
    hub.beat()
    hub.beat()
    hub.arm(for_s=60.0)
    terminal.turn()
    assert terminal.face.state == "open"
    terminal.press(2)
    assert not hub.heard[0].at
    terminal.wait(61.0)
    assert terminal.face.state == "resting"


def test_the_last_word_of_a_dead_hub_sets_no_clock(
    bus: MemoryBus, hub: Hub, clock: ManualClock, tmp_path: Path
) -> None:
    hub.beat()
    hub.arm(for_s=60.0)
    clock.advance(3600.0)
    terminal = Terminal(bus, tmp_path, ManualClock(now=clock.now(), quality="unset"))
    assert terminal.face.state == "resting"


def test_a_press_says_whose_it_is_and_which_and_how_much_time_was_left(terminal: Terminal, hub: Hub) -> None:
    hub.beat()
    hub.beat()
    terminal.turn()
    terminal.press(3)
    hub.arm(for_s=180.0)
    terminal.turn()
    terminal.wait(10.0)
    terminal.press(4)
    terminal.press(1)
    terminal.wait(6.0)
    terminal.press(2)
    said = {rating.seq: rating for rating in hub.heard}
    openings = [said[seq].opening for seq in sorted(said)]
    assert openings[0] is None
    assert not said[1].blind
    assert [opening.press for opening in openings[1:]] == [1, 2, 0]
    assert len({opening.until for opening in openings[1:]}) == 1
    assert 169_000 <= openings[1].left_ms <= 170_100


def test_pressed_while_nothing_is_heard_of_the_hub_it_says_so(terminal: Terminal, hub: Hub) -> None:
    hub.beat()
    hub.beat()
    terminal.turn()
    terminal.press(1)
    terminal.wait(6.0)
    terminal.press(1)
    assert [bool(rating.blind) for rating in sorted(hub.heard, key=lambda each: each.seq)][-1] is True
    assert not min(hub.heard, key=lambda each: each.seq).blind


def test_edges_that_are_read_late_one_by_one_make_no_second_press(terminal: Terminal, hub: Hub) -> None:
    """The disk was busy for a second while a finger pressed and left a worn button."""
    hub.arm()
    terminal.turn()
    began = terminal.seconds
    terminal.seconds += 1.0
    for after, down in ((0.0, True), (0.001, False), (0.002, True), (0.12, False), (0.121, True), (0.122, False)):
        terminal.app.handle(Edge(2, down, began + after))
        terminal.seconds += 0.005  # and time enough to look at the clock between any two
        terminal.app.tick()
    terminal.wait(1.0)
    assert [rating.level for rating in {rating.seq: rating for rating in hub.heard}.values()] == [2]


def test_a_stuck_button_is_told_to_the_hub(terminal: Terminal, hub: Hub) -> None:
    terminal.app.handle(Edge(3, True, terminal.seconds))
    terminal.wait(11.0)
    assert hub.health[-1].parts["panel"].state == "degraded"
    assert terminal.face.stuck == (3,)


def test_without_pygame(tmp_path: Path) -> None:
    """A terminal's machine never installs it."""
    import subprocess  # noqa: PLC0415  # because only this test starts a process
    import sys  # noqa: PLC0415

    code = (
        "import sys, rating_terminal.__main__, rating_terminal.drivers.panel_gpio, rating_terminal.drivers.panel_sim;"
        "sys.exit('pygame' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=30).returncode == 0
