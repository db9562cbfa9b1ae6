"""Push buttons and lamps on the header's pins, through gpiozero. The only file that imports it.

Rules: raw edges, both of them, with the kernel's own time; no `bounce_time` (its meaning differs from one pin library
to the next, and the simulated pins ignore it): debouncing is `debounce.py`'s work. Callbacks run on the pin library's
thread and only hand the edge on.
"""

import time
from collections.abc import Callable, Sequence

import gpiozero
from gpiozero.exc import GPIOZeroError

from appliance.input.debounce import Edge
from appliance.runtime.errors import CannotStart

LATEST_S = 5.0
"""No edge is older than this when we hear of it; a pin library that says so counts from another origin."""


class Buttons:
    """Buttons that close their pins (BCM numbers) to ground; `tell` gets their edges, numbered from 1.

    `factory` makes other pins than the machine's own, such as gpiozero's simulated ones.
    """

    def __init__(self, pins: Sequence[int], tell: Callable[[Edge], None], factory: gpiozero.Factory | None) -> None:
        self._pins = pins
        self._tell = tell
        self._factory = factory
        self._open: list[gpiozero.DigitalInputDevice] = []
        self._tellers: list[Callable[[float, int], None]] = []  # the pins hold them weakly: somebody must hold on

    def start(self) -> tuple[bool, ...]:
        """Claim the pins; which buttons are down. Raises CannotStart."""
        try:
            for pin in self._pins:
                self._open.append(gpiozero.DigitalInputDevice(pin, pull_up=True, pin_factory=self._factory))
        except (GPIOZeroError, OSError) as error:
            self.stop()
            raise CannotStart(f"buttons: {error}; check their pins, and that no one else uses them") from error
        self._tellers = [self._teller(number, button) for number, button in enumerate(self._open, 1)]
        for button, teller in zip(self._open, self._tellers, strict=True):
            button.pin.when_changed = teller
        return tuple(bool(button.is_active) for button in self._open)

    def stop(self) -> None:
        """Let the pins go."""
        _close(self._open)

    def _teller(self, number: int, button: gpiozero.DigitalInputDevice) -> Callable[[float, int], None]:
        factory = button.pin_factory

        def changed(ticks: float, state: int) -> None:
            age = factory.ticks_diff(factory.ticks(), ticks)
            at = time.monotonic() - (age if 0 <= age < LATEST_S else 0.0)
            self._tell(Edge(number, down=not state, at=at))

        return changed


class Lamps:
    """Lamps on pins; `on_low`: they light when their pin is low. `factory` as for buttons."""

    def __init__(self, pins: Sequence[int], factory: gpiozero.Factory | None, *, on_low: bool = False) -> None:
        self._pins = pins
        self._factory = factory
        self._on_low = on_low
        self._open: list[gpiozero.DigitalOutputDevice] = []

    def start(self) -> None:
        """Claim the pins; all dark. Raises CannotStart."""
        try:
            for pin in self._pins:
                lamp = gpiozero.DigitalOutputDevice(pin, active_high=not self._on_low, pin_factory=self._factory)
                self._open.append(lamp)
        except (GPIOZeroError, OSError) as error:
            self.stop()
            raise CannotStart(f"lamps: {error}; check their pins, and that no one else uses them") from error

    def light(self, lit: Sequence[bool]) -> None:
        """Light those, in the order of their pins."""
        for lamp, on in zip(self._open, lit, strict=False):
            lamp.value = on

    def stop(self) -> None:
        """Let the pins go; an output that is let go turns its lamp off."""
        _close(self._open)


def _close(devices: list[gpiozero.DigitalInputDevice] | list[gpiozero.DigitalOutputDevice]) -> None:
    for device in devices:
        device.close()
    devices.clear()
