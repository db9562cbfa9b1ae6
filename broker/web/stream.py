"""Server-sent events: the retained states of the bus, for browsers.

A listener holds a place in the count of changes, not a queue: what changes twice while it is slow is sent once, with
its last value, so a slow reader costs no memory and can never fall behind by more than the whole picture.

Rules: at most `capacity` listeners, at most `per_source` from one address; beyond that the caller says 503; the
writer's thread only stores and wakes; the first beat follows all that the listener has missed; an event's id is
`generation.change`, and Last-Event-ID of this generation continues there.
"""

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator

import msgspec
from msgspec import Struct

from appliance.wire.messages import HubBeat, State
from appliance.wire.topics import BY_TYPE

BEAT_S = 2.0
"""Every listener hears at least this often that the hub lives; a write that fails tells that the listener is gone."""
GAP_S = 0.03
"""Between two deliveries to one listener in a busy hall."""
BURST = 20
"""Deliveries that a listener may have at once after a quiet while, so that a call waits for nothing."""


def topic_of(kind: type, place: str = "") -> str:
    """The topic of a state below the site's root; without a place, the beginning that all of its kind share."""
    return BY_TYPE[kind].pattern.partition("{")[0] + place


class Frame(Struct, frozen=True):
    """The last value of one topic, and which change of all it was."""

    topic: str
    change: int
    state: State


class Event(Struct, frozen=True):
    """What stands in `data`: the topic below the site's root, as on the bus, and the state as on the bus."""

    topic: str
    state: msgspec.Raw


Wants = Callable[[str], bool]


class FullError(Exception):
    """No more listeners now."""


class Pulse:
    """Whether the writer works, by its own word: it is asked at each call, and has `GOOD_S` to answer."""

    GOOD_S = 4.0

    def __init__(self, ask: Callable[[Callable[[int], None]], None]) -> None:
        self._ask = ask
        self._unanswered: float | None = None
        """Since when a question waits."""

    def _feel(self, _now: int) -> None:
        self._unanswered = None

    def __call__(self) -> bool:
        """Whether no question waits for too long; asks again."""
        asked = self._unanswered
        if asked is None:
            self._unanswered = asked = time.monotonic()
        self._ask(self._feel)
        return time.monotonic() - asked < self.GOOD_S


class Streams:
    """All listeners of one hub."""

    def __init__(self, generation: int, capacity: int, per_source: int, alive: Callable[[], bool]) -> None:
        self._generation = generation
        self._alive = alive
        self._capacity = capacity
        self._per_source = per_source
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._frames: dict[str, Frame] = {}
        self._change = 0
        self._open: Counter[str] = Counter()

    def publish(self, state: Struct, place: str) -> None:
        """Keep a state and wake the listeners; called by the hub's writer after its commit."""
        if not isinstance(state, State):
            return
        topic = topic_of(type(state), place)
        with self._changed:
            known = self._frames.get(topic)
            if known is None or (state.gen, state.rev) > (known.state.gen, known.state.rev):
                self._change += 1
                self._frames[topic] = Frame(topic, self._change, state)
                self._changed.notify_all()

    @property
    def listeners(self) -> int:
        """How many listen now."""
        return self._open.total()

    def close(self) -> None:
        """End every stream."""
        self._closing.set()
        with self._changed:
            self._changed.notify_all()

    def follow(self, source: str, last_id: str, wants: Wants) -> "Listening":
        """A stream for one listener, from the whole picture or from `last_id` on. Raises FullError."""
        with self._changed:
            if self._open.total() >= self._capacity or self._open[source] >= self._per_source:
                raise FullError
            self._open[source] += 1
        return Listening(self, source, self._resume(last_id), wants)

    def _resume(self, last_id: str) -> int:
        generation, _, change = last_id.partition(".")
        if generation == str(self._generation) and change.isdecimal() and int(change) <= self._change:
            return int(change)
        return 0

    def left(self, source: str) -> None:
        """A listener of `source` is gone."""
        with self._changed:
            self._open[source] -= 1
            self._open += Counter()  # forgets the sources that count zero

    def wait(self, cursor: int, seconds: float) -> tuple[list[Frame], int] | None:
        """What changed since `cursor`, after at most so long, and the new cursor; None when all streams end."""
        with self._changed:
            self._changed.wait_for(lambda: self._change > cursor or self._closing.is_set(), seconds)
            if self._closing.is_set():
                return None
            fresh = [frame for frame in self._frames.values() if frame.change > cursor]
            return sorted(fresh, key=lambda frame: frame.change), self._change

    def beat(self) -> bytes:
        """That the hub lives, as on the bus; nothing when its writer does not."""
        if not self._alive():
            return b":\n\n"
        event = Event(topic_of(HubBeat), msgspec.Raw(b'{"gen":%d}' % self._generation))
        return b"data: %b\n\n" % msgspec.json.encode(event)

    def pause(self) -> None:
        """Let changes gather, so that a busy hall costs each listener some thirty deliveries a second and no more."""
        self._closing.wait(GAP_S)

    def event(self, frame: Frame) -> bytes:
        """The frame as it stands in the stream."""
        data = msgspec.json.encode(Event(frame.topic, msgspec.Raw(msgspec.json.encode(frame.state))))
        return b"id: %d.%d\ndata: %b\n\n" % (self._generation, frame.change, data)


class Listening:
    """One listener's stream: the chunks of a response body. `close` gives its place back, read or unread."""

    def __init__(self, streams: Streams, source: str, cursor: int, wants: Wants) -> None:
        self._streams = streams
        self._source = source
        self._wants = wants
        self._chunks = self._deliver(cursor)
        self._closed = False

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def _deliver(self, cursor: int) -> Iterator[bytes]:
        yield b"retry: 1000\n\n"
        last_beat, counted = -math.inf, time.monotonic()
        credit, patience = float(BURST), 0.0
        while (news := self._streams.wait(cursor, patience)) is not None:
            (frames, cursor), patience = news, BEAT_S
            chunk = b"".join(self._streams.event(frame) for frame in frames if self._wants(frame.topic))
            if time.monotonic() - last_beat > 0.9 * BEAT_S:
                last_beat = time.monotonic()
                chunk += self._streams.beat()
            if chunk:
                yield chunk
            now = time.monotonic()
            credit, counted = min(BURST, credit - 1 + (now - counted) / GAP_S), now
            if credit < 1:
                self._streams.pause()

    def close(self) -> None:
        """The connection ended."""
        if not self._closed:
            self._closed = True
            self._streams.left(self._source)
