"""Which devices there are and how they are, as they say themselves.

Rules: no clock and no I/O; written by the bus's thread, read by others: a device's row is replaced whole.
"""

from msgspec import Struct
from msgspec.structs import replace

from appliance.wire.messages import Health
from appliance.wire.told import Part

PRINTER = "printer"
"""The part by which a kiosk is known."""
MOST = 1000
"""More devices than any centre has: a stranger cannot fill the memory."""


class Device(Struct, frozen=True):
    """One device: whether the bus sees it, and its last health."""

    id: str
    online: bool = False
    health: Health | None = None


def printer(device: Device) -> Part | None:
    """How the printer of a kiosk is; None of a device that is none."""
    return device.health.parts.get(PRINTER) if device.health else None


def prints(device: Device) -> bool:
    """Whether it is a kiosk that is there and can print now."""
    part = printer(device)
    return device.online and part is not None and part.state != "fault"


class Devices:
    """All devices ever heard since the start."""

    def __init__(self) -> None:
        self._rows: dict[str, Device] = {}

    def present(self, device: str, online: bool) -> None:
        """The bus says that it came or went."""
        self._put(replace(self._rows.get(device, Device(device)), online=online))

    def healthy(self, device: str, health: Health) -> None:
        """It says how it is."""
        self._put(replace(self._rows.get(device, Device(device)), health=health))

    def get(self, device: str) -> Device | None:
        """One device, or None when it was never heard."""
        return self._rows.get(device)

    def all(self) -> list[Device]:
        """The devices, by id."""
        return sorted(self._rows.copy().values(), key=lambda device: device.id)

    def _put(self, device: Device) -> None:
        if device.id in self._rows or len(self._rows) < MOST:
            self._rows[device.id] = device
