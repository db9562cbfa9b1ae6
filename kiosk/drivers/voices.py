"""What a kiosk speaks with: nothing, a sound card, or the stage.

Rules: whatever it is, the same Speaker makes the words, so that the demo hears what a centre hears.
"""

from collections.abc import Callable
from pathlib import Path

from appliance.runtime.stage import Stage
from appliance.sound.alsa import AlsaPlayer
from appliance.sound.clips import Clips
from appliance.sound.espeak import VOICES
from appliance.sound.player import Player
from appliance.sound.sim import SimPlayer
from appliance.sound.speaker import Speaker, Tell
from appliance.sound.voice import Mute, Voice
from kiosk.config import SoundSection


def mute(_section: SoundSection, tell: Tell) -> Voice:
    """A kiosk without a loudspeaker."""
    return Mute(frozenset(VOICES), tell)


def aloud(section: SoundSection, tell: Tell) -> Voice:
    """Through the sound card `section.device`."""
    return _speaker(section, tell, lambda ended: AlsaPlayer(section.device, ended))


def shown(section: SoundSection, tell: Tell, stage: Stage) -> Voice:
    """On the stage, for those who look and listen there."""
    return _speaker(section, tell, lambda ended: SimPlayer(stage, ended))


def _speaker(section: SoundSection, tell: Tell, player: Callable[[Tell], Player]) -> Speaker:
    folder = Path(section.recordings) if section.recordings else None
    return Speaker(player, Clips(folder), tell)
