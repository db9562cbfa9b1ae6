"""Light clients for load: MQTT and HTTP over bare sockets, so that what is measured is not the client.

Rules: a line asks one thing, and hears when it is answered; an answer that is a refusal raises, since a bench of errors
measures nothing.
"""

import itertools
import json
import select
import socket
import statistics
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from msgspec import Struct

CONNECT_S = 5.0


class RefusedError(Exception):
    """The other side said no."""


class Line(Protocol):
    """One client's connection. `heard`: the answers that `answers` read last."""

    heard: list[bytes]

    def fileno(self) -> int:
        """For `select`."""

    def ask(self) -> None:
        """Send the next request."""

    def answers(self) -> int:
        """Read what is there; how many requests it answers. Raises RefusedError."""

    def close(self) -> None:
        """Hang up."""


class MqttLine:
    """An MQTT 3.1.1 client, QoS 1: publishes each of `requests` to `topic`, counts what comes on `hears` as answers."""

    def __init__(self, port: int, name: str, topic: str, hears: str, requests: Iterator[bytes]) -> None:
        self._topic = _text(topic)
        self._requests = requests
        self._ids = itertools.cycle(range(1, 65_536))
        self._buffer = b""
        self.heard: list[bytes] = []
        self._socket = _connect(port)
        self._socket.sendall(_packet(0x10, _text("MQTT") + b"\x04\x02\x00\x3c" + _text(name)))
        self._expect(0x20)
        self._socket.sendall(_packet(0x82, b"\x00\x01" + _text(hears) + b"\x01"))
        self._expect(0x90)

    def fileno(self) -> int:
        return self._socket.fileno()

    def ask(self) -> None:
        identifier = next(self._ids).to_bytes(2, "big")
        self._socket.sendall(_packet(0x32, self._topic + identifier + next(self._requests)))

    def answers(self) -> int:
        self._buffer += self._socket.recv(65_536)
        self.heard.clear()
        count = 0
        for kind, body in self._packets():
            if kind >> 4 == 3:
                self._take(kind, body)
                count += 1
        return count

    def close(self) -> None:
        self._socket.sendall(b"\xe0\x00")
        self._socket.close()

    def _take(self, kind: int, body: bytes) -> None:
        end = 2 + int.from_bytes(body[:2], "big")
        if kind & 0x06:
            self._socket.sendall(b"\x40\x02" + body[end : end + 2])
            end += 2
        payload = body[end:]
        if b'"ok":false' in payload:
            raise RefusedError(payload.decode())
        self.heard.append(payload)

    def _packets(self) -> Iterator[tuple[int, bytes]]:
        while True:
            found = _split(self._buffer)
            if found is None:
                return
            kind, body, self._buffer = found
            yield kind, body

    def _expect(self, wanted: int) -> None:
        while True:
            self._buffer += self._socket.recv(4096)
            for kind, _ in self._packets():
                if kind == wanted:
                    return


def _text(text: str) -> bytes:
    return len(text.encode()).to_bytes(2, "big") + text.encode()


def _packet(kind: int, body: bytes) -> bytes:
    size, rest = b"", len(body)
    while True:
        rest, low = divmod(rest, 128)
        size += bytes([low | (0x80 if rest else 0)])
        if not rest:
            return bytes([kind]) + size + body


def _split(buffer: bytes) -> tuple[int, bytes, bytes] | None:
    """The first whole packet of `buffer`: kind, body, what follows."""
    size = shift = 0
    for place in range(1, min(len(buffer), 5)):
        size |= (buffer[place] & 0x7F) << shift
        shift += 7
        if not buffer[place] & 0x80:
            end = place + 1 + size
            return (buffer[0], buffer[place + 1 : end], buffer[end:]) if len(buffer) >= end else None
    return None


class HttpLine:
    """A kept-alive HTTP/1.1 client: posts each of `requests` (headers that differ, body) to `path`."""

    def __init__(self, port: int, path: str, headers: str, requests: Iterator[tuple[str, bytes]]) -> None:
        self._head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n{headers}"
        self._requests = requests
        self._buffer = b""
        self.heard: list[bytes] = []
        self._socket = _connect(port)

    def fileno(self) -> int:
        return self._socket.fileno()

    def ask(self) -> None:
        headers, body = next(self._requests)
        head = f"{self._head}{headers}Content-Length: {len(body)}\r\n\r\n"
        self._socket.sendall(head.encode() + body)

    def answers(self) -> int:
        came = self._socket.recv(65_536)
        if not came:
            raise ConnectionResetError("hung up before the answer")
        self._buffer += came
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return 0
        size = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(rest) < size:
            return 0
        if not head.startswith((b"HTTP/1.1 201", b"HTTP/1.1 200")):
            raise RefusedError(self._buffer.decode(errors="replace"))
        self.heard, self._buffer = [rest[:size]], rest[size:]
        return 1

    def close(self) -> None:
        self._socket.close()


def _connect(port: int) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), CONNECT_S)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


class Outcome(Struct, frozen=True):
    """What a load found: answers per second, and times of answer in ms."""

    per_s: float
    p50_ms: float
    p95_ms: float


def drive(lines: Sequence[Line], seconds: float, in_flight: int = 1) -> Outcome:
    """Every line asks again as soon as it is answered, with `in_flight` requests under way, for `seconds`."""
    watch = select.epoll()
    by_fd = {line.fileno(): (line, deque[float]()) for line in lines}
    for fd in by_fd:
        watch.register(fd, select.EPOLLIN)
    times: list[float] = []
    began = time.perf_counter()
    for line, asked in by_fd.values():
        for _ in range(in_flight):
            line.ask()
            asked.append(time.perf_counter())
    end, pending = began + seconds, in_flight * len(lines)
    while pending:
        for fd, _ in watch.poll(CONNECT_S) or _silence():
            line, asked = by_fd[fd]
            for _ in range(line.answers()):
                now = time.perf_counter()
                times.append(now - asked.popleft())
                if now < end:
                    line.ask()
                    asked.append(now)
                else:
                    pending -= 1
    took = time.perf_counter() - began
    watch.close()
    cuts = statistics.quantiles(times, n=20)
    return Outcome(len(times) / took, 1000 * cuts[9], 1000 * cuts[18])


def _silence() -> list[tuple[int, int]]:
    raise RefusedError(f"no answer within {CONNECT_S} s")


def bodies(make: Callable[[], dict[str, object]]) -> Iterator[bytes]:
    """Endless requests as JSON."""
    while True:
        yield json.dumps(make(), separators=(",", ":")).encode()
