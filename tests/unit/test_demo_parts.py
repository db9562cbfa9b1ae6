"""The small parts of the demo: terminals that make room, faults that pile up, a clock that goes on, files of a run."""

import time
import tomllib
from pathlib import Path

import pytest

from appliance.runtime.clock import SharedClock
from appliance.runtime.errors import CannotStart
from virtual_centre.clock_keeper import ClockKeeper
from virtual_centre.demo_files import DemoFiles
from virtual_centre.faults import Fault, FaultBoard, Pile
from virtual_centre.terminals import MOST, Terminals

DESKS = [f"q{number:02d}" for number in range(1, 20)]


class Doors:
    """Keeps which terminals are open, in the order of their opening."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.terminals = Terminals(DESKS, self.open.append, self.open.remove)


def test_the_terminal_that_was_looked_at_longest_ago_makes_room() -> None:
    doors = Doors()
    for desk in DESKS[:MOST]:
        doors.terminals.look(desk)
    doors.terminals.look(DESKS[0])
    doors.terminals.look("q19")
    assert len(doors.open) == MOST
    assert DESKS[0] in doors.open
    assert DESKS[1] not in doors.open


def test_a_terminal_for_no_desk_is_refused_in_words() -> None:
    doors = Doors()
    with pytest.raises(LookupError, match="no such desk"):
        doors.terminals.look("q99")
    assert not doors.open


def test_a_mended_fault_uncovers_the_one_below_it() -> None:
    played: list[str | None] = []
    printer: Pile[str] = Pile(played.append)
    told: list[list[str]] = []
    board = FaultBoard({name: printer.fault(name) for name in ("paper_out", "cover_open")}, told.append)
    board.switch("paper_out", on=True)
    board.switch("cover_open", on=True)
    board.switch("cover_open", on=False)
    board.switch("paper_out", on=False)
    assert played == ["paper_out", "cover_open", "paper_out", None]
    assert told == [["paper_out"], ["paper_out", "cover_open"], ["paper_out"], []]


def test_a_switch_thrown_twice_plays_its_fault_once() -> None:
    played: list[str] = []
    board = FaultBoard({"hub": Fault(lambda: played.append("off"), lambda: played.append("on"))}, lambda _: None)
    for on in (True, True, False, False):
        board.switch("hub", on)
    assert played == ["off", "on"]
    with pytest.raises(LookupError):
        board.switch("roof", on=True)


def keeper(folder: Path, pace: float = 1.0) -> tuple[ClockKeeper, list[float]]:
    paces: list[float] = []
    made = ClockKeeper(
        folder / "clock", folder / "clock.last", pace, lambda _now, pace: paces.append(pace), lambda: None
    )
    return made, paces


def test_a_centre_that_was_ahead_of_the_world_goes_on_from_there(tmp_path: Path) -> None:
    ahead = time.time() + 3 * 86_400
    (tmp_path / "clock.last").write_text(f"{ahead}\n")
    clock, _ = keeper(tmp_path)
    clock.start()
    assert 0 <= SharedClock(tmp_path / "clock").now() - ahead < 60
    clock.stop()
    assert float((tmp_path / "clock.last").read_text()) >= ahead - 0.001


def test_the_time_for_the_next_run_is_never_half_written(tmp_path: Path) -> None:
    clock, _ = keeper(tmp_path)
    clock.start()
    (tmp_path / "clock.last").write_text("1\n")
    before = (tmp_path / "clock.last").open()
    clock.stop()
    assert before.read() == "1\n", "it is put in its place whole, not written over"
    before.close()


@pytest.mark.parametrize("rubbish", ["", "tomorrow", "nan"])
def test_a_spoilt_memory_of_the_time_is_no_reason_not_to_start(tmp_path: Path, rubbish: str) -> None:
    (tmp_path / "clock.last").write_text(rubbish)
    clock, paces = keeper(tmp_path, pace=5.0)
    clock.start()
    clock.set_pace(60.0)
    assert abs(SharedClock(tmp_path / "clock").now() - time.time()) < 60
    clock.stop()
    assert paces == [5.0, 60.0]


def test_a_run_changes_named_keys_only_and_never_invents_one(tmp_path: Path) -> None:
    files = DemoFiles(tmp_path / "home")
    path = files.configuration("led", "board-led", {"bus.port": 4711, "output.0.url": "socket://here"})
    written = tomllib.loads(path.read_text())
    assert written["bus"]["port"] == 4711
    assert written["output"][0]["url"] == "socket://here"
    assert written["device"]["id"] == "board-led"
    with pytest.raises(LookupError):
        files.configuration("led", "board-led", {"bus.prot": 4711})


def test_a_folder_that_cannot_be_written_is_told_with_the_option_that_helps(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart, match="--data"):
        DemoFiles(tmp_path / "file" / "home")
