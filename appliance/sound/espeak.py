"""Speech from espeak-ng, a program of Debian that needs no network: words in, a clip out.

Rules: the words go in by a pipe, never on the command line; every call has a deadline; what comes out is trimmed and as
loud as every other clip. It speaks Vietnamese and English. espeak-ng 1.51 has no Khmer voice (`espeak-ng --voices`).
"""

import shutil
import subprocess
from collections.abc import Mapping

from appliance.sound import wav
from appliance.sound.clip import Clip, levelled, trimmed
from appliance.sound.readable import readable
from appliance.sound.said import Said

VOICES: Mapping[str, str] = {"vi": "vi-vn-x-south", "en": "en"}
"""Language → voice: Vietnamese as it is spoken in the Mekong delta."""
PROGRAM = "espeak-ng"
ABSENT = f"{PROGRAM} is not installed: apt-get install {PROGRAM}"
DEADLINE_S = 10.0
_SPEED = {"vi": 150, "en": 155}
"""Words a minute; 175 is espeak-ng's own, too fast for a hall and for old ears."""
_AMPLITUDE = 60
"""Of 200; at its own 100 some vowels are cut off at the top."""


class NoVoice(Exception):  # noqa: N818  # because it says what is not there, and callers go on without it
    """These words cannot be said here; the text says why."""


def available() -> bool:
    """Whether espeak-ng is installed."""
    return shutil.which(PROGRAM) is not None


def synthesise(said: Said, voices: Mapping[str, str] = VOICES) -> Clip:
    """The words as a clip. Raises NoVoice."""
    voice = voices.get(said.language)
    if voice is None:
        raise NoVoice(f"no voice speaks {said.language!r}; record it")
    command = [PROGRAM, "-v", voice, "-s", str(_SPEED.get(said.language, 150)), "-a", str(_AMPLITUDE), "-b", "1"]
    try:
        done = subprocess.run(  # noqa: S603  # because the words go in by a pipe and the rest is our own
            [*command, "--stdin", "--stdout"],
            input=readable(said).encode(),
            capture_output=True,
            timeout=DEADLINE_S,
            check=True,
        )
        clip = trimmed(wav.from_pipe(done.stdout))
    except FileNotFoundError as error:
        raise NoVoice(ABSENT) from error
    except subprocess.CalledProcessError as error:
        raise NoVoice(f"{PROGRAM}: {error.stderr.decode(errors='replace').strip() or error}") from error
    except (OSError, subprocess.TimeoutExpired, wav.NotAClip) as error:
        raise NoVoice(f"{PROGRAM}: {error}") from error
    return levelled(clip)
