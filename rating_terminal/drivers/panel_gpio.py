"""A panel on the header's pins: its buttons and its lamps. Rules: edges are handed on as they are."""

import gpiozero

from appliance.input.pins import Buttons, Lamps
from appliance.runtime.errors import CannotStart
from rating_terminal.config import PanelSection
from rating_terminal.ports import Face, Report, Tell


class GpioPanel:
    """A `Panel` on real pins: a button closes its pin to ground, a lamp hangs on an output."""

    def __init__(self, section: PanelSection, tell: Tell, report: Report, pins: gpiozero.Factory | None = None) -> None:
        """`pins` are other pins than the machine's own, such as gpiozero's simulated ones."""
        self._buttons = Buttons(section.buttons, tell, pins)
        self._lamps = Lamps(section.lamps, pins, on_low=section.lamps_light_on_low)
        self._report = report

    def start(self) -> tuple[bool, ...]:
        """Claim the pins; which buttons are down. Raises CannotStart."""
        try:
            self._lamps.start()
            down = self._buttons.start()
        except CannotStart as error:
            self.stop()
            raise CannotStart(f"panel: {error}") from error
        self._report("ready", "")
        return down

    def show(self, face: Face) -> None:
        """Light the lamps."""
        self._lamps.light(face.lamps)

    def stop(self) -> None:
        """Let the pins go."""
        self._buttons.stop()
        self._lamps.stop()
