"""Whether the recordings of a speaker can be used, file by file, in words for whoever recorded them.

Rules: every file is looked at and everything that is wrong with it is told at once; a recording is trimmed and levelled
like every other clip, but what is too faint, too loud, too long or too short is refused: levelling would only make its
noise louder.
"""

from collections.abc import Mapping
from pathlib import Path

from appliance.sound import wav
from appliance.sound.clip import SILENT_DBFS, Clip, levelled, trimmed
from appliance.sound.said import Said

SHORTEST_S = 0.12
MOST_S_A_WORD = 1.6
"""A word takes at most so long when it is said clearly; a clip may have one word more, for breath."""
FAINTEST_DBFS, LOUDEST_DBFS = -36.0, -8.0
MOST_CLIPPED = 8
"""Samples at the end of the scale: more of them are heard as a crackle."""


def faults(clip: Clip, words: str) -> list[str]:
    """What is wrong with a recording of these words; an empty list: nothing."""
    spoken = trimmed(clip)
    if not spoken.samples or clip.loudness_dbfs <= SILENT_DBFS:
        return ["is silent; record it again, nearer to the microphone"]
    found = []
    longest = MOST_S_A_WORD * (len(words.split()) + 1)
    if not SHORTEST_S <= spoken.length_s <= longest:
        found.append(f"lasts {spoken.length_s:.2f} s, {words!r} takes {SHORTEST_S:.2f} to {longest:.1f} s; cut it")
    if spoken.loudness_dbfs < FAINTEST_DBFS:
        found.append(f"is too faint ({spoken.loudness_dbfs:.1f} dBFS, at least {FAINTEST_DBFS:.0f}); record it louder")
    if spoken.loudness_dbfs > LOUDEST_DBFS:
        found.append(f"is too loud ({spoken.loudness_dbfs:.1f} dBFS, at most {LOUDEST_DBFS:.0f}); record it softer")
    if clip.clipped > MOST_CLIPPED:
        found.append(f"is distorted ({clip.clipped} samples at the limit); record it softer")
    return found


def take_over(folder: Path, wanted: Mapping[str, Said]) -> tuple[dict[str, Clip], list[str]]:
    """The recordings of the `wanted` clips, trimmed and levelled; and every fault, a file in each line."""
    taken: dict[str, Clip] = {}
    wrong: list[str] = []
    for name, said in sorted(wanted.items()):
        path = folder / f"{name}.wav"
        try:
            clip = wav.read(path)
        except wav.NotAClip as error:
            why = str(error) if path.exists() else f"is missing; it says {said.words!r}"
            wrong.append(f"{path}: {why}")
            continue
        wrong += [f"{path}: {fault}" for fault in faults(clip, said.words)]
        taken[name] = levelled(trimmed(clip))
    return taken, wrong
