"""The files that tell each program who it plays, and the cable it hangs on.

Rules: a box reaches the bus through its own cable only; the hub is plugged in directly.
"""

from pathlib import Path
from typing import Any

from virtual_centre.cable import Cable
from virtual_centre.demo_files import LED_TEMPLATE, SITE, DemoFiles
from virtual_centre.edge_loop import EdgeLoop
from virtual_centre.ports import HOST

KIOSK, BOARD, LED, CROWD = "kiosk-1", "board-hall", "board-led", "kiosk-2"
TOUCH_DESK = "q01b"
"""The desk whose rating terminal is a touch screen."""
KEYPAD_DESK = "q01a"
KEYPAD = f"keypad-{KEYPAD_DESK}"


class Cast:
    """Writes configurations into `files` for a centre whose bus, hub and stage are on these ports of loopback."""

    def __init__(self, files: DemoFiles, loop: EdgeLoop, bus: int, hub: int, stage: int) -> None:
        self._files = files
        self._loop = loop
        self._bus = bus
        self._hub = hub
        self._stage = stage
        self._cables: dict[str, Cable] = {}

    def cable(self, device: str) -> Cable:
        """The cable of a box; laid when it is first asked for."""
        if device not in self._cables:
            self._cables[device] = Cable(self._loop, self._bus)
            self._cables[device].start()
        return self._cables[device]

    def stop(self) -> None:
        """Take all cables away."""
        for cable in self._cables.values():
            cable.stop()

    def hub(self) -> Path:
        """The hub."""
        changes = {
            "data.dir": str(self._files.home),
            "site.folder": str(SITE),
            "bus.port": self._bus,
            "clock.path": str(self._files.clock),
            "web.port": self._hub,
        }
        return self._files.configuration("hub", "hub", changes)

    def kiosk(self, printer: str) -> Path:
        """The kiosk, with its printer at that address."""
        return self._box("kiosk", KIOSK, {"hub.url": self._url, "printer.address": printer})

    def board(self) -> Path:
        """The board in the hall."""
        return self._box("board", BOARD, {"hub.url": self._url, "output.1.clips": str(self._files.voice)})

    def led(self, url: str) -> Path:
        """The LED panels, on the line `url`."""
        return self._box("led", LED, {"output.0.url": url, "output.0.template": str(LED_TEMPLATE)})

    def terminal(self, desk: str) -> Path:
        """The rating terminal of a desk: a touch screen at one of them, buttons with lamps at all others."""
        shipped = "rating-screen" if desk == TOUCH_DESK else "rating"
        return self._box(shipped, terminal_of(desk), {"hub.url": self._url})

    def keypad(self) -> Path:
        """The bare keypad of a desk."""
        return self._files.configuration("keypad", KEYPAD, self._everywhere(KEYPAD))

    def crowd(self) -> Path:
        """Simulated citizens and clerks."""
        return self._files.configuration("crowd", CROWD, {**self._everywhere(CROWD), "folder": str(SITE)})

    def _box(self, shipped: str, device: str, changes: dict[str, Any]) -> Path:
        own = {**self._everywhere(device), "data.dir": str(self._files.box(device)), **changes}
        return self._files.configuration(shipped, device, own)

    def _everywhere(self, device: str) -> dict[str, Any]:
        return {
            "device.id": device,
            "bus.port": self.cable(device).port,
            "clock.path": str(self._files.clock),
            "stage.address": f"{HOST}:{self._stage}",
        }

    @property
    def _url(self) -> str:
        return f"http://{HOST}:{self._hub}"


def terminal_of(desk: str) -> str:
    """The device id of a desk's rating terminal; the hub knows the desk by it."""
    return f"rating-{desk}"
