"""Push buttons on the header's pins. Rules: edges are handed on as they are."""

import gpiozero

from appliance.input.pins import Buttons
from desk_keypad.config import KeysSection
from desk_keypad.ports import KeysAre, Tell


class GpioKeys:
    """Buttons that close their pins to ground, in the order of the configuration."""

    def __init__(self, section: KeysSection, tell: Tell, pins: gpiozero.Factory | None = None) -> None:
        """`pins` are other pins than the machine's own, such as gpiozero's simulated ones."""
        self._tell = tell
        self._buttons = Buttons(tuple(section.pins.values()), tell, pins)

    def start(self) -> tuple[bool, ...]:
        """Claim the pins; which buttons are down. Raises CannotStart."""
        down = self._buttons.start()
        self._tell(KeysAre(present=True))
        return down

    def stop(self) -> None:
        """Let the pins go."""
        self._buttons.stop()

    @property
    def alive(self) -> bool:
        """The thread is the pin library's."""
        return True
