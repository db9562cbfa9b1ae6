"""Words become speech on this machine, with espeak-ng; what it cannot say is told."""

import shutil
import threading
from collections.abc import Callable, Iterator
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
    """A player that plays nothing and keeps everything; a sound is over when it is told so."""

    fault = ""
    alive = True

    def __init__(self) -> None:
        self.heard = Mailbox()
        self.hushed = 0
        self._job = ""

    def with_tell(self, tell: Callable[[SoundEnded], None]) -> "Loudspeaker":
        self._tell = tell
        return self

    def start(self) -> None:
        pass

    def play(self, sound: Sound) -> None:
        assert not self._job, "two sounds at once"
        self._job = sound.job
        self.heard.post(sound)

    def finish(self, whole: bool = True) -> None:
        job, self._job = self._job, ""
        if job:
            self._tell(SoundEnded(job, whole))

    def hush(self) -> None:
        self.hushed += 1
        self.finish(whole=False)

    def stop(self) -> None:
        pass


@pytest.fixture
def told() -> Mailbox:
    return Mailbox()


@pytest.fixture
def loudspeaker() -> Loudspeaker:
    return Loudspeaker()


@pytest.fixture
def speaker(loudspeaker: Loudspeaker, told: Mailbox, tmp_path: Path) -> Iterator[Speaker]:
    speaker = Speaker(loudspeaker.with_tell, Clips(tmp_path), told.post)
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
def test_several_pieces_are_one_breath_each_in_its_language(
    speaker: Speaker, loudspeaker: Loudspeaker, told: Mailbox
) -> None:
    speaker.say("1", [HELLO, Said("Good morning", "en"), Said("សួស្តី", "km")])
    length_s = 0.0
    while length_s < synthesise(HELLO).length_s + synthesise(Said("Good morning", "en")).length_s:
        sound = loudspeaker.heard.next(Sound)
        assert sound.words == "Xin chào. Good morning. សួស្តី."
        length_s += sound.clip.length_s
        told.quiet(0.02)
        loudspeaker.finish()
    assert told.next(SoundEnded) == SoundEnded("1", whole=True)
    assert "'km'" in speaker.fault


def test_the_first_piece_is_heard_while_the_others_are_made(
    loudspeaker: Loudspeaker, told: Mailbox, tmp_path: Path
) -> None:
    go_on = threading.Event()

    def slowly(said: Said) -> Clip:
        assert said == HELLO or go_on.wait(10)
        return tone(0.1)

    speaker = Speaker(loudspeaker.with_tell, Clips(tmp_path), told.post, voice=slowly)
    speaker.start()
    try:
        speaker.say("1", [HELLO, Said("hai", "vi"), Said("ba", "vi"), Said("bốn", "vi")])
        assert loudspeaker.heard.next(Sound).clip.length_s == pytest.approx(0.1 + 0.35, abs=0.01)
        loudspeaker.finish()  # quicker than the second piece
        told.quiet(0.05)
        go_on.set()
        heard_s = 0.0
        while heard_s < 0.99:
            heard_s += loudspeaker.heard.next(Sound).clip.length_s
            loudspeaker.finish()
        assert told.next(SoundEnded) == SoundEnded("1", whole=True)
        told.quiet(0.05)
    finally:
        speaker.stop()


def test_a_sound_card_that_breaks_off_tells_the_end_once(
    loudspeaker: Loudspeaker, told: Mailbox, tmp_path: Path
) -> None:
    speaker = Speaker(loudspeaker.with_tell, Clips(tmp_path), told.post, voice=lambda said: tone(0.1))
    speaker.start()
    try:
        speaker.say("1", [HELLO])
        loudspeaker.heard.next(Sound)
        loudspeaker.finish(whole=False)
        assert told.next(SoundEnded) == SoundEnded("1", whole=False)
        told.quiet(0.05)
    finally:
        speaker.stop()


def test_words_that_cannot_be_said_are_told_as_ended(speaker: Speaker, told: Mailbox, loudspeaker: Loudspeaker) -> None:
    speaker.say("1", [Said("សួស្តី", "km")])
    assert told.next(SoundEnded) == SoundEnded("1", whole=False)
    loudspeaker.heard.quiet(0.05)


def test_a_recording_goes_before_the_synthesis(loudspeaker: Loudspeaker, told: Mailbox, tmp_path: Path) -> None:
    (tmp_path / "vi").mkdir()
    (tmp_path / "vi" / "xin-chao.wav").write_bytes(wav.packed(tone(0.3)))
    speaker = Speaker(loudspeaker.with_tell, Clips(tmp_path), told.post, voice=lambda said: silence(9.0))
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

    speaker = Speaker(loudspeaker.with_tell, Clips(tmp_path), told.post, voice=slowly)
    speaker.start()
    try:
        speaker.say("old", [HELLO])
        assert making.wait(10)
        speaker.say("never begun", [HELLO])
        speaker.say("new", [Said("khác", "vi")])
        go_on.set()
        assert loudspeaker.heard.next(Sound).job == "new"
        loudspeaker.finish()
        ended = {told.next(SoundEnded) for _ in range(3)}
        assert ended == {SoundEnded("old", False), SoundEnded("never begun", False), SoundEnded("new", True)}
        assert loudspeaker.hushed >= 3
    finally:
        speaker.stop()
