"""What the board of a smart TV says: the clips that `goiso voice build` made on the hub, and which of them a call has.

Rules: only clips that the centre's own calls need are ever read, so that no address reaches another file; a language
lacks the places that it cannot say whole; a voice built anew is found without a restart; the chime needs no build.
"""

import contextlib
import functools
import hashlib
import itertools
import logging
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec import Struct

from appliance.runtime.errors import ConfigError
from appliance.sound import wav
from appliance.sound.chime import chime
from appliance.sound.clips import GAP_S, PAUSE_S, PHRASES, Clips, read_phrasings
from appliance.sound.sentences import CHIME, Phrasing, pattern, signs
from broker.model import Site, name_in

logger = logging.getLogger(__name__)


class Tongue(Struct, frozen=True):
    """One language: the clip of each sign of a number, and for each counter its clips, "" where the number goes.

    `bare` is the same without the invitation, for a crowd of calls.
    """

    signs: Mapping[str, str]
    places: Mapping[str, tuple[str, ...]]
    bare: Mapping[str, tuple[str, ...]]

    def names(self) -> set[str]:
        """Every clip that a call can have."""
        return {*self.signs.values(), *itertools.chain(*self.places.values(), *self.bare.values())} - {""}

    def without(self, lacking: Collection[str]) -> "Tongue":
        """What has all its clips although those are missing."""
        return Tongue(
            {sign: name for sign, name in self.signs.items() if name not in lacking},
            {place: names for place, names in self.places.items() if not set(names).intersection(lacking)},
            {place: names for place, names in self.bare.items() if not set(names).intersection(lacking)},
        )


class Score(Struct, frozen=True, kw_only=True):
    """From a call to its clips, `gap_s` apart, parts `pause_s`. `revision` changes with any clip."""

    revision: str
    languages: Mapping[str, Tongue]
    gap_s: float = GAP_S
    pause_s: float = PAUSE_S


@dataclass(frozen=True)
class _Found:
    """What was read, and of which build."""

    build: tuple[int, int] | None
    score: Score
    names: frozenset[str]


class BoardVoice:
    """The voice in `folder`, for the calls of `site`."""

    def __init__(self, folder: Path, site: Site) -> None:
        self._folder = folder
        self._site = site
        self._lock = threading.Lock()
        self._found: _Found | None = None

    def score(self) -> Score:
        """How calls are said now; without languages where no voice was built."""
        return self._look().score

    def clip(self, name: str) -> bytes | None:
        """The WAV file of that name, or None when no call needs one of that name or it is gone."""
        if name in self._look().names:
            with contextlib.suppress(OSError):  # another voice is just being put there
                return (self._folder / f"{name}.wav").read_bytes()
        return _chime() if name == CHIME else None

    def _look(self) -> _Found:
        build = self._build()
        with self._lock:
            if self._found is None or self._found.build != build:
                self._found = self._read(build)
            return self._found

    def _build(self) -> tuple[int, int] | None:
        try:
            made = (self._folder / PHRASES).stat()
        except OSError:
            return None
        return made.st_ino, made.st_mtime_ns

    def _read(self, build: tuple[int, int] | None) -> _Found:
        try:
            phrasings = read_phrasings(self._folder / PHRASES) if build else {}
        except ConfigError as error:
            logger.warning("smart TVs only chime: %s", error)
            phrasings = {}
        if build is None:
            logger.warning("no voice in %s: smart TVs only chime; run goiso voice build", self._folder)
        clips = Clips(self._folder)
        languages = {language: self._tongue(phrasing, language, clips) for language, phrasing in phrasings.items()}
        names = frozenset({CHIME}.union(*(tongue.names() for tongue in languages.values())))
        digest = hashlib.sha256(msgspec.json.encode(languages, order="sorted"))
        for clip in map(clips.get, sorted(names)):
            digest.update(clip.samples if clip else b"")
        return _Found(build, Score(revision=digest.hexdigest()[:16], languages=languages), names)

    def _tongue(self, phrasing: Phrasing, language: str, clips: Clips) -> Tongue:
        """What of this language has all its clips; what lacks one is told."""
        labels = {counter.id: name_in(counter.names, language) for counter in self._site.counters.values()}
        tongue = Tongue(
            signs(language, "".join(sorted({queue.prefix for queue in self._site.queues.values()}))),
            {place: pattern(phrasing, language, label) for place, label in labels.items()},
            {place: pattern(phrasing.bare(), language, label) for place, label in labels.items()},
        )
        if lacking := clips.missing(sorted(tongue.names())):
            logger.warning("%s lacks %s; run goiso voice build for this centre", self._folder, ", ".join(lacking))
        return tongue.without(lacking)


@functools.cache
def _chime() -> bytes:
    return wav.packed(chime())
