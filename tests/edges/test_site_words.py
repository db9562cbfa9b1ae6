"""Names and texts of the centre: there from the first second, renewed by the hub, never lost to a broken answer."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import msgspec
import pytest

from appliance.runtime.config import ConfigError, Section, load
from appliance.runtime.site_words import HubSection, SiteHeard, SiteWords
from appliance.wire.site import SiteDocument, Text
from tests.waiting import PATIENT_S


def document(revision: str) -> bytes:
    return msgspec.json.encode(SiteDocument(revision=revision, name=Text(vi="Trung tâm")))


class Hub:
    """A hub that answers what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.body = document("1")
        self.status = 200
        self.asked: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.url = ""


@contextmanager
def hub() -> Iterator[Hub]:
    told = Hub()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tag = f'"{hash(told.body)}"'
            status = 304 if self.headers["If-None-Match"] == tag else told.status
            self.send_response(status)
            self.send_header("ETag", tag)
            body = told.body if status == 200 else b""
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            told.asked.put(self.headers["If-None-Match"])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    told.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def words(url: str, copy: Path) -> Iterator[tuple[SiteWords, "queue.SimpleQueue[object]"]]:
    heard: queue.SimpleQueue[object] = queue.SimpleQueue()
    client = SiteWords(url, copy, heard.put)
    client.start()
    try:
        yield client, heard
    finally:
        client.stop()


def revision(heard: "queue.SimpleQueue[object]") -> str:
    event = heard.get(timeout=PATIENT_S)
    assert isinstance(event, SiteHeard)
    return event.site.revision


def test_the_hub_is_asked_at_start_and_its_answer_kept(tmp_path: Path) -> None:
    with hub() as told, words(told.url, tmp_path / "site.json") as (_, heard):
        assert revision(heard) == "1"
    with words("http://127.0.0.1:1", tmp_path / "site.json") as (_, heard):
        assert revision(heard) == "1", "a box starts with words although the hub is gone"


def test_a_new_revision_is_fetched_and_a_known_one_is_not(tmp_path: Path) -> None:
    with hub() as told, words(told.url, tmp_path / "site.json") as (client, heard):
        assert revision(heard) == "1"
        told.asked.get(timeout=PATIENT_S)
        client.want("1")
        told.body = document("2")
        client.want("2")
        assert revision(heard) == "2"
        assert told.asked.get(timeout=PATIENT_S) is not None, "the second question names what we have"
        assert told.asked.empty(), "the known revision was not asked for"


def test_an_unchanged_document_is_not_shown_again(tmp_path: Path) -> None:
    with hub() as told:
        with words(told.url, tmp_path / "site.json") as (_, heard):
            assert revision(heard) == "1"
            told.asked.get(timeout=PATIENT_S)
        with words(told.url, tmp_path / "site.json") as (_, heard):
            assert revision(heard) == "1", "the copy"
            told.asked.get(timeout=PATIENT_S)
            assert heard.empty(), "304 says that the copy is good"


@pytest.mark.parametrize("broken", [b"", b"{", b'{"revision":1}', b"[]", b"\xff\xfe"])
def test_a_broken_answer_changes_nothing_and_is_asked_again(tmp_path: Path, broken: bytes) -> None:
    with hub() as told:
        told.body = broken
        with words(told.url, tmp_path / "site.json") as (_, heard):
            told.asked.get(timeout=PATIENT_S)
            told.body = document("7")
            assert revision(heard) == "7"


def test_a_broken_copy_is_passed_over(tmp_path: Path) -> None:
    copy = tmp_path / "site.json"
    copy.write_bytes(b"\x00\x01")
    with hub() as told, words(told.url, copy) as (_, heard):
        assert revision(heard) == "1"


def test_a_hub_that_is_down_is_asked_until_it_answers(tmp_path: Path) -> None:
    with hub() as told:
        told.status = 503
        with words(told.url, tmp_path / "site.json") as (_, heard):
            told.asked.get(timeout=PATIENT_S)
            told.status = 200
            assert revision(heard) == "1"


def test_a_url_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    class Box(Section, frozen=True):
        hub: HubSection

    path = tmp_path / "box.toml"
    path.write_text('[hub]\nurl = "file:///etc/passwd"\n')
    with pytest.raises(ConfigError, match="hub"):
        load(path, Box)
