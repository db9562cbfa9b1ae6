"""The spoken board with clips on a disk and a loudspeaker whose sentences end when the test says so."""

import shutil
from array import array
from collections.abc import Sequence
from datetime import time
from pathlib import Path

import pytest

from appliance.sound import wav
from appliance.sound.clip import Clip
from appliance.sound.clips import Clips
from appliance.sound.player import Player, Sound, SoundEnded
from appliance.sound.sentences import CHIME, PHRASINGS, clips_of_calls
from display_board.announce import Announcer
from display_board.board import Board
from display_board.calls import Called
from display_board.compose import Choice, Scene
from display_board.speech import CROWD, MANY
from display_board.voice import OVERDUE_S, Manner, VoiceFeed
from tests.unit import board_words as w

LANGUAGES = ("vi", "en")


class Loudspeaker(Player):
    """Plays until `finish`."""

    def __init__(self) -> None:
        self.playing: list[Sound] = []
        self.said: list[str] = []
        self.lengths: list[int] = []

    def start(self) -> None: ...

    def play(self, sound: Sound) -> None:
        assert not self.playing, "two sentences at once"
        self.playing.append(sound)
        self.said.append(sound.words)
        self.lengths.append(len(sound.clip.samples))

    def hush(self) -> None: ...

    def stop(self) -> None: ...

    @property
    def fault(self) -> str:
        return ""

    @property
    def alive(self) -> bool:
        return True

    def finish(self) -> SoundEnded:
        return SoundEnded(self.playing.pop().job, whole=True)


class Rig:
    def __init__(self, folder: Path, **manner: object) -> None:
        self.loudspeaker = Loudspeaker()
        self.told: list[tuple[str, str]] = []
        self.feed = VoiceFeed(
            Manner(manner.pop("choice", Choice()), PHRASINGS, **manner),  # type: ignore[arg-type]  # because tests name only what they change
            Clips(folder),
            self.loudspeaker,
            "voice",
            lambda state, reason: self.told.append((state, reason)),
        )

    def call(self, ticket: int, times: int = 1, lang: str = "vi", at: float = w.NOW) -> None:
        lead = Called(ticket, times, w.ticket(ticket), f"A{ticket:03d}", "q05a", "q05", "Quầy 5", lang)  # type: ignore[arg-type]  # because only languages of the wire are used
        self.look(0.0, at, lead)

    def look(self, elapsed: float, at: float = w.NOW, lead: Called | None = None) -> float | None:
        self.feed.refresh(Scene(Board(0.0), Announcer(), None, w.moment(elapsed, at), lead))
        return self.feed.speak(elapsed)

    def finish_all(self) -> Sequence[str]:
        while self.loudspeaker.playing:
            self.feed.heard(self.loudspeaker.finish(), 0.0)
        return self.loudspeaker.said


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    names = [CHIME]
    for language in LANGUAGES:
        names += clips_of_calls(PHRASINGS[language], language, "A", ["Quầy 5"])
    for index, name in enumerate(names):
        file = tmp_path / f"{name}.wav"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(wav.packed(Clip(array("h", [1000 + index] * 100))))
    return tmp_path


def test_a_call_is_said_with_the_chime_in_the_citizens_language_first(voice: Path) -> None:
    rig = Rig(voice, always=("vi",))
    rig.call(12, lang="en")
    assert rig.finish_all() == [
        "Number A zero one two please go to counter five. Mời công dân số a không một hai đến quầy số năm."
    ]


def test_two_hundred_calls_at_once_are_all_said_in_order_and_never_two_together(voice: Path) -> None:
    rig = Rig(voice)
    for ticket in range(200):
        rig.call(ticket)
    said = rig.finish_all()
    digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    numbers = [" ".join(digits[int(sign)] for sign in f"{ticket:03d}") for ticket in range(200)]
    assert [words.partition("a ")[2].partition(" đến")[0] for words in said] == numbers
    first, *others = rig.loudspeaker.lengths
    bare, brief = others[: 200 - 1 - CROWD], others[200 - 1 - CROWD : 200 - 1 - MANY]
    assert max(bare) < min(brief), "with a crowd waiting the invitation is left out"
    assert max(brief) < first, "with many waiting the chime is left out"
    assert set(others[-MANY:]) == {first}, "when it is calm again all is said"


def test_calls_that_come_together_after_a_silence_begin_with_the_chime(voice: Path) -> None:
    rig = Rig(voice)
    for ticket in range(20):
        lead = Called(ticket, 1, w.ticket(ticket), f"A{ticket:03d}", "q05a", "q05", "Quầy 5")
        rig.feed.refresh(Scene(Board(0.0), Announcer(), None, w.moment(), lead))
    assert rig.loudspeaker.said == [], "nothing is said before the app has written down what it announced"
    rig.feed.speak(0.0)
    rig.finish_all()
    assert rig.loudspeaker.lengths[0] > rig.loudspeaker.lengths[1]
    assert len(rig.loudspeaker.said) == 20


def test_a_counters_own_speaker_says_its_own_calls_only(voice: Path) -> None:
    rig = Rig(voice, choice=Choice(counters=frozenset({"q09"})))
    rig.call(1)
    assert rig.loudspeaker.said == []


def test_a_language_without_clips_is_left_out_and_told_once(voice: Path) -> None:
    rig = Rig(voice)
    rig.call(1, lang="km")
    assert rig.finish_all() == ["Mời công dân số a không không một đến quầy số năm."]
    assert any(state == "degraded" and "goiso voice build" in reason for state, reason in rig.told)


def test_a_language_without_clips_costs_no_call_when_many_wait(voice: Path) -> None:
    rig = Rig(voice)
    for ticket in range(6):
        rig.call(ticket, lang="km")
    assert len(rig.finish_all()) == 6
    assert len(set(rig.told)) == 1, "told once, not at every call"


@pytest.mark.parametrize("left", ["chime", "nothing"])
def test_a_call_that_cannot_be_said_is_rung_for_and_told_once(voice: Path, left: str) -> None:
    (voice / "vi" / "digit-1.wav").unlink()
    if left == "nothing":
        shutil.rmtree(voice)
    rig = Rig(voice)
    for ticket in (2, 1, 3, 4, 5):
        rig.call(ticket)
    said = rig.finish_all()
    assert said[1] == "A001 → Quầy 5", "in writing at least"
    assert [words.endswith("năm.") for words in said] == [left == "chime" and ticket != 1 for ticket in (2, 1, 3, 4, 5)]
    assert min(rig.loudspeaker.lengths) > 0
    assert [state for state, _ in dict.fromkeys(rig.told) if state != "ready"] == ["degraded"]
    assert "goiso voice build" in rig.told[-1][1]


def test_a_voice_that_is_made_while_the_board_runs_is_used_from_then_on(voice: Path, tmp_path: Path) -> None:
    later = voice / "vi" / "digit-1.wav"
    kept = later.read_bytes()
    later.unlink()
    rig = Rig(voice)
    rig.call(1)
    rig.finish_all()
    later.write_bytes(kept)
    rig.call(1, times=2)
    assert rig.finish_all()[-1].startswith("Mời công dân số a không không một")
    assert rig.told[-1] == ("ready", "")


def test_a_loudspeaker_that_never_ends_holds_up_nobody_for_long_and_is_told(voice: Path) -> None:
    rig = Rig(voice)
    rig.call(1)
    rig.call(2)
    dead = rig.loudspeaker.playing.pop()
    over = rig.look(1.0)
    assert over == dead.clip.length_s + OVERDUE_S
    assert len(rig.loudspeaker.said) == 1
    rig.look(over)
    assert len(rig.loudspeaker.said) == 2
    assert rig.told[-1][0] == "fault"
    rig.feed.heard(SoundEnded(dead.job, whole=True), over)
    assert rig.told[-1][0] == "fault", "the end of the sentence before is no end of this one"
    rig.feed.heard(rig.loudspeaker.finish(), over + 1)
    assert rig.told[-1][0] == "ready"
    assert rig.look(over + 2) is None


def test_nothing_is_said_in_quiet_hours(voice: Path) -> None:
    rig = Rig(voice, quiet=((time(7), time(8)),))
    rig.call(1)
    rig.call(2, at=w.NOW + 3600)
    assert [words.partition(" đến")[0] for words in rig.finish_all()] == ["Mời công dân số a không không hai"]


def test_the_end_of_somebody_elses_sentence_changes_nothing(voice: Path) -> None:
    rig = Rig(voice)
    rig.call(1)
    rig.call(2)
    rig.feed.heard(SoundEnded("other.1.1", whole=True), 1.0)
    assert len(rig.loudspeaker.said) == 1


def test_a_sentence_that_was_cut_off_is_not_waited_for(voice: Path) -> None:
    rig = Rig(voice)
    rig.call(1)
    rig.call(2)
    rig.feed.heard(SoundEnded(rig.loudspeaker.playing.pop().job, whole=False), 1.0)
    assert len(rig.loudspeaker.said) == 2
