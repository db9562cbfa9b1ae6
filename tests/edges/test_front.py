"""Hub pages and /virtual under one address: every byte passes, and the dead hub is told as such."""

import contextlib
import http.client
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.waiting import PATIENT_S
from virtual_centre.edge_loop import EdgeLoop
from virtual_centre.front import Front
from virtual_centre.page_server import PageServer
from virtual_centre.ports import HOST, free_port
from virtual_centre.request_head import BadRequest, RequestHead, parse_head

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def echo(name: str) -> Wsgi:
    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = environ["wsgi.input"].read()
        answer = f"{name} {environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ['QUERY_STRING']} ".encode() + body
        start_response("200 OK", [("Content-Length", str(len(answer))), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return [answer]

    return app


@contextlib.contextmanager
def serving(app: Wsgi) -> Iterator[int]:
    server = PageServer(app, threads=4)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


class Centre:
    def __init__(self, port: int) -> None:
        self.port = port
        self.noticed: list[str] = []


@contextlib.contextmanager
def fronted(page: int, hub: int) -> Iterator[Centre]:
    centre = Centre(free_port())
    with EdgeLoop() as loop:
        front = Front(loop, centre.port, page, hub, lambda head, _at: centre.noticed.append(head.path))
        front.start()
        yield centre
        front.stop()


@pytest.fixture
def centre() -> Iterator[Centre]:
    with serving(echo("page")) as page, serving(echo("hub")) as hub, fronted(page, hub) as centre:
        yield centre


def ask(connection: http.client.HTTPConnection, method: str, path: str, body: Any = None, **headers: str) -> str:
    connection.request(method, path, body, headers)
    return connection.getresponse().read().decode()


def connect(centre: Centre) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(HOST, centre.port, timeout=PATIENT_S)


def test_one_browser_connection_reaches_hub_and_page_in_turn(centre: Centre) -> None:
    browser = connect(centre)
    assert ask(browser, "GET", "/desk?x=1") == "hub GET /desk?x=1 "
    assert ask(browser, "GET", "/virtual") == "page GET /virtual? "
    assert ask(browser, "GET", "/virtual/picture") == "page GET /virtual/picture? "
    assert ask(browser, "GET", "/virtually") == "hub GET /virtually? "
    assert ask(browser, "POST", "/api/v1/tickets", b"body") == "hub POST /api/v1/tickets? body"
    assert centre.noticed == ["/desk", "/virtually", "/api/v1/tickets"]


def test_bodies_pass_whole_whether_counted_or_chunked(centre: Centre) -> None:
    browser = connect(centre)
    big = b"0123456789" * 50_000
    assert ask(browser, "POST", "/big", big).endswith(big.decode())
    assert ask(browser, "POST", "/chunks", iter([b"one", b"two" * 1000])).endswith("one" + "two" * 1000)
    assert ask(browser, "GET", "/after") == "hub GET /after? "


def test_both_cookies_of_an_answer_pass(centre: Centre) -> None:
    browser = connect(centre)
    browser.request("GET", "/")
    assert browser.getresponse().headers.get_all("Set-Cookie") == ["a=1", "b=2"]


def test_an_endless_answer_passes_as_it_comes_and_ends_when_the_browser_leaves() -> None:
    said, left = threading.Event(), threading.Event()

    class Stream:
        def __iter__(self) -> Iterator[bytes]:
            yield b"data: 1\n\n"
            said.wait(PATIENT_S)
            yield b"data: 2\n\n"
            while not left.is_set():
                yield b"data: more\n\n" * 100

        def close(self) -> None:
            left.set()

    def app(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/event-stream")])
        return Stream()

    with serving(app) as hub, fronted(free_port(), hub) as centre:
        browser = connect(centre)
        browser.request("GET", "/stream")
        answer = browser.getresponse()
        assert answer.readline() == b"data: 1\n"
        said.set()
        answer.readline()
        assert answer.readline() == b"data: 2\n"
        browser.close()
        answer.close()
        assert left.wait(PATIENT_S)


def test_when_the_hub_is_dead_a_person_is_told_and_the_page_lives() -> None:
    with serving(echo("page")) as page, fronted(page, free_port()) as centre:
        browser = connect(centre)
        browser.request("GET", "/desk")
        answer = browser.getresponse()
        assert answer.status == 503
        assert "Hub đang tắt" in answer.read().decode()
        assert ask(connect(centre), "GET", "/virtual") == "page GET /virtual? "


def test_a_foreign_name_for_this_machine_is_refused(centre: Centre) -> None:
    browser = connect(centre)
    browser.request("GET", "/virtual", headers={"Host": "evil.example"})
    assert browser.getresponse().status == 400


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length : 1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\nContent-Length: 5\r\n\r\n",
        b"GET http://other/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"rubbish\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_two_servers_could_read_differently_is_refused(centre: Centre, raw: bytes) -> None:
    with socket.create_connection((HOST, centre.port), timeout=PATIENT_S) as browser:
        browser.sendall(raw)
        assert browser.recv(100).startswith(b"HTTP/1.1 400")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_request_or_refused(raw: bytes) -> None:
    with contextlib.suppress(BadRequest):
        assert parse_head(raw + b"\r\n\r\n").path.startswith("/")


def test_a_head_is_read_as_it_is_meant() -> None:
    raw = b"POST /api/v1/x?y=1 HTTP/1.1\r\nHost: LOCALHOST:8080\r\nContent-Length: 7\r\n\r\n"
    assert parse_head(raw) == RequestHead("POST", "/api/v1/x", "LOCALHOST", 7)
    assert parse_head(b"GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n").host == "[::1]"
