"""The far end of the boxes' stage: pictures arrive whole, hands reach the right box, a bad frame harms nobody else."""

import contextlib
import json
import socket
from collections.abc import Iterator

import pytest

from tests.waiting import PATIENT_S, Mailbox
from virtual_centre.edge_loop import EdgeLoop
from virtual_centre.gallery import Gallery, Showing
from virtual_centre.ports import HOST
from virtual_centre.stage_server import StageServer


@pytest.fixture
def gallery() -> Gallery:
    return Gallery()


@pytest.fixture
def stage(gallery: Gallery) -> Iterator[StageServer]:
    with EdgeLoop() as loop:
        stage = StageServer(loop, gallery)
        stage.start()
        yield stage
        stage.stop()


class Box:
    """A box as the wire sees it."""

    def __init__(self, stage: StageServer, device: str) -> None:
        self.device = device
        self.socket = socket.create_connection((HOST, stage.port), timeout=PATIENT_S)

    def show(self, part: str, kind: str, body: bytes = b"", **facts: object) -> None:
        line = {"device": self.device, "part": part, "kind": kind, "bytes": len(body), **facts}
        self.socket.sendall(json.dumps(line).encode() + b"\n" + body)

    def hand(self) -> dict[str, object]:
        with self.socket.makefile("rb") as lines:
            told: dict[str, object] = json.loads(lines.readline())
            return told

    def is_hung_up(self) -> bool:
        return self.socket.recv(1) == b""


def until(gallery: Gallery, device: str, part: str, kind: str) -> Showing:
    seen = 0
    while fresh := gallery.wait(seen, PATIENT_S):
        for showing in fresh:
            if (showing.device, showing.part, showing.kind) == (device, part, kind):
                return showing
            seen = showing.version
    raise AssertionError(f"{device} never showed {part}/{kind}")


def test_a_picture_with_line_feeds_in_it_arrives_whole_with_its_facts(gallery: Gallery, stage: StageServer) -> None:
    body = b'\n{"device":"x"}\n' * 5000
    Box(stage, "kiosk-1").show("screen", "picture", body, screen="home")
    showing = until(gallery, "kiosk-1", "screen", "picture")
    assert showing.body == body
    assert showing.facts == {"screen": "home"}


def test_only_the_last_picture_hangs_and_versions_grow(gallery: Gallery, stage: StageServer) -> None:
    box = Box(stage, "kiosk-1")
    for n in range(3):
        box.show("screen", "picture", b"%d" % n)
    box.show("screen", "done")
    until(gallery, "kiosk-1", "screen", "done")
    pictures = [showing for showing in gallery.wait(0, PATIENT_S) if showing.kind == "picture"]
    assert [picture.body for picture in pictures] == [b"2"]
    versions = [showing.version for showing in gallery.wait(0, PATIENT_S)]
    assert versions == sorted(set(versions))


def test_a_hand_reaches_the_box_it_touched_and_no_other(gallery: Gallery, stage: StageServer) -> None:
    one, two = Box(stage, "kiosk-1"), Box(stage, "rating-q01a")
    for box in (one, two):
        box.show("x", "facts")
        until(gallery, box.device, "x", "facts")
        until(gallery, box.device, "box", "presence")
    assert stage.send("rating-q01a", "panel", "press", button=1)
    assert two.hand() == {"part": "panel", "kind": "press", "button": 1}
    one.socket.settimeout(0.1)
    with pytest.raises(TimeoutError):
        one.socket.recv(1)


def test_a_hand_reaches_a_box_as_soon_as_anything_of_it_is_seen(gallery: Gallery, stage: StageServer) -> None:
    reached = Mailbox()
    gallery.visit(lambda _: reached.post(stage.send("kiosk-1", "panel", "press")))
    box = Box(stage, "kiosk-1")
    box.show("x", "facts")
    assert reached.next(bool)
    assert box.hand()["kind"] == "press"


def test_a_box_that_goes_is_told_as_gone_and_cannot_be_touched(gallery: Gallery, stage: StageServer) -> None:
    box = Box(stage, "kiosk-1")
    box.show("screen", "picture", b"p")
    assert until(gallery, "kiosk-1", "box", "presence").facts == {"connected": True}
    seen = gallery.wait(0, PATIENT_S)[-1].version
    box.socket.close()
    gone = gallery.wait(seen, PATIENT_S)
    assert [showing.facts for showing in gone] == [{"connected": False}]
    assert not stage.send("kiosk-1", "screen", "touch")


@pytest.mark.parametrize(
    "rubbish",
    [b"no json\n", b"[]\n", b'{"part":"p"}\n', b'{"device":"d","part":"p","kind":"k","bytes":-1}\n', b"x" * 200_000],
    ids=["words", "list", "no device", "negative", "endless"],
)
def test_a_frame_that_is_none_ends_that_connection_only(gallery: Gallery, stage: StageServer, rubbish: bytes) -> None:
    good, bad = Box(stage, "kiosk-1"), Box(stage, "bad")
    bad.socket.sendall(rubbish)
    with contextlib.suppress(ConnectionError):
        assert bad.is_hung_up()
    good.show("screen", "picture", b"p")
    assert until(gallery, "kiosk-1", "screen", "picture").body == b"p"


def test_nobody_waits_for_a_gallery_that_is_closed(gallery: Gallery) -> None:
    gallery.close()
    assert gallery.wait(0, 3600.0) == []
