"""A folder of clips, and the phrasings that it was made for.

`DIR/voice.toml` holds one table per language (`sentences.Phrasing`), `DIR/vi/digit-0.wav` a clip of that language,
`DIR/chime.wav` the chime. Rules: a clip is read once; one that is broken is told once; a sentence that lacks a clip is
not said at all: half a number leads people astray; a file that is not there may come; nothing is ever fetched.
"""

import logging
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
import tomli_w

from appliance.runtime.errors import ConfigError
from appliance.sound import wav
from appliance.sound.clip import Clip, join
from appliance.sound.sentences import PHRASINGS, Phrasing

logger = logging.getLogger(__name__)

FOLDER = "voice"
"""What `goiso voice build` makes in a box's data folder."""
PHRASES = "voice.toml"
GAP_S = 0.11
"""The pause between two clips: digits stay apart, a sentence does not fall to pieces."""
PAUSE_S = 0.45
"""Between the chime and the words, and between two languages."""


class Clips:
    """The clips in `folder`; None: there are none."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._read: dict[str, Clip | None] = {}

    def get(self, name: str) -> Clip | None:
        """The clip of that name, or None when there is none that can be used."""
        if name not in self._read and self._folder and (path := self._folder / f"{name}.wav").is_file():
            self._read[name] = _load(path)
        return self._read.get(name)

    def missing(self, names: Iterable[str]) -> list[str]:
        """Those that cannot be said."""
        return [name for name in names if self.get(name) is None]

    def sentence(self, names: Iterable[str], gap_s: float = GAP_S) -> Clip | None:
        """The clips one after the other, or None when one of them is missing."""
        found = [self.get(name) for name in names]
        clips = [clip for clip in found if clip is not None]
        return join(clips, gap_s) if clips and len(clips) == len(found) else None


def _load(path: Path) -> Clip | None:
    try:
        return wav.read(path)
    except wav.NotAClip as error:
        logger.warning("%s %s", path, error)
        return None


def read_phrasings(file: Path) -> Mapping[str, Phrasing]:
    """The tables of a `voice.toml`, or the usual phrasings where there is no such file. Raises ConfigError."""
    if not file.is_file():
        return PHRASINGS
    try:
        return msgspec.convert(tomllib.loads(file.read_text("utf-8")), dict[str, Phrasing])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(f"{file}: {error}; correct it, see docs/guide-en.md") from error


def write_phrasings(file: Path, phrasings: Mapping[str, Phrasing]) -> None:
    """So that whoever says calls with these clips says them as they were made."""
    file.write_text(tomli_w.dumps(msgspec.to_builtins(phrasings)), encoding="utf-8")
