"""How simulated parts and the one who watches them talk: the same code at both ends.

Rules: pure; a frame is one line of JSON, then as many bytes as its `bytes` says; back come lines of JSON. Nothing read
from the other end is trusted beyond the limits below.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple

LINE_LIMIT = 64 * 1024
BODY_LIMIT = 16 * 1024 * 1024
HELLO = ("box", "hello")
"""Part and kind of the first frame of a connection; its fact `parts` names those that listen."""
_OWN = ("device", "part", "kind", "bytes")


class BrokenFrame(ValueError):  # noqa: N818  # because it names what came
    """What came is no frame; the connection is of no more use."""


@dataclass(frozen=True)
class Frame:
    """What a part of a device shows: `facts` (JSON values) and a body such as a picture."""

    device: str
    part: str
    kind: str
    body: bytes = b""
    facts: Mapping[str, Any] = field(default_factory=dict)


def pack(frame: Frame) -> bytes:
    """The bytes of a frame. Raises ValueError when a fact has a reserved name."""
    taken = [name for name in _OWN if name in frame.facts]
    if taken:
        raise ValueError(f"facts must not be named {', '.join(taken)}")
    head = {"device": frame.device, "part": frame.part, "kind": frame.kind, "bytes": len(frame.body), **frame.facts}
    return json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" + frame.body


class Head(NamedTuple):
    """The line before a body of `size` bytes."""

    device: str
    part: str
    kind: str
    size: int
    facts: dict[str, Any]


def parse_head(line: bytes) -> Head:
    """What the line says, for whoever reads the body in his own way. Raises BrokenFrame."""
    facts = _parse(line)
    size = facts.pop("bytes", 0)
    device, part, kind = (facts.pop(name, None) for name in ("device", "part", "kind"))
    if not (isinstance(device, str) and isinstance(part, str) and isinstance(kind, str)):
        raise BrokenFrame(f"nobody's frame: {line[:200]!r}")
    if type(size) is not int or not 0 <= size <= BODY_LIMIT:
        raise BrokenFrame(f"a body of {size!r} bytes")
    return Head(device, part, kind, size, facts)


def read_frames(stream: BinaryIO) -> Iterator[Frame]:
    """Frames until the stream ends between two of them. Raises BrokenFrame, and OSError from the stream."""
    while line := stream.readline(LINE_LIMIT):
        head = parse_head(line)
        body = stream.read(head.size)
        if len(body) < head.size:
            raise BrokenFrame("ended within a body")
        yield Frame(head.device, head.part, head.kind, body, head.facts)


def pack_act(part: str, kind: str, **facts: Any) -> bytes:
    """The line that tells a part what a person did to it."""
    return json.dumps({"part": part, "kind": kind, **facts}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_acts(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """What was done to parts, until the stream ends. Raises BrokenFrame, and OSError from the stream."""
    while line := stream.readline(LINE_LIMIT):
        act = _parse(line)
        if not isinstance(act.get("part"), str) or not isinstance(act.get("kind"), str):
            raise BrokenFrame(f"no act: {line[:200]!r}")
        yield act


def _parse(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line) if line.endswith(b"\n") else None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise BrokenFrame(f"no line of JSON: {line[:200]!r}")
    return value
