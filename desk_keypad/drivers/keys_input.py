"""A keypad that Linux shows as an input device, such as a USB numeric keypad.

Rules: going down counts, being held and going up do not; the device is grabbed, so that its keys reach no console; one
that is unplugged is looked for until it is back.
"""

from appliance.input.codes import code
from appliance.input.device import DeviceIs, InputDevice
from appliance.input.events import KeyMoved, Motion
from desk_keypad.config import KeysSection
from desk_keypad.keymap import meanings
from desk_keypad.ports import KeyDown, KeysAre, Tell


class InputKeys:
    """Reads the keypad at `section.address`; `tell` is called on the device's thread.

    `grab` False is for what is no input device but sends the same bytes.
    """

    def __init__(self, section: KeysSection, tell: Tell, *, grab: bool = True) -> None:
        self._tell = tell
        self._names = {code(name): name for name in meanings(section.names)}
        self._device = InputDevice(section.address, self._hear, grab=grab)

    def start(self) -> tuple[bool, ...]:
        """Look for it."""
        self._device.start()
        return ()

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
        elif told.motion is Motion.DOWN and told.code in self._names:
            self._tell(KeyDown(self._names[told.code]))
