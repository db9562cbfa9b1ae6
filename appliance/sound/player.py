"""What plays sound, as a contract, and what it tells.

Rules: nothing here blocks its caller; one sound at a time, a newer one cuts the older one off at once; the end of every
sound is told exactly once, however it came.
"""

from dataclasses import dataclass
from typing import Protocol

from appliance.sound.clip import Clip


@dataclass(frozen=True)
class Sound:
    """A clip, and its words for those who look instead of listening."""

    job: str
    clip: Clip
    words: str


@dataclass(frozen=True)
class SoundEnded:
    """The sound `job` is over; `whole` False: it was cut off, or could not be played at all."""

    job: str
    whole: bool


class Player(Protocol):
    """A loudspeaker or headphones. Built with `tell`, which gets SoundEnded on any thread and only enqueues."""

    def start(self) -> None:
        """Be ready."""

    def play(self, sound: Sound) -> None:
        """Play it now; what is under way is cut off."""

    def hush(self) -> None:
        """Be silent at once."""

    def stop(self) -> None:
        """Be silent, and let go of the loudspeaker."""

    @property
    def fault(self) -> str:
        """Why nobody can hear it, or ""."""

    @property
    def alive(self) -> bool:
        """Whether the thread behind it does its work."""
