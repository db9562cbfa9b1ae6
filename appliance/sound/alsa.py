"""A loudspeaker or headphones behind ALSA, through Debian's `aplay` (package alsa-utils).

Rules: one aplay per sound, ended when a newer one comes, so a word stops in its middle; a device that takes nothing
any more is given up `PATIENCE_S` after the sound should be over; what aplay says is the fault, until a sound plays.
"""

import logging
import shutil
import subprocess
import tempfile
from collections.abc import Callable

from appliance.sound import wav
from appliance.sound.clip import RATE
from appliance.sound.newest import Taken
from appliance.sound.player import Sound, SoundEnded
from appliance.sound.playing import Playing

logger = logging.getLogger(__name__)

PROGRAM = "aplay"
PATIENCE_S = 5.0
_LOOK_S = 0.02
_LEAVE_S = 0.5


class AlsaPlayer(Playing):
    """Plays on the ALSA `device`, such as `default`, `plughw:CARD=Device` (`aplay -L` lists them)."""

    def __init__(self, device: str, tell: Callable[[SoundEnded], None]) -> None:
        self._command = [PROGRAM, "-q", "-D", device, "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", str(RATE)]
        super().__init__(tell, "alsa")
        self._fault = ""

    def start(self) -> None:
        """Be ready."""
        if shutil.which(PROGRAM) is None:
            self._complain(f"{PROGRAM} is not installed: apt-get install alsa-utils")
        super().start()

    @property
    def fault(self) -> str:
        """What aplay said, or ""."""
        return self._fault

    def _sound(self, taken: Taken[Sound]) -> bool:
        try:
            return self._played(*taken)
        except OSError as error:
            self._complain(f"{PROGRAM}: {error.strerror or error}")
            return False

    def _played(self, turn: int, sound: Sound) -> bool:
        """Whether all of it was heard. Raises OSError when there is no aplay."""
        with tempfile.TemporaryFile() as samples, tempfile.TemporaryFile() as said:
            samples.write(wav.to_bytes(sound.clip))
            samples.seek(0)
            aplay = subprocess.Popen(self._command, stdin=samples, stdout=said, stderr=said)  # noqa: S603  # because the command is our own and the device comes from the configuration
            cut = self._wait(aplay, turn, sound.clip.length_s + PATIENCE_S)
            if cut:
                return False
            said.seek(0)
            words = said.read(500).decode(errors="replace").strip().splitlines()
        self._complain("" if aplay.returncode == 0 else f"{PROGRAM}: {words[0] if words else aplay.returncode}")
        return aplay.returncode == 0

    def _wait(self, aplay: "subprocess.Popen[bytes]", turn: int, longest_s: float) -> bool:
        """Until it ended, or something newer came, or it takes too long; whether it was cut off for something newer."""
        for _ in range(round(longest_s / _LOOK_S)):
            if aplay.poll() is not None:
                return False
            if self._sounds.overtaken(turn, _LOOK_S):
                self._end(aplay)
                return True
        self._end(aplay)
        return False

    def _end(self, aplay: "subprocess.Popen[bytes]") -> None:
        aplay.terminate()
        try:
            aplay.wait(_LEAVE_S)
        except subprocess.TimeoutExpired:
            aplay.kill()
            aplay.wait()

    def _complain(self, fault: str) -> None:
        if fault != self._fault:
            logger.log(logging.WARNING if fault else logging.INFO, "%s", fault or "sound is back")
        self._fault = fault
