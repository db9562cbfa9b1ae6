"""The page /virtual: what boxes show reaches the browser, what hands do reaches the boxes, nobody else gets in."""

import http.client
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.waiting import PATIENT_S
from virtual_centre.gallery import Gallery
from virtual_centre.page.app import STREAMS, THREADS, Page
from virtual_centre.page.deeds import AnyDeed, Key, OpenTerminal, Press, SetPace, Show, Switch, Touch
from virtual_centre.page.words import LANGUAGES, WORDS
from virtual_centre.page_server import PageServer
from virtual_centre.ports import HOST
from virtual_centre.wallet import WALLET


class Hands:
    """Keeps what it was told to do; has no box called nobody-1."""

    def __init__(self) -> None:
        self.done: list[AnyDeed] = []

    def do(self, deed: AnyDeed) -> None:
        if isinstance(deed, Touch) and deed.device == "nobody-1":
            raise LookupError("Thiết bị này đang không chạy")
        self.done.append(deed)

    def desks(self) -> list[dict[str, Any]]:
        return [{"id": "q01a", "label": "Quầy 1 <b>·</b> bàn a"}]


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def gallery() -> Gallery:
    return Gallery()


@pytest.fixture
def client(gallery: Gallery, hands: Hands) -> FlaskClient:
    return Page(gallery, hands).app().test_client()


def token(client: FlaskClient) -> str:
    found = re.search(r'goiso-token" content="([^"]+)"', client.get("/virtual").text)
    assert found
    return found[1]


def do(client: FlaskClient, deed: object, **headers: str) -> int:
    told = {"X-Goiso-Token": token(client), "Content-Type": "application/json", **headers}
    return client.post("/virtual/deeds", data=json.dumps(deed), headers=told).status_code


def test_every_deed_of_a_hand_reaches_the_hands(client: FlaskClient, hands: Hands) -> None:
    touch = {"deed": "touch", "device": "kiosk-1", "part": "screen", "x": 0.5, "y": 1}
    assert do(client, touch) == 204
    assert do(client, {"deed": "key", "device": "rating-q01a", "part": "panel", "button": 2}) == 204
    assert do(client, {"deed": "show", "device": "kiosk-1", "thing": "old_card"}) == 204
    assert do(client, {"deed": "press", "device": "kiosk-1", "key": "next"}) == 204
    assert do(client, {"deed": "switch", "fault": "paper_out", "on": True}) == 204
    assert do(client, {"deed": "pace", "pace": 60}) == 204
    assert do(client, {"deed": "terminal", "desk": "q01a"}) == 204
    assert hands.done == [
        Touch("kiosk-1", "screen", 0.5, 1.0),
        Key("rating-q01a", "panel", 2),
        Show("kiosk-1", "old_card"),
        Press("kiosk-1", "next"),
        Switch("paper_out", True),
        SetPace(60.0),
        OpenTerminal("q01a"),
    ]


@pytest.mark.parametrize(
    "deed",
    [
        {"deed": "touch", "device": "kiosk-1", "part": "screen", "x": 1.5, "y": 0},
        {"deed": "touch", "device": "../x", "part": "screen", "x": 0, "y": 0},
        {"deed": "touch", "device": "kiosk-1", "part": "screen", "x": 0, "y": 0, "more": 1},
        {"deed": "pace", "pace": 0},
        {"deed": "pace", "pace": 1e9},
        {"deed": "kill", "pid": 1},
        [],
        "x" * 3000,
    ],
)
def test_what_is_no_deed_is_refused(client: FlaskClient, hands: Hands, deed: object) -> None:
    assert do(client, deed) == 400
    assert not hands.done


def test_a_deed_for_nobody_is_told_in_words(client: FlaskClient) -> None:
    touch = {"deed": "touch", "device": "nobody-1", "part": "screen", "x": 0, "y": 0}
    assert do(client, touch) == 409


def test_a_foreign_page_cannot_do_anything(client: FlaskClient, hands: Hands) -> None:
    deed = {"deed": "switch", "fault": "hub", "on": True}
    assert do(client, deed, **{"X-Goiso-Token": "guess"}) == 403
    assert do(client, deed, Origin="http://evil.example") == 403
    assert do(client, deed, **{"Content-Type": "text/plain"}) == 415
    assert do(client, deed, Origin="http://localhost") == 204
    assert len(hands.done) == 1


def test_a_huge_deed_is_refused_before_it_is_read(client: FlaskClient) -> None:
    assert do(client, {"deed": "x" * 10_000}) == 413


def test_every_answer_forbids_what_the_page_does_not_need(client: FlaskClient) -> None:
    for path in ("/virtual", "/virtual/static/virtual.js", "/virtual/picture/a/b/c", "/virtual/nothing"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_speaks_both_languages_and_has_no_script_or_style_inside(client: FlaskClient) -> None:
    for lang, word in (("vi", "Máy lấy số"), ("en", "Ticket kiosk")):
        text = client.get(f"/virtual?lang={lang}").text
        assert f'<html lang="{lang}">' in text
        assert word in text
        assert "<style" not in text
        assert " style=" not in text
        assert not re.search(r"<script(?! type=\"application/json\"| src=)", text)
        assert "Quầy 1 &lt;b&gt;" in text
    assert '<html lang="vi">' in client.get("/virtual?lang=xx").text


def test_both_languages_have_the_same_words() -> None:
    def shape(words: Any) -> Any:
        if isinstance(words, dict):
            return {key: shape(value) for key, value in words.items()}
        return len(words) if isinstance(words, list) else sorted(re.findall(r"{\w+}", words))

    assert [shape(WORDS[lang]) for lang in LANGUAGES] == [shape(WORDS["vi"])] * len(LANGUAGES)


def test_everything_in_the_wallet_has_its_words_and_belongs_to_nobody() -> None:
    for lang in LANGUAGES:
        assert WORDS[lang]["things"].keys() == WALLET.keys()
    for card in ("old_card", "young_card"):
        assert WALLET[card].startswith("000"), "a number that no citizen can have"


def test_the_newest_picture_is_handed_out(client: FlaskClient, gallery: Gallery) -> None:
    assert client.get("/virtual/picture/kiosk-1/screen/picture").status_code == 404
    for body in (b"old", b"new"):
        gallery.show("kiosk-1", "screen", "picture", 0.0, {}, body)
    answer = client.get("/virtual/picture/kiosk-1/screen/picture?v=1")
    assert answer.data == b"new"
    assert answer.mimetype == "image/png"
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_a_box_says_is_handed_out_as_sound(client: FlaskClient, gallery: Gallery) -> None:
    gallery.show("kiosk-1", "speaker", "sound", 0.0, {"words": "Xin chào"}, b"RIFF....WAVE")
    assert client.get("/virtual/picture/kiosk-1/speaker/sound").mimetype == "audio/wav"


# --------------------------------------------------------------------------------------------- the stream, for real


@pytest.fixture
def server(gallery: Gallery, hands: Hands) -> Iterator[PageServer]:
    server = PageServer(Page(gallery, hands).app(), THREADS)
    server.start()
    yield server
    gallery.close()
    server.stop()


class Listener:
    def __init__(self, server: PageServer, last: str = "") -> None:
        self.connection = http.client.HTTPConnection(HOST, server.port, timeout=PATIENT_S)
        self.connection.request("GET", "/virtual/events", headers={"Last-Event-ID": last} if last else {})
        self.answer = self.connection.getresponse()

    def next(self) -> tuple[str, dict[str, Any]]:
        last = ""
        while line := self.answer.readline().decode():
            if line.startswith("id: "):
                last = line[4:].strip()
            if line.startswith("data: "):
                return last, json.loads(line[6:])
        raise AssertionError("the stream ended")

    def leave(self) -> None:
        self.answer.close()
        self.connection.close()


def test_whoever_comes_late_sees_what_hangs_and_then_what_is_new(gallery: Gallery, server: PageServer) -> None:
    gallery.show("kiosk-1", "screen", "picture", 0.0, {"screen": "home"}, b"png")
    listener = Listener(server)
    _, event = listener.next()
    assert (event["device"], event["part"], event["kind"]) == ("kiosk-1", "screen", "picture")
    assert event["picture"] is True
    assert event["facts"] == {"screen": "home"}
    gallery.show("rating-q01a", "panel", "face", 0.0, {"lamps": [True]})
    _, event = listener.next()
    assert event["device"] == "rating-q01a"
    assert event["picture"] is False
    listener.leave()


def test_a_browser_that_comes_back_goes_on_where_it_was_but_not_after_a_new_start(
    gallery: Gallery, server: PageServer
) -> None:
    gallery.show("a", "p", "k", 0.0, {"n": 1})
    first = Listener(server)
    last, _ = first.next()
    first.leave()
    gallery.show("b", "p", "k", 0.0, {"n": 2})
    assert Listener(server, last).next()[1]["facts"] == {"n": 2}
    assert Listener(server, "another-life.999").next()[1]["facts"] == {"n": 1}


def test_past_the_last_place_a_browser_is_told_so_at_once(gallery: Gallery, server: PageServer) -> None:
    gallery.show("a", "p", "k", 0.0, {})
    listeners = [Listener(server) for _ in range(STREAMS)]
    for listener in listeners:
        listener.next()
    assert Listener(server).answer.status == 503
