"""What a television fetches to speak: never a file that no call needs, and the new voice as soon as there is one."""

import logging
from array import array

import pytest

from appliance.sound import wav
from appliance.sound.clip import Clip
from appliance.sound.clips import FOLDER, GAP_S, PAUSE_S, PHRASES, write_phrasings
from appliance.sound.sentences import PHRASINGS
from broker.voice import wanted
from tests.hub_core import SITE_FOLDER
from tests.web_hall import WebHall


@pytest.fixture
def hall(tmp_path):
    hall = WebHall(tmp_path)
    yield hall
    hall.close()


def build(hall, level=1000, lacking=()):
    folder = hall.folder / FOLDER
    for name in [name for clips in wanted(SITE_FOLDER).clips.values() for name in clips]:
        path = folder / f"{name}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wav.packed(Clip(array("h", [level] * 9)))) if name not in lacking else path.unlink(True)
    write_phrasings(folder / PHRASES, PHRASINGS)


def ask(hall, address, **headers):
    return hall.app.test_client().get(address, headers=headers, follow_redirects=True)


def test_a_clip_is_kept_by_its_tag(hall):
    build(hall)
    answer = ask(hall, "/board/clips/vi/digit-5.wav")
    assert (answer.status_code, answer.mimetype) == (200, "audio/wav")
    assert wav.from_bytes(answer.data[44:]).samples[0] == 1000
    again = ask(hall, "/board/clips/vi/digit-5.wav", **{"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "name",
    [
        "vi/../../hub",
        "../hub.sqlite",
        "%2e%2e/staff",
        "/etc/passwd",
        "vi/nosuch",
        "vi",
        "",
        "vi/digit-5.wav%00",
        "vi//digit-5",
    ],
)
def test_no_address_reaches_a_file_that_no_call_needs(hall, name):
    build(hall)
    (hall.folder / "hub.wav").write_bytes(b"secret")
    (hall.folder / FOLDER / "vi" / "nosuch.wav").write_bytes(b"stray")
    assert ask(hall, f"/board/clips/{name}.wav").status_code == 404


def test_a_hub_without_a_voice_has_a_chime_and_says_so_once(hall, caplog):
    with caplog.at_level(logging.WARNING):
        score = ask(hall, "/board/voice").json
        assert score == ask(hall, "/board/voice").json
    assert (score["languages"], score["gap_s"], score["pause_s"]) == ({}, GAP_S, PAUSE_S)
    assert len(caplog.records) == 1
    assert ask(hall, "/board/clips/chime.wav").data[:4] == b"RIFF"


def test_a_place_that_cannot_be_said_whole_is_left_out_and_told(hall, caplog):
    build(hall, lacking=("vi/number-19", "en/letter-a"))
    with caplog.at_level(logging.WARNING):
        languages = ask(hall, "/board/voice").json["languages"]
    assert "q19" not in languages["vi"]["places"]
    assert "q19" in languages["en"]["places"]
    assert "A" not in languages["en"]["signs"]
    assert "vi/number-19" in caplog.text


def test_a_voice_that_was_built_anew_is_found_without_a_restart(hall):
    build(hall)
    first = ask(hall, "/board/voice")
    build(hall, level=2000)
    second = ask(hall, "/board/voice", **{"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert second.json["revision"] != first.json["revision"]
    assert wav.from_bytes(ask(hall, "/board/clips/vi/digit-5.wav").data[44:]).samples[0] == 2000


def test_a_voice_whose_phrases_cannot_be_read_leaves_the_chime(hall, caplog):
    build(hall)
    (hall.folder / FOLDER / PHRASES).write_text("vi = 3")
    with caplog.at_level(logging.WARNING):
        assert ask(hall, "/board/voice").json["languages"] == {}
    assert "only chime" in caplog.text
