"""A loudspeaker nobody plugged in: what it would have played stands on the stage, in words and as a WAV.

Shows part `speaker`, kind `sound` (a WAV): `job, words, length_s, count, recent: [words], playing`; takes the same time
as a real one. Rules: `count` goes up with every sound; `recent` are the words of the last `KEPT` jobs, oldest first.
"""

import threading
from collections import deque
from collections.abc import Callable

from appliance.runtime.stage import Stage
from appliance.sound import wav
from appliance.sound.newest import Newest
from appliance.sound.player import Sound, SoundEnded

KEPT = 8
PART = "speaker"


class SimPlayer:
    """Plays on `stage`."""

    def __init__(self, stage: Stage, tell: Callable[[SoundEnded], None]) -> None:
        self._stage = stage
        self._tell = tell
        self._sounds: Newest[Sound] = Newest()
        self._count = 0
        self._recent: deque[tuple[str, str]] = deque(maxlen=KEPT)
        self._thread = threading.Thread(target=self._live, name="sim sound", daemon=True)

    def start(self) -> None:
        """Be there."""
        self._thread.start()

    def play(self, sound: Sound) -> None:
        """Play it now; what is under way is cut off."""
        self._drop(self._sounds.put(sound))

    def hush(self) -> None:
        """Be silent at once."""
        self._drop(self._sounds.put(None))

    def stop(self) -> None:
        """Be gone."""
        self._drop(self._sounds.end())
        if self._thread.ident is not None:
            self._thread.join()

    @property
    def fault(self) -> str:
        """Nothing can break."""
        return ""

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def _live(self) -> None:
        while (taken := self._sounds.take()) is not None:
            sound = taken.thing
            self._count += 1
            if not self._recent or self._recent[-1][0] != sound.job:
                self._recent.append((sound.job, sound.words))
            self._show(sound, playing=True)
            cut = self._sounds.overtaken(taken.turn, sound.clip.length_s)
            self._show(sound, playing=False)
            self._tell(SoundEnded(sound.job, whole=not cut))

    def _show(self, sound: Sound, playing: bool) -> None:
        self._stage.show(
            PART,
            "sound",
            wav.packed(sound.clip),
            job=sound.job,
            words=sound.words,
            length_s=round(sound.clip.length_s, 2),
            count=self._count,
            recent=[words for _, words in self._recent],
            playing=playing,
        )

    def _drop(self, sound: Sound | None) -> None:
        if sound is not None:
            self._tell(SoundEnded(sound.job, whole=False))
