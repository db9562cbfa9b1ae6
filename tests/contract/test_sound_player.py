"""One suite for what plays sound: the simulated loudspeaker, and aplay with a sound card that writes a file."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance.runtime.stage import Stage
from appliance.sound import wav
from appliance.sound.alsa import AlsaPlayer
from appliance.sound.clip import Clip, silence
from appliance.sound.player import Player, Sound, SoundEnded
from appliance.sound.sim import SimPlayer
from tests.contract.watched_stage import WatchedStage
from tests.unit.test_sound_clips import tone
from tests.waiting import Mailbox, eventually


class Rig:
    """A player, what it told, and what could be heard."""

    def __init__(self, player: Player, told: Mailbox, heard: Callable[[], list[Clip]]) -> None:
        self.player, self.told, self.heard = player, told, heard


@pytest.fixture
def sim() -> Iterator[Rig]:
    watched = WatchedStage()
    stage = Stage(watched.address, "kiosk-1")
    told = Mailbox()

    def heard() -> list[Clip]:
        return [wav.from_pipe(frame.body) for frame in watched.frames if frame.facts.get("playing")]

    rig = Rig(SimPlayer(stage, told.post), told, heard)
    yield rig
    rig.player.stop()
    stage.close()
    watched.close()


@pytest.fixture
def alsa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    if shutil.which("aplay") is None:
        pytest.skip("aplay is missing: apt-get install alsa-utils")
    raw = tmp_path / "heard.raw"
    card = tmp_path / "asound.conf"
    card.write_text(f'pcm.heard {{ type file slave.pcm null file "{raw}" format raw }}\npcm.null {{ type null }}\n')
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(card))
    told = Mailbox()
    rig = Rig(AlsaPlayer("heard", told.post), told, lambda: [wav.from_bytes(raw.read_bytes())] if raw.exists() else [])
    yield rig
    rig.player.stop()


@pytest.fixture(params=["sim", "alsa"])
def rig(request: pytest.FixtureRequest) -> Rig:
    found: Rig = request.getfixturevalue(request.param)
    found.player.start()
    return found


def test_what_is_played_is_heard_and_its_end_is_told(rig: Rig) -> None:
    clip = tone(0.2)
    rig.player.play(Sound("a", clip, "không"))
    assert rig.told.next(SoundEnded) == SoundEnded("a", whole=True)
    assert eventually(rig.heard)[0].samples[: len(clip.samples)] == clip.samples
    assert rig.player.fault == ""
    assert rig.player.alive


def test_one_sound_after_the_other(rig: Rig) -> None:
    for job in "abc":
        rig.player.play(Sound(job, tone(0.05), job))
        assert rig.told.next(SoundEnded) == SoundEnded(job, whole=True)


def test_whatever_is_played_too_early_has_its_end_told_once(rig: Rig) -> None:
    for job in "abcdefgh":
        rig.player.play(Sound(job, tone(0.05), job))
    ended = [rig.told.next(SoundEnded).job for _ in "abcdefgh"]
    assert sorted(ended) == list("abcdefgh")
    assert ended[-1] == "h"
    rig.told.quiet(0.1)


def test_a_player_that_is_hushed_or_stopped_with_nothing_under_way(rig: Rig) -> None:
    rig.player.hush()
    rig.player.play(Sound("a", tone(0.05), "a"))
    assert rig.told.next(SoundEnded).whole
    rig.player.hush()
    rig.player.stop()
    assert not rig.player.alive


def test_stop_is_at_once_and_tells_the_end(sim: Rig) -> None:
    sim.player.start()
    sim.player.play(Sound("long", silence(60.0), "long"))
    eventually(sim.heard)
    sim.player.stop()
    assert sim.told.next(SoundEnded) == SoundEnded("long", whole=False)


def test_a_newer_sound_cuts_the_older_one_off(sim: Rig) -> None:
    sim.player.start()
    sim.player.play(Sound("long", silence(60.0), "long"))
    eventually(sim.heard)
    sim.player.play(Sound("key", tone(0.05), "key"))
    assert sim.told.next(SoundEnded) == SoundEnded("long", whole=False)
    assert sim.told.next(SoundEnded) == SoundEnded("key", whole=True)


# --------------------------------------------------------------------------------------------- what only aplay can do


def test_a_sound_card_that_is_not_there_is_a_fault_in_words(alsa: Rig) -> None:
    told = Mailbox()
    player = AlsaPlayer("plughw:CARD=Nowhere", told.post)
    player.start()
    try:
        player.play(Sound("a", tone(0.1), "a"))
        assert told.next(SoundEnded) == SoundEnded("a", whole=False)
        assert "aplay" in player.fault
        assert player.alive
    finally:
        player.stop()


def slow_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An aplay that takes its time, as a real card does (ALSA's own file card swallows everything at once)."""
    program = tmp_path / "bin" / "aplay"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


def test_a_key_cuts_aplay_off_in_the_middle_of_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow_card(tmp_path, monkeypatch)
    told = Mailbox()
    player = AlsaPlayer("default", told.post)
    player.start()
    player.play(Sound("long", silence(60.0), "long"))
    player.play(Sound("next", silence(60.0), "next"))
    assert told.next(SoundEnded) == SoundEnded("long", whole=False)
    player.hush()
    assert told.next(SoundEnded) == SoundEnded("next", whole=False)
    player.play(Sound("last", silence(60.0), "last"))
    player.stop()
    assert told.next(SoundEnded) == SoundEnded("last", whole=False)
    assert player.fault == ""


def test_without_aplay_the_box_lives_and_says_why_it_is_silent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    told = Mailbox()
    player = AlsaPlayer("default", told.post)
    player.start()
    try:
        assert "apt-get install alsa-utils" in player.fault
        player.play(Sound("a", tone(0.05), "a"))
        assert told.next(SoundEnded) == SoundEnded("a", whole=False)
        assert player.alive
    finally:
        player.stop()
