"""A clip: sound as numbers, measured, levelled, joined.

Rules: pure; 16-bit samples, one channel, `RATE` a second, everywhere; lengths in seconds, levels in dBFS (0 is the
loudest sine-free sample that 16 bits hold); the same clip gives the same figures on every machine.
"""

import math
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from operator import mul

RATE = 22_050
"""Samples a second: what espeak-ng makes, and enough for speech (up to 11 kHz)."""
FULL = 32_767
SILENT_DBFS = -120.0
"""The level of no sound at all."""
SPEECH_DBFS = -20.0
"""How loud speech is made: RMS."""
CEILING_DBFS = -1.0
"""No sample is louder: a small amplifier distorts at the very top."""
HUSH_DBFS = -45.0
"""What is quieter than this at the ends of a clip is silence."""
_WINDOW = RATE // 100


@dataclass(frozen=True)
class Clip:
    """One channel of 16-bit samples at `RATE`."""

    samples: "array[int]"

    @property
    def length_s(self) -> float:
        """How long it sounds."""
        return len(self.samples) / RATE

    @property
    def peak_dbfs(self) -> float:
        """The loudest sample."""
        return _dbfs(max(map(abs, self.samples), default=0))

    @property
    def loudness_dbfs(self) -> float:
        """RMS over all of it."""
        count = len(self.samples)
        return _dbfs(math.sqrt(sum(map(mul, self.samples, self.samples)) / count)) if count else SILENT_DBFS

    @property
    def clipped(self) -> int:
        """How many samples stand at the very end of the scale."""
        return sum(1 for sample in self.samples if abs(sample) >= FULL)


def silence(seconds: float) -> Clip:
    """Nothing, for so long."""
    return Clip(array("h", bytes(2 * round(seconds * RATE))))


def join(clips: Iterable[Clip], gap_s: float = 0.0) -> Clip:
    """One after the other, with a pause between each two."""
    joined, gap = array("h"), silence(gap_s).samples
    for index, clip in enumerate(clips):
        joined.extend(gap if index else ())
        joined.extend(clip.samples)
    return Clip(joined)


def trimmed(clip: Clip, margin_s: float = 0.02) -> Clip:
    """Without the silence at both ends; `margin_s` of it stays."""
    loud = FULL * _ratio(HUSH_DBFS)
    windows = [
        start
        for start in range(0, len(clip.samples), _WINDOW)
        if max(map(abs, clip.samples[start : start + _WINDOW])) >= loud
    ]
    if not windows:
        return Clip(array("h"))
    margin = round(margin_s * RATE)
    return Clip(clip.samples[max(0, windows[0] - margin) : windows[-1] + _WINDOW + margin])


def levelled(clip: Clip, target_dbfs: float = SPEECH_DBFS, ceiling_dbfs: float = CEILING_DBFS) -> Clip:
    """As loud as `target_dbfs` (RMS), or less where a sample would stand above `ceiling_dbfs`."""
    loudness = clip.loudness_dbfs
    if loudness <= SILENT_DBFS:
        return clip
    gain = _ratio(min(target_dbfs - loudness, ceiling_dbfs - clip.peak_dbfs))
    return Clip(array("h", map(round, map(gain.__mul__, clip.samples))))


def from_levels(levels: Iterable[float]) -> Clip:
    """Samples from levels of the same scale, rounded and held within it."""
    return Clip(array("h", (max(-FULL, min(FULL, round(level))) for level in levels)))


def _dbfs(level: float) -> float:
    return 20 * math.log10(level / FULL) if level > 0 else SILENT_DBFS


def _ratio(decibels: float) -> float:
    return math.pow(10.0, decibels / 20)
