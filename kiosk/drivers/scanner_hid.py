"""A scanner that calls itself a keyboard, read as a Linux input device.

Rules: it must end a code with Enter, as it comes from the factory; after a pause of `PAUSE_S` a new code begins, so
that the rest of a broken one never stands before the next.
"""

import time
from collections.abc import Callable

from appliance.input.device import DeviceIs, InputDevice
from appliance.input.events import KeyMoved
from kiosk.config import ScannerSection
from kiosk.parts import CodeScanned, ScannerIs
from kiosk.scanned import Gatherer
from kiosk.typed_codes import Typist

PAUSE_S = 1.0


class HidScanner:
    """Reads the scanner at `section.address`; `tell` gets ScannerIs and CodeScanned, on the device's thread.

    `monotonic` gives seconds; `grab` False is for what is no input device but sends the same bytes.
    """

    def __init__(
        self,
        section: ScannerSection,
        tell: Callable[[object], None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        grab: bool = True,
    ) -> None:
        self._tell = tell
        self._monotonic = monotonic
        self._device = InputDevice(section.address, self._hear, grab=grab)
        self._typist, self._gatherer = Typist(), Gatherer()
        self._typed_at = 0.0

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
            self._typist, self._gatherer = Typist(), Gatherer()
            self._tell(ScannerIs(told.present, told.detail))
            return
        now = self._monotonic()
        if now - self._typed_at > PAUSE_S:
            self._gatherer.forget()
        self._typed_at = now
        for code in self._gatherer.feed(self._typist.typed(told)):
            self._tell(CodeScanned(code))
