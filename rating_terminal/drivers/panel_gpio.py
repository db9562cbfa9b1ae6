"""Push buttons and lamps on the header's pins, through gpiozero. The only file that imports it.

Rules: raw edges, both of them, with the kernel's own time; no `bounce_time` (its meaning differs from one pin library
to the next, and the simulated pins ignore it): debouncing is `debounce.py`'s work. Callbacks run on the pin library's
thread and only hand the edge on.
"""

import time
from collections.abc import Callable

import gpiozero
from gpiozero.exc import GPIOZeroError

from appliance.runtime.errors import CannotStart
from rating_terminal.config import PanelSection
from rating_terminal.debounce import Edge
from rating_terminal.ports import Face, Report, Tell

LATEST_S = 5.0
"""No edge is older than this when we hear of it; a pin library that says so counts from another origin."""


class GpioPanel:
    """A `Panel` on real pins: a button closes its pin to ground, a lamp hangs on an output."""

    def __init__(self, section: PanelSection, tell: Tell, report: Report, pins: gpiozero.Factory | None = None) -> None:
        """`pins` are other pins than the machine's own, such as gpiozero's simulated ones."""
        self._pins = pins
        self._section = section
        self._tell = tell
        self._report = report
        self._buttons: list[gpiozero.DigitalInputDevice] = []
        self._lamps: list[gpiozero.DigitalOutputDevice] = []
        self._tellers: list[Callable[[float, int], None]] = []  # the pins hold them weakly: somebody must hold on

    def start(self) -> tuple[bool, ...]:
        """Claim the pins; which buttons are down. Raises CannotStart."""
        try:
            self._lamps = [self._lamp(pin) for pin in self._section.lamps]
            self._buttons = [self._button(pin) for pin in self._section.buttons]
        except (GPIOZeroError, OSError) as error:
            self.stop()
            raise CannotStart(
                f"panel: {error}; check panel.buttons and panel.lamps, and that no one else uses them"
            ) from error
        self._tellers = [self._teller(level, button) for level, button in enumerate(self._buttons, 1)]
        for button, teller in zip(self._buttons, self._tellers, strict=True):
            button.pin.when_changed = teller
        self._report("ready", "")
        return tuple(bool(button.is_active) for button in self._buttons)

    def show(self, face: Face) -> None:
        """Light the lamps."""
        for lamp, lit in zip(self._lamps, face.lamps, strict=False):
            lamp.value = lit

    def stop(self) -> None:
        """Let the pins go; an output that is let go turns its lamp off."""
        for device in (*self._buttons, *self._lamps):
            device.close()
        self._buttons, self._lamps = [], []

    def _lamp(self, pin: int) -> gpiozero.DigitalOutputDevice:
        return gpiozero.DigitalOutputDevice(
            pin, active_high=not self._section.lamps_light_on_low, pin_factory=self._pins
        )

    def _button(self, pin: int) -> gpiozero.DigitalInputDevice:
        return gpiozero.DigitalInputDevice(pin, pull_up=True, pin_factory=self._pins)

    def _teller(self, level: int, button: gpiozero.DigitalInputDevice) -> Callable[[float, int], None]:
        factory = button.pin_factory

        def changed(ticks: float, state: int) -> None:
            age = factory.ticks_diff(factory.ticks(), ticks)
            at = time.monotonic() - (age if 0 <= age < LATEST_S else 0.0)
            self._tell(Edge(level, down=not state, at=at))

        return changed
