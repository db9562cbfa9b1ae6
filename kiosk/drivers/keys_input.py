"""Keys that Linux shows as an input device: a USB keypad, or an encoder behind large buttons.

Rules: going down counts, being held and going up do not; the device is grabbed, so that its keys reach no console; one
that is unplugged is looked for until it is back. A socket that headphones are plugged into is one more key.
"""

from collections.abc import Callable
from functools import partial

from appliance.input.codes import code
from appliance.input.device import DeviceIs, InputDevice
from appliance.input.events import KeyMoved, Motion
from kiosk.config import KeysSection
from kiosk.keys import Key, KeyPressed, KeysAre


class InputKeys:
    """Reads the keypad at `section.address`; `tell` gets KeysAre and KeyPressed, on the devices' threads.

    `grab` False is for what is no input device but sends the same bytes.
    """

    def __init__(self, section: KeysSection, tell: Callable[[object], None], *, grab: bool = True) -> None:
        self._tell = tell
        named = {key: getattr(section, key.value) for key in Key}
        self._keys = {code(name): key for key, names in named.items() for name in names}
        paths = [path for path in (section.address, section.headphones) if path]
        self._devices = [InputDevice(path, partial(self._hear, path), grab=grab) for path in paths]
        self._gone = dict.fromkeys(paths, "")

    def start(self) -> None:
        """Look for it."""
        for device in self._devices:
            device.start()

    def stop(self) -> None:
        """Let go of it."""
        for device in self._devices:
            device.stop()

    @property
    def alive(self) -> bool:
        """Whether the threads run."""
        return all(device.alive for device in self._devices)

    def _hear(self, path: str, told: KeyMoved | DeviceIs) -> None:
        if isinstance(told, DeviceIs):
            self._gone[path] = "" if told.present else told.detail
            why = "; ".join(filter(None, self._gone.values()))
            self._tell(KeysAre(not why, why))
        elif told.motion is Motion.DOWN and told.code in self._keys:
            self._tell(KeyPressed(self._keys[told.code]))
