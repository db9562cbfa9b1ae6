"""The keypad's configuration file."""

import re
from typing import Annotated, Literal

import msgspec

from appliance.input.codes import code
from appliance.runtime.config import BusSection, ClockSection, DeviceSection, Section, StageSection
from appliance.wire.choices import Reason
from appliance.wire.ids import DeskId, QueueId
from desk_keypad.keymap import USB_KEYPAD, Meaning, meanings
from desk_keypad.wishes import MOST_CHOICES

DEVICE_PREFIX = "keypad-"
Pin = Annotated[int, msgspec.Meta(ge=0, le=27)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
_PIN = re.compile(r"GPIO([0-9]|1[0-9]|2[0-7])")


class KeysSection(Section, frozen=True):
    """The keys: `input` is a keypad that Linux shows as an input device, `gpio` are push buttons to ground.

    `address`: the input device, such as `/dev/queue-desk-keys`. `names`: which keys mean what, as `evtest` calls them,
    or the pins of buttons (`GPIO5`); without it, the usual numeric keypad.
    """

    driver: Literal["input", "gpio", "sim"] = "input"
    address: str = ""
    names: dict[Meaning, tuple[str, ...]] = msgspec.field(default_factory=lambda: dict(USB_KEYPAD))

    def __post_init__(self) -> None:
        if self.driver == "input" and not self.address:
            raise ValueError("driver input needs address, such as /dev/queue-desk-keys")
        if not self.names.get("next"):
            raise ValueError("names.next is missing; without that key nobody can be called")
        for key in meanings(self.names):
            if self.driver != "gpio":
                code(key)
            elif not _PIN.fullmatch(key):
                raise ValueError(f"{key} is no pin; driver gpio needs names.next and others, such as GPIO5")

    @property
    def pins(self) -> dict[str, int]:
        """The buttons of driver `gpio` in order, key → BCM number."""
        return {key: int(key.removeprefix("GPIO")) for key in meanings(self.names)}


class LampsSection(Section, frozen=True):
    """Three lamps side by side, with their pins (BCM numbers): green, yellow, red. `none` is for no lamps."""

    driver: Literal["gpio", "sim", "none"] = "none"
    pins: tuple[Pin, ...] = ()
    light_on_low: bool = False

    def __post_init__(self) -> None:
        if self.driver == "gpio" and len(set(self.pins)) != 3:
            raise ValueError("driver gpio needs three pins: green, yellow, red")


class DisplaySection(Section, frozen=True):
    """A small display on the machine's video output, its own pixels; `language` vi or en."""

    driver: Literal["screen", "sim", "none"] = "none"
    width: Annotated[int, msgspec.Meta(ge=400, le=1920)] = 480
    height: Annotated[int, msgspec.Meta(ge=200, le=1080)] = 320
    fullscreen: bool = True
    language: Literal["vi", "en"] = "vi"

    def __post_init__(self) -> None:
        if self.width < 1.3 * self.height:
            raise ValueError(f"{self.width} x {self.height} is not lying; use a display such as 480 x 320")


class Target(Section, frozen=True):
    """Where a visit may be sent: a queue or a desk, and what a person calls it.

    `reason` is given to the hub: without one it lets nobody be sent back to where the visit has been.
    """

    name: Name
    queue: QueueId | None = None
    desk: DeskId | None = None
    reason: Reason = ""

    def __post_init__(self) -> None:
        if (self.queue is None) == (self.desk is None):
            raise ValueError("name a queue or a desk, one of them")


class KeypadSection(Section, frozen=True):
    """Whose keypad it is. Without `desk` it is the one in the device's name: `keypad-q01a` is at `q01a`.

    `transfers` and `pauses` are chosen with a digit, in this order; the first also by the same key again.
    """

    desk: DeskId | None = None
    pauses: tuple[Reason, ...] = ("Giải lao", "Họp, trao đổi hồ sơ", "Hỗ trợ quầy khác", "Việc khác")
    transfers: tuple[Target, ...] = ()

    def __post_init__(self) -> None:
        for choices in (self.pauses, self.transfers):
            if len(choices) > MOST_CHOICES:
                raise ValueError(f"{len(choices)} choices for {MOST_CHOICES} digits; leave some out")


class KeypadConfig(Section, frozen=True):
    """Everything a keypad is told at start. It keeps nothing on disk."""

    device: DeviceSection
    keys: KeysSection
    bus: BusSection = BusSection()
    clock: ClockSection = ClockSection()
    stage: StageSection = StageSection()
    lamps: LampsSection = LampsSection()
    display: DisplaySection = DisplaySection()
    keypad: KeypadSection = KeypadSection()

    def __post_init__(self) -> None:
        if self.keypad.desk is None and not self.device.id.startswith(DEVICE_PREFIX):
            raise ValueError(f"keypad.desk is missing and {self.device.id} does not name one; set keypad.desk")
        shared = set(self.lamps.pins) & set(self.keys.pins.values()) if self.keys.driver == "gpio" else set()
        if shared and self.lamps.driver == "gpio":
            raise ValueError(f"pin {min(shared)} is a key and a lamp; give each its own")

    @property
    def desk(self) -> str:
        """The desk it stands at."""
        return self.keypad.desk or self.device.id.removeprefix(DEVICE_PREFIX)
