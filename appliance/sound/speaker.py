"""Says words that nobody could record beforehand: names of fields, figures, what a page tells.

Rules: the newest words win, and the older ones stop at once, also while they are being made; a recording with the name
of a piece (`sentences.name_of`) goes before the synthesis; words that cannot be said are told as ended, logged once.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from appliance.sound.clip import Clip, join
from appliance.sound.clips import Clips
from appliance.sound.espeak import ABSENT, VOICES, NoVoice, available, synthesise
from appliance.sound.newest import Newest
from appliance.sound.player import Player, Sound, SoundEnded
from appliance.sound.said import Said
from appliance.sound.sentences import name_of

logger = logging.getLogger(__name__)

BETWEEN_S = 0.35
"""The pause between two pieces: as long as a full stop."""
KEPT = 64
"""Pieces that are remembered: a page's choices, walked up and down."""


@dataclass(frozen=True)
class _Speech:
    job: str
    said: tuple[Said, ...]


class Speaker:
    """Says words through `player`; `tell` gets SoundEnded for words that never reached it."""

    def __init__(
        self,
        player: Player,
        recordings: Clips,
        tell: Callable[[SoundEnded], None],
        voice: Callable[[Said], Clip] = synthesise,
    ) -> None:
        self._player = player
        self._recordings = recordings
        self._tell = tell
        self._voice = voice
        self._speeches: Newest[_Speech] = Newest()
        self._made: OrderedDict[Said, Clip] = OrderedDict()
        self._fault = ""
        self._thread = threading.Thread(target=self._live, name="speaker", daemon=True)

    def start(self) -> None:
        """Be ready."""
        if not available():
            self._complain(ABSENT)
        self._player.start()
        self._thread.start()

    def say(self, job: str, said: Sequence[Said]) -> None:
        """Say these pieces now, one after the other; SoundEnded with `job` tells when they are over."""
        self._drop(self._speeches.put(_Speech(job, tuple(said))))
        self._player.hush()

    def hush(self) -> None:
        """Be silent at once."""
        self._drop(self._speeches.put(None))
        self._player.hush()

    def stop(self) -> None:
        """Be silent, for ever."""
        self._drop(self._speeches.end())
        if self._thread.ident is not None:
            self._thread.join()
        self._player.stop()

    @property
    def languages(self) -> frozenset[str]:
        """What it can speak."""
        return frozenset(VOICES)

    @property
    def fault(self) -> str:
        """Why nobody can hear it, or ""."""
        return self._fault or self._player.fault

    @property
    def alive(self) -> bool:
        """Whether both threads run."""
        return self._thread.is_alive() and self._player.alive

    def _live(self) -> None:
        while (taken := self._speeches.take()) is not None:
            turn, speech = taken
            clips = []
            for said in speech.said:
                if self._speeches.overtaken(turn):
                    break
                if (clip := self._clip(said)) is not None:
                    clips.append(clip)
            if not clips or self._speeches.overtaken(turn):
                self._drop(speech)
            else:
                self._player.play(Sound(speech.job, join(clips, BETWEEN_S), " ".join(_line(speech.said))))
                if self._speeches.overtaken(turn):  # because a key may have been pressed since we looked
                    self._player.hush()

    def _clip(self, said: Said) -> Clip | None:
        if said in self._made:
            self._made.move_to_end(said)
            return self._made[said]
        try:
            clip = self._recordings.get(name_of(said)) or self._voice(said)
        except NoVoice as error:
            self._complain(str(error))
            return None
        self._complain("")
        self._made[said] = clip
        if len(self._made) > KEPT:
            self._made.popitem(last=False)
        return clip

    def _complain(self, fault: str) -> None:
        if fault and fault != self._fault:
            logger.warning("%s", fault)
        self._fault = fault

    def _drop(self, speech: _Speech | None) -> None:
        if speech is not None:
            self._tell(SoundEnded(speech.job, whole=False))


def _line(said: Sequence[Said]) -> list[str]:
    """The pieces as sentences."""
    return [piece.words if piece.words[-1:] in ".!?…" else f"{piece.words}." for piece in said if piece.words]
