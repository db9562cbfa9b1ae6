"""What every player does alike: one thread, one sound at a time, a newer one instead of the older, each end told once.

Rules: a player says how a sound is made heard (`_sound`), and nothing else of this.
"""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable

from appliance.sound.newest import Newest, Taken
from appliance.sound.player import Sound, SoundEnded


class Playing(ABC):
    """The sounds of one player; `tell` gets SoundEnded, `name` is its thread's."""

    def __init__(self, tell: Callable[[SoundEnded], None], name: str) -> None:
        self._tell = tell
        self._sounds: Newest[Sound] = Newest()
        self._thread = threading.Thread(target=self._live, name=name, daemon=True)

    def start(self) -> None:
        """Be ready."""
        self._thread.start()

    def play(self, sound: Sound) -> None:
        """Play it now; what is under way is cut off."""
        self._drop(self._sounds.put(sound))

    def hush(self) -> None:
        """Be silent at once."""
        self._drop(self._sounds.put(None))

    def stop(self) -> None:
        """Be silent, and let go of the loudspeaker."""
        self._drop(self._sounds.end())
        if self._thread.ident is not None:
            self._thread.join()

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    @abstractmethod
    def _sound(self, taken: Taken[Sound]) -> bool:
        """Let it be heard until it is over or overtaken; whether all of it was heard."""

    def _live(self) -> None:
        while (taken := self._sounds.take()) is not None:
            whole = self._sound(taken)
            self._tell(SoundEnded(taken.thing.job, whole))

    def _drop(self, sound: Sound | None) -> None:
        if sound is not None:
            self._tell(SoundEnded(sound.job, whole=False))
