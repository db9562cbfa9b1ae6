"""Keys that Linux shows as an input device: a USB keypad, or an encoder behind large buttons.

Rules: going down counts, being held and going up do not; the device is grabbed, so that its keys reach no console; one
that is unplugged is looked for until it is back.
"""

from collections.abc import Callable

from appliance.input.codes import code
from appliance.input.device import DeviceIs, InputDevice
from appliance.input.events import KeyMoved, Motion
from kiosk.config import KeysSection
from kiosk.keys import Key, KeyPressed, KeysAre


class InputKeys:
    """Reads the keypad at `section.address`; `tell` gets KeysAre and KeyPressed, on the device's thread.

    `grab` False is for what is no input device but sends the same bytes.
    """

    def __init__(self, section: KeysSection, tell: Callable[[object], None], *, grab: bool = True) -> None:
        self._tell = tell
        named = {key: getattr(section, key.value) for key in Key}
        self._keys = {code(name): key for key, names in named.items() for name in names}
        self._device = InputDevice(section.address, self._hear, grab=grab)

    def start(self) -> None:
        """Look for it."""
        self._device.start()

    def stop(self) -> None:
        """Let go of it."""
        self._device.stop()

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._device.alive

    def _hear(self, told: KeyMoved | DeviceIs) -> None:
        if isinstance(told, DeviceIs):
            self._tell(KeysAre(told.present, told.detail))
        elif told.motion is Motion.DOWN and told.code in self._keys:
            self._tell(KeyPressed(self._keys[told.code]))
