"""Clips in WAV files and in the bytes of a pipe.

Rules: what is written is 16-bit mono at `clip.RATE`; what is read is refused with one clear sentence when it is not.
"""

import io
import sys
import wave
from array import array
from pathlib import Path

from appliance.sound.clip import RATE, Clip

HOW = f"record as WAV, 16 bit, mono, {RATE} Hz"


class NotAClip(ValueError):  # noqa: N818  # because it is what a person is told about a file
    """A file or stream that is no clip of ours; the text says what is wrong and what to do."""


def read(path: Path) -> Clip:
    """The clip in a file. Raises NotAClip, also for a file that cannot be read."""
    try:
        with wave.open(str(path), "rb") as file:
            return _clip(file)
    except (OSError, EOFError, wave.Error) as error:
        raise NotAClip(f"cannot be read as WAV ({error}); {HOW}") from error


def _clip(file: wave.Wave_read) -> Clip:
    found = (8 * file.getsampwidth(), file.getnchannels(), file.getframerate())
    if found != (16, 1, RATE):
        channels = {1: "mono", 2: "stereo"}.get(found[1], f"{found[1]} channels")
        raise NotAClip(f"is {found[0]} bit, {channels}, {found[2]} Hz; {HOW}")
    data = file.readframes(file.getnframes())
    return from_bytes(data)


def from_bytes(data: bytes) -> Clip:
    """Raw samples, little end first."""
    samples = array("h", data[: len(data) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return Clip(samples)


def to_bytes(clip: Clip) -> bytes:
    """The same back."""
    samples = array("h", clip.samples)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


def packed(clip: Clip) -> bytes:
    """A whole WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(to_bytes(clip))
    return file.getvalue()


def from_pipe(data: bytes) -> Clip:
    """The clip in a WAV that was written to a pipe: the lengths in its head are not true. Raises NotAClip."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise NotAClip("is no WAV")
    at = 12
    while at + 8 <= len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if kind == b"data":
            return from_bytes(data[at + 8 :])
        if kind == b"fmt " and data[at + 10 : at + 16] != b"\x01\x00" + RATE.to_bytes(4, "little"):
            raise NotAClip(f"is not mono at {RATE} Hz")
        at += 8 + size
    raise NotAClip("has no samples")
