"""Whoever says words, as a contract; and the one who says nothing.

Rules: as for a player: nothing blocks, the newest words win, the end of all words is told exactly once.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from appliance.sound.player import SoundEnded
from appliance.sound.said import Said


class Voice(Protocol):
    """Says words. Built with `tell`, which gets SoundEnded on any thread and only enqueues."""

    def start(self) -> None:
        """Be ready."""

    def say(self, job: str, said: Sequence[Said]) -> None:
        """Say these pieces now, one after the other; older words stop."""

    def hush(self) -> None:
        """Be silent at once."""

    def stop(self) -> None:
        """Be silent, for ever."""

    @property
    def languages(self) -> frozenset[str]:
        """What it can speak."""

    @property
    def fault(self) -> str:
        """Why nobody can hear it, or ""."""

    @property
    def alive(self) -> bool:
        """Whether the threads behind it do their work."""


class Mute:
    """A box without a loudspeaker: keys and rings work all the same."""

    fault = ""
    alive = True

    def __init__(self, languages: frozenset[str], tell: Callable[[SoundEnded], None]) -> None:
        self.languages = languages
        self._tell = tell

    def start(self) -> None:
        """Nothing to begin."""

    def say(self, job: str, said: Sequence[Said]) -> None:  # noqa: ARG002  # because nobody hears them
        """Over at once."""
        self._tell(SoundEnded(job, whole=False))

    def hush(self) -> None:
        """It always is."""

    def stop(self) -> None:
        """Nothing to end."""
