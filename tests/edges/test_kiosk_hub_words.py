"""The procedures at the kiosk: fetched once, kept on disk, searchable without the hub."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from appliance.runtime.site_words import SiteHeard, SiteWords
from appliance.wire import procedures, site
from broker.web.procedure_list import procedure_list
from kiosk.hub_words import HubWords, Procedures, ProceduresHeard
from tests import kiosk_scene
from tests.hub_core import SITE_FOLDER
from tests.waiting import PATIENT_S

NOWHERE = "http://127.0.0.1:1"
Asked = queue.SimpleQueue[tuple[str, str]]


@pytest.fixture
def hub() -> Iterator[tuple[str, Asked]]:
    """A hub with the first centre's documents; its address, and what it was asked: path and ETag."""
    document = kiosk_scene.site()
    listed = procedure_list(SITE_FOLDER, document.revision, "2026-11-23")
    bodies = {procedures.PATH: listed, site.PATH: kiosk_scene.site_body()}
    asked: Asked = queue.SimpleQueue()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tag = self.headers.get("If-None-Match", "")
            body = b"" if tag else bodies[self.path]
            self.send_response(304 if tag else 200)
            self.send_header("ETag", '"1"')
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            asked.put((self.path, tag))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@contextmanager
def words(url: str, folder: Path) -> Iterator[tuple[HubWords, "queue.SimpleQueue[object]"]]:
    heard: queue.SimpleQueue[object] = queue.SimpleQueue()
    both = HubWords(
        SiteWords(url, folder / "words.json", heard.put), Procedures(url, folder / "procedures.json", heard.put)
    )
    both.start()
    yield both, heard
    both.stop()


def both_of(heard: "queue.SimpleQueue[object]") -> tuple[SiteHeard, ProceduresHeard]:
    events = [heard.get(timeout=PATIENT_S) for _ in range(2)]
    words_heard = next(event for event in events if isinstance(event, SiteHeard))
    return words_heard, next(event for event in events if isinstance(event, ProceduresHeard))


def test_all_procedures_come_from_the_hub_and_are_there_without_it(hub: tuple[str, Asked], tmp_path: Path) -> None:
    with words(hub[0], tmp_path) as (_, heard):
        assert len(both_of(heard)[1].procedures) == 1701
    with words(NOWHERE, tmp_path) as (_, heard):
        _, again = both_of(heard)
        assert [found.department for found in again.procedures.find("lltp")][:1] == ["tp"]


def test_a_known_revision_is_not_fetched_again_and_a_new_one_is_asked_for_twice(
    hub: tuple[str, Asked], tmp_path: Path
) -> None:
    url, asked = hub
    with words(url, tmp_path) as (both, heard):
        both_of(heard)
        assert {asked.get(timeout=PATIENT_S) for _ in range(2)} == {(site.PATH, ""), (procedures.PATH, "")}
        both.want(kiosk_scene.site().revision)
        both.want("another")
        assert {asked.get(timeout=PATIENT_S) for _ in range(2)} == {(site.PATH, '"1"'), (procedures.PATH, '"1"')}
        assert asked.empty()


@pytest.mark.parametrize("broken", [b"", b"{", b'{"etag":"1","body":[]}', b"\xff", b"\x00" * 100])
def test_a_broken_copy_is_passed_over(hub: tuple[str, Asked], tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "procedures.json").write_bytes(broken)
    with words(hub[0], tmp_path) as (_, heard):
        assert len(both_of(heard)[1].procedures) == 1701
