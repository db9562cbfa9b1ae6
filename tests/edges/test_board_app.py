"""The board's app over a bus in memory: what its outputs are given, and when it wakes by itself."""

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from appliance.runtime.clock import ManualClock
from appliance.runtime.health import PartChanged
from appliance.runtime.link import Heard
from appliance.runtime.memory_link import MemoryBus, MemoryLink
from appliance.runtime.outbox import Outbox
from appliance.runtime.stage import Stage
from appliance.wire.messages import Health
from display_board.app import ANNOUNCED, HEARS, BoardApp, Parts
from display_board.compose import Choice, compose
from display_board.feeds import LedFeed, ScreenFeed
from display_board.views import BoardView, LedView
from tests.unit import board_words as w


class Canvas:
    """A screen and a line of panels that remember what they were given."""

    def __init__(self) -> None:
        self.views: list[BoardView] = []
        self.leds: list[LedView] = []

    def start(self) -> None:
        pass

    def show(self, view: BoardView | LedView) -> None:
        if isinstance(view, BoardView):
            self.views.append(view)
        else:
            self.leds.append(view)

    def stop(self) -> None:
        pass


class Ear:
    """A voice that notes what was on disk when it was let speak."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self.written: list[str] = []

    def speak(self, _now: float) -> float | None:
        self.written.append(self.outbox.recall(ANNOUNCED) or "")
        return None


class Board:
    """One life of the process; `again` is the next on the same disk."""

    def __init__(self, bus: MemoryBus, folder: Path) -> None:
        self.bus, self.folder = bus, folder
        self.seconds = 1000.0
        self.clock = ManualClock(now=w.NOW)
        self.canvas = Canvas()
        self.inbox: list[object] = []
        self.link = MemoryLink(bus, "ca-mau", "board-1", HEARS, self.inbox.append)
        self.outbox = Outbox(folder / "board.sqlite")
        self.ear = Ear(self.outbox)
        parts = Parts(
            link=self.link,
            outbox=self.outbox,
            clock=self.clock,
            zone=w.ZONE,
            feeds=[ScreenFeed(partial(compose, choice=Choice()), self.canvas), LedFeed({1: ("q01a",)}, self.canvas)],
            stage=Stage("", "board-1"),
            voices=[self.ear],  # type: ignore[list-item]  # because an app asks a voice for no more than this
            desks=frozenset({"q01a", "q99x"}),
            monotonic=lambda: self.seconds,
        )
        self.app = BoardApp(parts, {})
        self.app.start()
        self.turn()

    def turn(self) -> None:
        while self.inbox:
            self.app.handle(self.inbox.pop(0))

    def wait(self, seconds: float) -> int:
        """Let time pass; how often the app woke by itself."""
        end, woke = self.seconds + seconds, 0
        while (due := self.app.deadline()) is not None and due < end:
            self._to(max(due, self.seconds + 0.0005))
            woke += 1
        self._to(end)
        return woke

    def _to(self, moment: float) -> None:
        self.clock.advance(moment - self.seconds)
        self.seconds = moment
        self.app.tick()

    def again(self) -> "Board":
        self.bus.leave(self.link)
        self.outbox.close()
        return Board(self.bus, self.folder)

    @property
    def view(self) -> BoardView:
        return self.canvas.views[-1]


class Hub:
    def __init__(self, bus: MemoryBus) -> None:
        self.health: list[Health] = []
        self.link = MemoryLink(bus, "ca-mau", "hub", [(Health, "+")], self._take)
        self.link.start()

    def _take(self, event: object) -> None:
        if isinstance(event, Heard) and isinstance(event.message, Health):
            self.health.append(event.message)

    def opens(self) -> None:
        self.link.publish(w.site())
        self.link.publish(w.calls(1))
        self.link.publish(w.beat(0))


@pytest.fixture
def bus() -> MemoryBus:
    return MemoryBus()


@pytest.fixture
def hub(bus: MemoryBus) -> Hub:
    return Hub(bus)


@pytest.fixture
def board(bus: MemoryBus, hub: Hub, tmp_path: Path) -> Board:
    hub.opens()
    return Board(bus, tmp_path)


def test_a_call_goes_to_every_output_at_once(board: Board, hub: Hub) -> None:
    hub.link.publish(w.calls(2, w.call(1, "A042")))
    hub.link.publish(w.desk(1, "A042", 1), "q01a")
    board.turn()
    assert board.view.hero is not None
    assert (board.view.hero.number, board.view.hero.fresh) == ("A042", True)
    assert board.canvas.leds[-1].panels[0].text == "A042"


def test_a_message_that_changes_nothing_draws_nothing(board: Board, hub: Hub) -> None:
    drawn = len(board.canvas.views)
    for _ in range(50):
        hub.link.publish(w.calls(1))
        hub.link.publish(w.beat(0))
    board.turn()
    assert len(board.canvas.views) == drawn


def test_three_pulses_then_rest(board: Board, hub: Hub) -> None:
    hub.link.publish(w.calls(2, w.call(1)))
    board.turn()
    began = len(board.canvas.views)
    board.wait(3.5)
    levels = [view.pulse for view in board.canvas.views[began:]]
    assert max(levels) == 4
    assert sum(levels[i] < levels[i - 1] and levels[i] == 0 for i in range(1, len(levels))) == 3
    assert board.view.hero is not None
    assert (board.view.pulse, board.view.hero.fresh) == (0, False)


def test_a_quiet_board_hardly_wakes(board: Board, hub: Hub) -> None:
    board.wait(10.0)
    assert board.view.stale
    assert board.wait(600.0) <= 45  # every minute for the clock, every 20 s for a clock that somebody sets


def test_the_clock_on_the_wall_is_never_a_second_late(board: Board) -> None:
    board.wait(60.0 - w.NOW % 60)
    assert board.view.clock == "07:43"


def test_silence_is_said_and_told_to_the_hubs_people_once(board: Board, hub: Hub) -> None:
    board.wait(6.0)
    assert board.view.stale
    assert board.canvas.leds[-1].panels[0].stale
    told = [health.parts["hub"].state for health in hub.health if "hub" in health.parts]
    board.wait(30.0)
    assert [health.parts["hub"].state for health in hub.health if "hub" in health.parts] == told
    hub.link.publish(w.beat(9))
    board.turn()
    assert not board.view.stale
    assert hub.health[-1].parts["hub"].state == "ready"


def test_cut_off_while_others_are_called_it_shows_the_truth_as_soon_as_it_is_back(
    board: Board, hub: Hub, bus: MemoryBus
) -> None:
    bus.cut("board-1")
    board.turn()
    hub.link.publish(w.calls(2, w.call(1, "A001")))
    hub.link.publish(w.calls(3, w.call(2, "A002")))
    bus.join(board.link)
    board.turn()
    assert board.view.hero is not None
    assert (board.view.hero.number, board.view.hero.fresh) == ("A002", True)


def test_after_a_restart_only_what_came_meanwhile_draws_attention(board: Board, hub: Hub) -> None:
    hub.link.publish(w.calls(2, w.call(1)))
    board.turn()
    reborn = board.again()
    assert reborn.view.hero is not None
    assert not reborn.view.hero.fresh
    hub.link.publish(w.calls(3, w.call(2), w.call(1)))
    reborn.turn()
    assert reborn.view.hero.seq == 2
    assert reborn.view.hero.fresh


def test_a_board_that_dies_at_its_first_sound_has_written_down_whom_it_called(board: Board, hub: Hub) -> None:
    hub.link.publish(w.calls(2, w.call(1)))
    board.turn()
    assert board.ear.written[-1].startswith("1.1.")
    assert not board.again().view.hero.fresh  # type: ignore[union-attr]  # because a call is shown


def test_a_part_in_trouble_is_told_in_the_boards_health(board: Board, hub: Hub) -> None:
    board.app.handle(PartChanged("led", "fault", "/dev/queue-led: gone"))
    assert hub.health[-1].parts["led"].reason == "/dev/queue-led: gone"


def test_of_many_calls_at_once_each_has_its_picture_in_the_order_of_the_calls(board: Board, hub: Hub) -> None:
    began = len(board.canvas.views)
    hub.link.publish(w.calls(2, *(w.call(seq) for seq in range(16, 0, -1))))
    board.turn()
    assert [view.hero.seq for view in board.canvas.views[began:] if view.hero] == list(range(1, 17))


def test_a_desk_that_the_centre_does_not_have_is_told_in_one_line(
    board: Board, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    hub.link.publish(w.site(2))
    hub.link.publish(w.site(3, notice="x"))
    board.turn()
    assert hub.health[-1].parts["desks"].state == "degraded"
    assert hub.health[-1].parts["desks"].reason.startswith("not in the centre's data: q99x;")
    lines = [*caplog.get_records("setup"), *caplog.get_records("call")]
    assert len([line for line in lines if "q99x" in line.getMessage()]) == 1


def test_a_text_that_no_board_can_show_whole_is_told_in_one_line(
    board: Board, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    for rev in (2, 3, 4):
        hub.link.publish(w.site(rev, notice=f"{rev} " + "dài " * 400))
        board.turn()
    assert board.view.notice.endswith("…")
    assert hub.health[-1].parts["texts"].reason.endswith("show: notice")
    assert len([line for line in caplog.records if "notice" in line.getMessage()]) == 1
    hub.link.publish(w.site(5, notice="ngắn"))
    board.turn()
    assert hub.health[-1].parts["texts"].state == "ready"


def test_a_display_that_goes_away_is_one_line_however_often_it_is_tried(
    board: Board, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(20):
        board.app.handle(PartChanged("screen", "fault", "no picture: HDMI is gone"))
    assert len([line for line in caplog.records if "HDMI" in line.getMessage()]) == 1


def test_a_desk_that_appears_in_the_data_is_no_stranger_any_more(
    board: Board, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    hub.link.publish(replace(w.site(4), desks=("q01a", "q99x")))
    board.turn()
    assert hub.health[-1].parts["desks"].state == "ready"
