"""Frames of the stage: what is packed is read again, and what is no frame ends the connection, nothing else."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.runtime.stage_frames import (
    BODY_LIMIT,
    LINE_LIMIT,
    BrokenFrame,
    Frame,
    pack,
    pack_act,
    read_acts,
    read_frames,
)

words = st.text(max_size=20)
facts = st.dictionaries(
    words.filter(lambda name: name not in ("device", "part", "kind", "bytes")),
    st.none() | st.booleans() | st.integers() | words | st.lists(words, max_size=3),
    max_size=3,
)
frames = st.builds(Frame, device=words, part=words, kind=words, body=st.binary(max_size=200), facts=facts)


@given(st.lists(frames, max_size=4))
def test_every_frame_comes_back_as_it_went(sent: list[Frame]) -> None:
    assert list(read_frames(io.BytesIO(b"".join(map(pack, sent))))) == sent


@given(frames, st.data())
def test_a_frame_that_ends_early_is_broken_and_none_before_it_is_lost(frame: Frame, data: st.DataObject) -> None:
    whole = pack(frame)
    end = data.draw(st.integers(1, len(whole) - 1))
    reader = read_frames(io.BytesIO(whole + whole[:end]))
    assert next(reader) == frame
    with pytest.raises(BrokenFrame):
        next(reader)


@given(st.binary(max_size=100))
def test_garbage_is_broken_and_nothing_worse(garbage: bytes) -> None:
    for read in (read_frames, read_acts):
        try:
            list(read(io.BytesIO(garbage)))
        except BrokenFrame:
            continue


@pytest.mark.parametrize(
    "head",
    [
        {"device": "kiosk-1", "part": "screen"},
        {"device": 1, "part": "screen", "kind": "picture"},
        {"device": "kiosk-1", "part": "screen", "kind": "picture", "bytes": -1},
        {"device": "kiosk-1", "part": "screen", "kind": "picture", "bytes": True},
        {"device": "kiosk-1", "part": "screen", "kind": "picture", "bytes": "1"},
        {"device": "kiosk-1", "part": "screen", "kind": "picture", "bytes": BODY_LIMIT + 1},
        {"device": "kiosk-1", "part": "screen", "kind": "x" * LINE_LIMIT},
        ["kiosk-1"],
        "[" * 5000,
    ],
)
def test_a_head_that_lies_is_refused_before_its_body_is_waited_for(head: object) -> None:
    line = head.encode() if isinstance(head, str) else json.dumps(head).encode()
    with pytest.raises(BrokenFrame):
        next(read_frames(io.BytesIO(line + b"\n")))


def test_a_fact_cannot_overwrite_who_speaks() -> None:
    with pytest.raises(ValueError, match="device"):
        pack(Frame("kiosk-1", "screen", "picture", facts={"device": "board-1"}))


def test_what_a_hand_does_comes_through() -> None:
    acts = pack_act("screen", "touch", x=3, y=4) + pack_act("printer", "fault", name="giấy")
    assert list(read_acts(io.BytesIO(acts))) == [
        {"part": "screen", "kind": "touch", "x": 3, "y": 4},
        {"part": "printer", "kind": "fault", "name": "giấy"},
    ]
    with pytest.raises(BrokenFrame):
        list(read_acts(io.BytesIO(b'{"part":"screen"}\n')))
