"""Says words that nobody could record beforehand: names of fields, figures, what a page tells.

Rules: the newest words win, and the older ones stop at once, also while they are being made; the first piece is heard
while the others are still made; a recording with the name of a piece (`sentences.name_of`) goes before the synthesis;
words that cannot be said are told as ended, logged once.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from appliance.sound.clip import Clip, join, silence
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

Tell = Callable[[SoundEnded], None]


@dataclass
class _Speech:
    """What is to be said, what of it was made and not played yet, and whether something of it sounds now."""

    job: str
    said: tuple[Said, ...]
    ready: list[Clip] = field(default_factory=list)
    sounding: bool = False
    made: bool = False
    heard: bool = False

    @property
    def words(self) -> str:
        """The pieces as sentences."""
        ends = (piece.words if piece.words[-1:] in ".!?…" else f"{piece.words}." for piece in self.said if piece.words)
        return " ".join(ends)


class Speaker:
    """Says words through the player that `player` makes; `tell` gets SoundEnded once for each job."""

    def __init__(
        self,
        player: Callable[[Tell], Player],
        recordings: Clips,
        tell: Tell,
        voice: Callable[[Said], Clip] = synthesise,
    ) -> None:
        self._player = player(self._ended)
        self._recordings = recordings
        self._tell = tell
        self._voice = voice
        self._speeches: Newest[_Speech] = Newest()
        self._lock = threading.RLock()  # because a player may tell the end of one sound while it takes the next
        self._now: _Speech | None = None
        self._made: OrderedDict[Said, Clip] = OrderedDict()
        self._fault = ""
        self._logged: set[str] = set()
        self._thread = threading.Thread(target=self._live, name="speaker", daemon=True)

    def start(self) -> None:
        """Be ready."""
        if not available():
            self._complain(ABSENT)
        self._player.start()
        self._thread.start()

    def say(self, job: str, said: Sequence[Said]) -> None:
        """Say these pieces now, one after the other; SoundEnded with `job` tells when they are over."""
        self._turn_to(self._speeches.put(_Speech(job, tuple(said))))

    def hush(self) -> None:
        """Be silent at once."""
        self._turn_to(self._speeches.put(None))

    def stop(self) -> None:
        """Be silent, for ever."""
        self._turn_to(self._speeches.end())
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

    def _turn_to(self, never_begun: _Speech | None) -> None:
        """What was being said is over, and what waited behind it never begins."""
        with self._lock:
            cut, self._now = self._now, None
        self._player.hush()
        for speech in (cut, never_begun):
            if speech is not None:
                self._tell(SoundEnded(speech.job, whole=False))

    def _live(self) -> None:
        while (taken := self._speeches.take()) is not None:
            turn, speech = taken
            if not self._begin(turn, speech):
                self._tell(SoundEnded(speech.job, whole=False))
                continue
            left = len(speech.said)
            for said in speech.said:
                if self._speeches.overtaken(turn):
                    break
                left -= 1
                self._go_on(speech, self._clip(said), left)
            if not speech.said:
                self._go_on(speech, None, left)

    def _begin(self, turn: int, speech: _Speech) -> bool:
        """Whether it is still the newest."""
        with self._lock:
            if self._speeches.overtaken(turn):
                return False
            self._now = speech
            return True

    def _go_on(self, speech: _Speech, clip: Clip | None, left: int) -> None:
        """One more piece was made, or cannot be (None); so many are `left`."""
        with self._lock:
            speech.made = left == 0
            if clip is not None:
                speech.ready.append(clip)
            over = self._sound(speech)
        if over:
            self._tell(SoundEnded(speech.job, whole=speech.heard))

    def _ended(self, ended: SoundEnded) -> None:
        """The player is through with what it was given; on its thread, or on the one that hushed it."""
        with self._lock:
            speech = self._now
            if speech is None or speech.job != ended.job:
                return
            speech.sounding, speech.heard = False, ended.whole
            if not ended.whole:
                speech.ready.clear()
            over = self._sound(speech)
        if over:
            self._tell(SoundEnded(speech.job, whole=speech.heard))

    def _sound(self, speech: _Speech) -> bool:
        """Play what is ready, if nothing sounds; whether the speech is over. With the lock held."""
        if speech is not self._now or speech.sounding:
            return False
        if speech.ready:
            more = [] if speech.made else [silence(0.0)]  # the pause before what comes
            sound = Sound(speech.job, join([*speech.ready, *more], BETWEEN_S), speech.words)
            speech.ready, speech.sounding = [], True
            self._player.play(sound)
            return False
        if speech.made:
            self._now = None
        return speech.made

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
        if fault and fault not in self._logged:
            self._logged.add(fault)
            logger.warning("%s", fault)
        self._fault = fault
