"""The real server on a real socket: streams that resume, a cap that says so, slow and silent peers, a clean end."""

import json
import os
import socket
import threading
from contextlib import closing, suppress

import pytest

from appliance.runtime.errors import CannotStart
from broker.web.assembly import TOKENS_FILE, write_tokens
from broker.web.config import WebSection
from broker.web.server import WebServer
from broker.web.stream import BEAT_S
from tests.waiting import eventually
from tests.web_hall import WebHall
from tests.web_served import Served

CONFIG = WebSection(port=1, streams=3, streams_per_address=3)


class Stream:
    """A listener: reads events one by one."""

    def __init__(self, served, topics="", last=""):
        path = f"/api/v1/stream?topics={topics}"
        self.connection = served.connect()
        headers = {"Authorization": f"Bearer {served.token}", **({"Last-Event-ID": last} if last else {})}
        self.connection.request("GET", path, headers=headers)
        self.answer = self.connection.getresponse()

    def next(self):
        """The next event that has an id: its id and its data."""
        found = {}
        while True:
            line = self.answer.readline().decode().rstrip("\n")
            if not line and "id" in found:
                return found["id"], json.loads(found["data"])
            if not line:
                found = {}
            name, _, value = line.partition(": ")
            found[name] = value

    def until(self, fits):
        while True:
            key, event = self.next()
            if fits(event):
                return key, event

    def close(self):
        self.connection.close()
        self.answer.close()


@pytest.fixture
def served(tmp_path):
    served = Served(tmp_path, CONFIG)
    yield served
    served.close()


def called(number):
    return lambda event: event["topic"] == "state/calls" and event["state"]["calls"][0]["number"] == number


def call_one(hall, desk="q01a"):
    ticket = hall.take().ticket.number
    hall.press(desk, "open")
    hall.press(desk, "next")
    return ticket


def test_a_stream_begins_with_the_whole_picture_and_goes_on(served):
    first = call_one(served.hall)
    stream = Stream(served)
    assert stream.answer.headers["Content-Type"].startswith("text/event-stream")
    topics = set()
    while not {"state/site", "state/calls", "state/desk/q01a", "state/queue/a"} <= topics:
        topics.add(stream.next()[1]["topic"])
    second = call_one(served.hall)
    assert first != second
    stream.until(called(second))
    stream.close()


def test_a_stream_goes_on_where_it_was_cut_and_starts_anew_after_a_restart_of_the_hub(served):
    call_one(served.hall)
    stream = Stream(served)
    last, _ = stream.until(called("A001"))
    stream.close()
    call_one(served.hall)
    again = Stream(served, last=last)
    seen = [again.next()]
    while not called("A002")(seen[-1][1]):
        seen.append(again.next())
    generation, _, change = last.partition(".")
    assert all(int(key.partition(".")[2]) > int(change) for key, _ in seen)
    assert "state/site" not in {event["topic"] for _, event in seen}
    again.close()
    other = Stream(served, topics="state/site", last=f"{int(generation) + 1}.{change}")
    assert other.next()[1]["topic"] == "state/site"
    other.close()


def test_a_stream_brings_only_what_was_asked_for(served):
    stream = Stream(served, topics="state/calls,state/queue/h")
    call_one(served.hall)
    assert stream.next()[1]["topic"] in ("state/calls", "state/queue/h")
    stream.until(called("A001"))
    stream.close()


def test_what_changes_twice_while_a_listener_is_slow_is_told_once_with_its_last_value(served):
    stream = Stream(served, topics="state/queue/a")
    stream.next()
    for _ in range(200):
        served.hall.take()
    events = []
    stream.until(lambda event: events.append(event) or event["state"]["waiting"] == 200)
    assert len(events) < 50
    stream.close()


def test_a_quiet_stream_still_beats(served):
    stream = Stream(served, topics="state/nothing")
    beats = 0
    while beats < 2:
        beats += b"state/hub" in stream.answer.readline()
    stream.close()


def test_the_first_beat_follows_what_a_listener_has_missed(served):
    served.hall.take()
    first = Stream(served, topics="state/queue")
    missed = []
    while not missed or b"state/hub" not in missed[-1]:
        missed += [line for line in [first.answer.readline()] if line.startswith((b"id", b"data"))]
    assert any(b"state/queue" in line for line in missed[:-1])
    first.close()


def test_past_the_cap_a_listener_is_told_at_once_and_a_place_that_is_left_is_given_again(served):
    streams = [Stream(served) for _ in range(CONFIG.streams)]
    refused = Stream(served)
    assert refused.answer.status == 503
    assert refused.answer.headers["Retry-After"]
    assert json.loads(refused.answer.read())["error"] == "busy"
    assert served.get("/healthz")[0] == 200
    streams.pop().close()
    eventually(lambda: served.hall.web.streams.listeners < CONFIG.streams, within_s=5 * BEAT_S)
    fresh = Stream(served)
    assert fresh.answer.status == 200
    for stream in (*streams, fresh):
        stream.close()


def test_asking_only_for_the_head_of_a_stream_takes_no_place(served):
    for _ in range(2 * CONFIG.streams):
        with closing(served.connect()) as connection:
            connection.request("HEAD", "/api/v1/stream", headers={"Authorization": f"Bearer {served.token}"})
            assert connection.getresponse().status == 200
    eventually(lambda: served.hall.web.streams.listeners == 0)


def test_one_address_cannot_take_every_place(tmp_path):
    served = Served(tmp_path, WebSection(port=1, streams=10, streams_per_address=2))
    streams = [Stream(served) for _ in range(3)]
    assert [stream.answer.status for stream in streams] == [200, 200, 503]
    for stream in streams:
        stream.close()
    served.close()


def test_a_taken_port_is_one_clear_line(served, tmp_path):
    with pytest.raises(
        CannotStart, match=r"web\.port: 127\.0\.0\.1:\d+ is in use by another program; .*another port"
    ) as told:
        WebServer(served.hall.app, served.config, served.hall.web.streams)
    assert "\n" not in str(told.value)


def test_silent_and_slow_peers_lock_nobody_out(served):
    silent = [socket.create_connection(("127.0.0.1", served.server.port)) for _ in range(60)]
    for number, peer in enumerate(silent):
        peer.sendall(b"POST /api/v1/tickets HTTP/1.1\r\nContent-Length: 100\r\n"[: 5 + number % 40])
    assert served.get("/healthz")[0] == 200
    for peer in silent:
        peer.close()


def test_a_body_that_is_too_large_is_refused_before_it_is_read(served):
    with closing(served.connect()) as connection:
        connection.putrequest("POST", "/api/v1/tickets")
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Content-Length", str(10**9))
        connection.endheaders()
        connection.send(b"{" * 270_000)
        assert connection.getresponse().status == 413


@pytest.mark.parametrize(
    "garbage", [b"\x16\x03\x01\x02\x00", b"GET / HTTP/9.9\r\n\r\n", b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n"]
)
def test_garbage_on_the_line_ends_that_line_only(served, garbage):
    with closing(socket.create_connection(("127.0.0.1", served.server.port), timeout=5)) as peer, suppress(OSError):
        peer.sendall(garbage)
        peer.shutdown(socket.SHUT_WR)
        peer.recv(4096)
    assert served.get("/healthz")[0] == 200


def test_many_clients_at_once_get_numbers_without_holes_or_doubles(served):
    numbers, lock = [], threading.Lock()

    def client():
        with closing(served.connect()) as connection:
            for _ in range(25):
                headers = {"Authorization": f"Bearer {served.token}", "Content-Type": "application/json"}
                connection.request("POST", "/api/v1/tickets", b'{"service":"tnmt-nop"}', headers)
                ticket = json.loads(connection.getresponse().read())["ticket"]
                with lock:
                    numbers.append(ticket["number"])

    threads = [threading.Thread(target=client) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [f"A{n:03d}" for n in range(1, 201)]


def test_stopping_ends_streams_and_gives_the_port_back(tmp_path):
    served = Served(tmp_path, CONFIG)
    stream = Stream(served)
    stream.next()
    served.close()
    assert not served.server.alive
    with closing(socket.create_server(("127.0.0.1", served.server.port))):
        pass
    stream.close()


def test_the_demonstration_writes_a_token_per_role_that_stays_good(tmp_path):
    hall = WebHall(tmp_path, WebSection(one_click_roles=True))
    path = tmp_path / TOKENS_FILE
    write_tokens(hall.staff, path)
    tokens = json.loads(path.read_text())
    assert path.stat().st_mode & 0o077 == 0
    assert {role: hall.staff.programs.who(secret).role for role, secret in tokens.items()} == {
        role: role for role in tokens
    }
    with path.open() as reading:
        write_tokens(hall.staff, path)
        assert path.stat().st_ino != os.fstat(reading.fileno()).st_ino, "whoever is reading it reads it to its end"
    assert json.loads(path.read_text()) == tokens
    path.write_text("{broken")
    write_tokens(hall.staff, path)
    assert json.loads(path.read_text()).keys() == tokens.keys()
    hall.close()
