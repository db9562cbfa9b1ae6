"""The chime that makes a hall look up: two falling bell notes, computed.

Rules: pure; its own harmonics and decay, nobody's recording; as loud as speech is made.
"""

import math

from appliance.sound.clip import RATE, Clip, from_levels, levelled

NOTES_HZ = (659.26, 523.25)
"""E5, then C5: clear above voices, and not shrill for old ears, which lose what is above 4 kHz first."""
STEP_S = 0.38
"""How much later the second note begins."""
RING_S = 0.85
"""How long a note rings."""
_PARTIALS = ((1.0, 1.0, 3.2), (2.0, 0.42, 4.6), (3.01, 0.18, 7.0), (4.2, 0.07, 10.0))
"""Of each note: times its frequency, how strong, how fast it dies away (1/s)."""
_ATTACK_S = 0.006
_FADE_S = 0.12


def chime(loudness_dbfs: float = -18.0) -> Clip:
    """Both notes, 1.2 s."""
    count = round((STEP_S * (len(NOTES_HZ) - 1) + RING_S) * RATE)
    levels = [0.0] * count
    for index, note in enumerate(NOTES_HZ):
        first = round(index * STEP_S * RATE)
        for offset, level in enumerate(_note(note)[: count - first]):
            levels[first + offset] += 8_000 * level
    return levelled(from_levels(levels), loudness_dbfs)


def _note(frequency: float) -> list[float]:
    return [_level(frequency, sample / RATE) for sample in range(round(RING_S * RATE))]


def _level(frequency: float, at_s: float) -> float:
    """One note at a moment: no click at either end."""
    edge = min(1.0, at_s / _ATTACK_S, (RING_S - at_s) / _FADE_S)
    return edge * sum(
        strength * math.exp(-decay * at_s) * math.sin(2 * math.pi * times * frequency * at_s)
        for times, strength, decay in _PARTIALS
    )
