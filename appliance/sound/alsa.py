"""A loudspeaker or headphones behind ALSA, through Debian's `aplay` (package alsa-utils).

Rules: one aplay per sound, ended when a newer one comes, so a word stops in its middle; a device that takes nothing
any more is given up `PATIENCE_S` after the sound should be over; what aplay says is the fault, until a sound plays.
"""

import logging
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable

from appliance.sound import wav
from appliance.sound.clip import RATE
from appliance.sound.newest import Newest
from appliance.sound.player import Sound, SoundEnded

logger = logging.getLogger(__name__)

PROGRAM = "aplay"
PATIENCE_S = 5.0
_LOOK_S = 0.02
_LEAVE_S = 0.5


class AlsaPlayer:
    """Plays on the ALSA `device`, such as `default`, `plughw:CARD=Device` (`aplay -L` lists them)."""

    def __init__(self, device: str, tell: Callable[[SoundEnded], None]) -> None:
        self._command = [PROGRAM, "-q", "-D", device, "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", str(RATE)]
        self._tell = tell
        self._sounds: Newest[Sound] = Newest()
        self._fault = ""
        self._thread = threading.Thread(target=self._live, name="alsa", daemon=True)

    def start(self) -> None:
        """Be ready."""
        if shutil.which(PROGRAM) is None:
            self._complain(f"{PROGRAM} is not installed: apt-get install alsa-utils")
        self._thread.start()

    def play(self, sound: Sound) -> None:
        """Play it now; what is under way is cut off."""
        self._drop(self._sounds.put(sound))

    def hush(self) -> None:
        """Be silent at once."""
        self._drop(self._sounds.put(None))

    def stop(self) -> None:
        """Be silent, and let go of the device."""
        self._drop(self._sounds.end())
        if self._thread.ident is not None:
            self._thread.join()

    @property
    def fault(self) -> str:
        """What aplay said, or ""."""
        return self._fault

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def _live(self) -> None:
        while (taken := self._sounds.take()) is not None:
            try:
                whole = self._sound(taken.turn, taken.thing)
            except OSError as error:
                self._complain(f"{PROGRAM}: {error.strerror or error}")
                whole = False
            self._tell(SoundEnded(taken.thing.job, whole))

    def _sound(self, turn: int, sound: Sound) -> bool:
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

    def _drop(self, sound: Sound | None) -> None:
        if sound is not None:
            self._tell(SoundEnded(sound.job, whole=False))

    def _complain(self, fault: str) -> None:
        if fault != self._fault:
            logger.log(logging.WARNING if fault else logging.INFO, "%s", fault or "sound is back")
        self._fault = fault
