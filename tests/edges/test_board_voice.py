"""The spoken board with clips on a disk and a loudspeaker whose sentences end when the test says so."""

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
from display_board.voice import Manner, VoiceFeed
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
            Manner(Choice(), PHRASINGS, **manner),  # type: ignore[arg-type]  # because tests name only what they change
            Clips(folder),
            self.loudspeaker,
            "voice",
            lambda state, reason: self.told.append((state, reason)),
        )

    def call(self, ticket: int, times: int = 1, lang: str = "vi", at: float = w.NOW) -> None:
        lead = Called(ticket, times, w.ticket(ticket), f"A{ticket:03d}", "q05a", "q05", "Quầy 5", lang)  # type: ignore[arg-type]  # because only languages of the wire are used
        self.feed.refresh(Scene(Board(0.0), Announcer(), None, w.moment(now=at), lead))

    def finish_all(self) -> Sequence[str]:
        while self.loudspeaker.playing:
            self.feed.heard(self.loudspeaker.finish())
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
    assert [words.partition("số a ")[2].partition(" đến")[0] for words in said] == numbers
    first, *brief = rig.loudspeaker.lengths
    assert max(brief[:-4]) < first, "with many waiting the chime is left out"


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


def test_a_board_without_any_clip_is_silent_and_goes_on(tmp_path: Path) -> None:
    rig = Rig(tmp_path)
    rig.call(1)
    rig.call(2)
    assert rig.finish_all() == []
    assert rig.told[-1][0] == "degraded"


def test_nothing_is_said_in_quiet_hours(voice: Path) -> None:
    rig = Rig(voice, quiet=((time(7), time(8)),))
    rig.call(1)
    rig.call(2, at=w.NOW + 3600)
    assert [words.partition(" đến")[0] for words in rig.finish_all()] == ["Mời công dân số a không không hai"]


def test_the_end_of_somebody_elses_sentence_changes_nothing(voice: Path) -> None:
    rig = Rig(voice)
    rig.call(1)
    rig.call(2)
    rig.feed.heard(SoundEnded("other.1.1", whole=True))
    assert len(rig.loudspeaker.said) == 1


def test_a_sentence_that_was_cut_off_is_not_waited_for(voice: Path) -> None:
    rig = Rig(voice)
    rig.call(1)
    rig.call(2)
    rig.feed.heard(SoundEnded(rig.loudspeaker.playing.pop().job, whole=False))
    assert len(rig.loudspeaker.said) == 2
