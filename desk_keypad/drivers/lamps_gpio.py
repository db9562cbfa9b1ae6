"""Three lamps on the header's pins. Rules: what is to be lit was decided before."""

import gpiozero

from appliance.input import pins
from desk_keypad.config import LampsSection
from desk_keypad.ports import Face


class GpioLamps:
    """Green, yellow, red."""

    def __init__(self, section: LampsSection, factory: gpiozero.Factory | None = None) -> None:
        """`factory` makes other pins than the machine's own, such as gpiozero's simulated ones."""
        self._lamps = pins.Lamps(section.pins, factory, on_low=section.light_on_low)

    def start(self) -> None:
        """Claim the pins. Raises CannotStart."""
        self._lamps.start()

    def show(self, face: Face) -> None:
        """Light them."""
        self._lamps.light(face.lamps)

    def stop(self) -> None:
        """Let the pins go; the lamps go out."""
        self._lamps.stop()

    @property
    def alive(self) -> bool:
        """It has no thread of its own."""
        return True
