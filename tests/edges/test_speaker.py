"""Words become speech on this machine, with espeak-ng; what it cannot say is told."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.sound import wav
from appliance.sound.clip import CEILING_DBFS, Clip, silence
from appliance.sound.clips import Clips
from appliance.sound.espeak import VOICES, NoVoice, synthesise
from appliance.sound.player import Sound, SoundEnded
from appliance.sound.said import Said
from appliance.sound.speaker import Speaker
from tests.unit.test_sound_clips import tone
from tests.waiting import Mailbox

needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is missing: apt-get install it")
HELLO = Said("Xin chào", "vi")


class Loudspeaker:
    """A player that plays nothing and keeps everything."""

    fault = ""
    alive = True

    def __init__(self, told: Mailbox) -> None:
        self._told = told
        self.heard = Mailbox()
        self.hushed = 0

    def start(self) -> None:
        pass

    def play(self, sound: Sound) -> None:
        self.heard.post(sound)
        self._told.post(SoundEnded(sound.job, whole=True))

    def hush(self) -> None:
        self.hushed += 1

    def stop(self) -> None:
        pass


@pytest.fixture
def told() -> Mailbox:
    return Mailbox()


@pytest.fixture
def loudspeaker(told: Mailbox) -> Loudspeaker:
    return Loudspeaker(told)


@pytest.fixture
def speaker(loudspeaker: Loudspeaker, told: Mailbox, tmp_path: Path) -> Iterator[Speaker]:
    speaker = Speaker(loudspeaker, Clips(tmp_path), told.post)
    speaker.start()
    yield speaker
    speaker.stop()
    assert not speaker.alive


@needs_espeak
@pytest.mark.parametrize("said", [HELLO, Said("Quầy 15", "vi"), Said("-v; rm -rf $HOME `x`", "en"), Said("A", "en")])
def test_words_become_speech_that_is_as_loud_as_all_other(said: Said) -> None:
    clip = synthesise(said)
    assert 0.15 < clip.length_s < 6.0
    assert -24.0 < clip.loudness_dbfs <= -19.9
    assert clip.peak_dbfs <= CEILING_DBFS + 0.01
    assert clip.clipped == 0


@needs_espeak
def test_fifteen_does_not_sound_like_ten_and_five() -> None:
    assert synthesise(Said("15", "vi")) == synthesise(Said("mười lăm", "vi"))
    assert synthesise(Said("15", "vi")) != synthesise(Said("mười năm", "vi"))


def test_khmer_has_no_voice_and_the_reason_is_told() -> None:
    assert "km" not in VOICES
    with pytest.raises(NoVoice, match="'km'"):
        synthesise(Said("សួស្តី", "km"))


def test_a_machine_without_espeak_says_which_package_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoVoice, match="apt-get install espeak-ng"):
        synthesise(HELLO)


@needs_espeak
def test_several_pieces_are_one_breath_each_in_its_language(speaker: Speaker, loudspeaker: Loudspeaker) -> None:
    speaker.say("1", [HELLO, Said("Good morning", "en"), Said("សួស្តី", "km")])
    sound = loudspeaker.heard.next(Sound)
    assert sound.words == "Xin chào. Good morning. សួស្តី."
    assert sound.clip.length_s > synthesise(HELLO).length_s + synthesise(Said("Good morning", "en")).length_s
    assert "'km'" in speaker.fault


def test_words_that_cannot_be_said_are_told_as_ended(speaker: Speaker, told: Mailbox, loudspeaker: Loudspeaker) -> None:
    speaker.say("1", [Said("សួស្តី", "km")])
    assert told.next(SoundEnded) == SoundEnded("1", whole=False)
    loudspeaker.heard.quiet(0.05)


def test_a_recording_goes_before_the_synthesis(loudspeaker: Loudspeaker, told: Mailbox, tmp_path: Path) -> None:
    (tmp_path / "vi").mkdir()
    (tmp_path / "vi" / "xin-chao.wav").write_bytes(wav.packed(tone(0.3)))
    speaker = Speaker(loudspeaker, Clips(tmp_path), told.post, voice=lambda said: silence(9.0))
    speaker.start()
    try:
        speaker.say("1", [HELLO])
        assert loudspeaker.heard.next(Sound).clip == tone(0.3)
    finally:
        speaker.stop()


def test_words_that_came_while_others_were_made_are_the_ones_that_are_heard(
    loudspeaker: Loudspeaker, told: Mailbox, tmp_path: Path
) -> None:
    making, go_on = threading.Event(), threading.Event()

    def slowly(said: Said) -> Clip:
        making.set()
        assert go_on.wait(10)
        return tone(0.1)

    speaker = Speaker(loudspeaker, Clips(tmp_path), told.post, voice=slowly)
    speaker.start()
    try:
        speaker.say("old", [HELLO])
        assert making.wait(10)
        speaker.say("never begun", [HELLO])
        speaker.say("new", [Said("khác", "vi")])
        go_on.set()
        assert loudspeaker.heard.next(Sound).job == "new"
        ended = {told.next(SoundEnded) for _ in range(3)}
        assert ended == {SoundEnded("old", False), SoundEnded("never begun", False), SoundEnded("new", True)}
        assert loudspeaker.hushed >= 3
    finally:
        speaker.stop()
