"""A loudspeaker nobody plugged in: what it would have played stands on the stage, in words and as a WAV.

Shows part `speaker`, kind `sound` (a WAV): `job, words, length_s, count, recent: [words], playing`; takes the same time
as a real one. Rules: `count` goes up with every sound; `recent` are the words of the last `KEPT` jobs, oldest first.
"""

from collections import deque
from collections.abc import Callable

from appliance.runtime.stage import Stage
from appliance.sound import wav
from appliance.sound.newest import Taken
from appliance.sound.player import Sound, SoundEnded
from appliance.sound.playing import Playing

KEPT = 8
PART = "speaker"


class SimPlayer(Playing):
    """Plays on `stage`."""

    def __init__(self, stage: Stage, tell: Callable[[SoundEnded], None]) -> None:
        super().__init__(tell, "sim sound")
        self._stage = stage
        self._count = 0
        self._recent: deque[tuple[str, str]] = deque(maxlen=KEPT)

    @property
    def fault(self) -> str:
        """Nothing can break."""
        return ""

    def _sound(self, taken: Taken[Sound]) -> bool:
        sound = taken.thing
        self._count += 1
        if not self._recent or self._recent[-1][0] != sound.job:
            self._recent.append((sound.job, sound.words))
        self._show(sound, playing=True)
        cut = self._sounds.overtaken(taken.turn, sound.clip.length_s)
        self._show(sound, playing=False)
        return not cut

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
