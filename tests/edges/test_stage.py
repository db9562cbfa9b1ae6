"""The stage over real sockets: a box is never slowed by whoever watches, and a watcher who comes back sees it all."""

import itertools
import socket
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

import pytest

from appliance.runtime.stage import Stage
from appliance.runtime.stage_frames import Frame, pack_act, read_frames
from tests.waiting import PATIENT_S, Mailbox

HOST = "127.0.0.1"


class Watcher:
    """Somebody who listens on a port and looks when he likes."""

    def __init__(self) -> None:
        self.server = socket.create_server((HOST, 0))
        self.server.settimeout(PATIENT_S)
        self.address = f"{HOST}:{self.server.getsockname()[1]}"
        self.line: socket.socket | None = None

    def look(self) -> Iterator[Frame]:
        self.line, _ = self.server.accept()
        self.line.settimeout(PATIENT_S)
        file: BinaryIO = self.line.makefile("rb")
        return read_frames(file)

    def leave(self) -> None:
        if self.line is not None:
            self.line.shutdown(socket.SHUT_RDWR)
            self.line.close()
            self.line = None


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    watcher = Watcher()
    yield watcher
    watcher.leave()
    watcher.server.close()


@pytest.fixture
def stage(watcher: Watcher) -> Iterator[Stage]:
    stage = Stage(watcher.address, "kiosk-1")
    yield stage
    stage.close()


def until(frames: Iterator[Frame], kind: str) -> Frame:
    return next(frame for frame in frames if frame.kind == kind)


def test_what_is_shown_arrives_with_its_facts(stage: Stage, watcher: Watcher) -> None:
    stage.show("screen", "picture", b"PNG", width=1080)
    frames = watcher.look()
    assert until(frames, "picture") == Frame("kiosk-1", "screen", "picture", b"PNG", {"width": 1080})
    stage.show("printer", "paper", b"ticket", name="Số A001")
    assert until(frames, "paper").facts == {"name": "Số A001"}


def test_a_watcher_first_hears_who_is_there_and_what_can_be_touched(stage: Stage, watcher: Watcher) -> None:
    stage.listen("screen", print)
    stage.listen("printer", print)
    hellos = itertools.takewhile(lambda frame: frame.kind == "hello", watcher.look())
    everything = Frame("kiosk-1", "box", "hello", b"", {"parts": ["printer", "screen"]})
    assert next(hello for hello in hellos if len(hello.facts["parts"]) == 2) == everything


def test_a_watcher_hears_of_a_part_that_begins_to_listen_later(stage: Stage, watcher: Watcher) -> None:
    stage.listen("screen", print)
    frames = watcher.look()
    assert next(frames).facts == {"parts": ["screen"]}
    stage.listen("printer", print)
    assert next(frames).facts == {"parts": ["printer", "screen"]}


def test_a_hand_reaches_only_the_part_that_it_touched(stage: Stage, watcher: Watcher) -> None:
    screen, printer = Mailbox(), Mailbox()
    stage.listen("screen", screen.post)
    stage.listen("printer", printer.post)
    until(watcher.look(), "hello")
    assert watcher.line is not None
    watcher.line.sendall(pack_act("nobody", "touch") + pack_act("screen", "touch", x=1))
    assert screen.next(dict) == {"part": "screen", "kind": "touch", "x": 1}
    printer.quiet(0.1)


def test_a_watcher_who_sleeps_does_not_slow_the_box_and_then_sees_only_the_newest(
    stage: Stage, watcher: Watcher
) -> None:
    picture = bytes(1_000_000)
    stage.show("screen", "picture", picture, n=0)
    frames = watcher.look()
    for n in range(1, 500):
        stage.show("screen", "picture", picture, n=n)
    seen = []
    for frame in frames:
        if frame.kind == "picture":
            seen.append(frame.facts["n"])
            if seen[-1] == 499:
                break
    assert seen == sorted(seen)
    assert len(seen) < 50, "old pictures were kept for a watcher who did not look"


def test_a_watcher_who_comes_back_sees_everything_again(stage: Stage, watcher: Watcher) -> None:
    stage.show("screen", "picture", b"1")
    stage.show("printer", "paper", b"2")
    frames = watcher.look()
    assert {until(frames, "picture").body, until(frames, "paper").body} == {b"1", b"2"}
    watcher.leave()
    stage.show("screen", "picture", b"3")
    again = {(frame.part, frame.body) for frame in islice(watcher.look(), 3)}
    assert again == {("box", b""), ("screen", b"3"), ("printer", b"2")}


@pytest.mark.parametrize("nonsense", [b"\xff\xfe\n", b"{}\n", b"[" * 10_000 + b"\n", b"no line end"])
def test_a_watcher_who_talks_nonsense_is_left_and_looked_for_again(
    stage: Stage, watcher: Watcher, nonsense: bytes
) -> None:
    stage.show("screen", "picture", b"1")
    until(watcher.look(), "picture")
    assert watcher.line is not None
    watcher.line.sendall(nonsense)
    watcher.leave()
    assert until(watcher.look(), "picture").body == b"1"


def test_an_odd_act_does_not_end_the_stage(stage: Stage, watcher: Watcher) -> None:
    box = Mailbox()

    def handler(act: dict[str, object]) -> None:
        if act["kind"] == "odd":
            raise KeyError("x")
        box.post(act)

    stage.listen("screen", handler)
    until(watcher.look(), "hello")
    assert watcher.line is not None
    watcher.line.sendall(pack_act("screen", "odd") + pack_act("screen", "touch"))
    assert box.next(dict)["kind"] == "touch"


def test_a_stage_that_nobody_watches_costs_nothing() -> None:
    stage = Stage("", "kiosk-1")
    stage.show("screen", "picture", b"1")
    stage.listen("screen", print)
    stage.close()


def test_a_box_plays_on_when_nobody_is_there_and_is_seen_when_somebody_comes() -> None:
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    stage = Stage(f"{HOST}:{port}", "kiosk-1")
    stage.show("screen", "picture", b"1")
    with socket.create_server((HOST, port)) as server:
        server.settimeout(PATIENT_S)
        line, _ = server.accept()
        with line:
            assert until(read_frames(line.makefile("rb")), "picture").body == b"1"
    stage.close()
