"""The hub's configuration file."""

from typing import Annotated, Literal

import msgspec

from appliance.runtime.config import BusSection, ClockSection, DataSection, DeviceSection, Section
from appliance.wire.ids import DeskId, DeviceId
from broker.web.config import WebSection

SomeDesk = Annotated[str, msgspec.Meta(pattern=r"^(\*|[a-z0-9][a-z0-9-]{0,31})$(?!\n)")]
"""A desk, or `"*"` for every one."""


class HubClockSection(Section, frozen=True):
    """Which clock the hub decides by: the machine's, a shared one, or the messages' own (`messages`, for replays)."""

    driver: Literal["system", "shared", "messages"] = "system"
    path: str = ""
    trusted: bool = False

    def __post_init__(self) -> None:
        if self.driver == "shared" and not self.path:
            raise ValueError("driver shared needs path")

    def section(self) -> ClockSection:
        """The clock that a box would have; messages fall back to the machine's for everything but decisions."""
        if self.driver == "messages":
            return ClockSection(trusted=True)
        return ClockSection(driver=self.driver, path=self.path, trusted=self.trusted)


class SiteSection(Section, frozen=True):
    """The folder with the centre's data files.

    `always_open` ignores its hours, for demonstrations and benches; `never_refuses` its closing rule, for a replay of
    what has happened.
    """

    folder: str
    always_open: bool = False
    never_refuses: bool = False


class LimitsSection(Section, frozen=True):
    """How many messages a second one device may send, and how many at once; 0 is no limit."""

    messages_per_s: Annotated[float, msgspec.Meta(ge=0)] = 20.0
    burst: Annotated[float, msgspec.Meta(ge=1)] = 100.0


class HubConfig(Section, frozen=True):
    """Everything a hub is told at start. `rating_desks` binds a rating device to a desk where its name does not.

    `keypad_desks` says which desks' keys a keypad or program may press where its name does not; `"*"` is every desk.
    """

    device: DeviceSection
    data: DataSection
    site: SiteSection
    bus: BusSection = BusSection()
    clock: HubClockSection = HubClockSection()
    web: WebSection = WebSection()
    limits: LimitsSection = LimitsSection()
    rating_desks: dict[DeviceId, DeskId] = msgspec.field(default_factory=dict)
    keypad_desks: dict[DeviceId, tuple[SomeDesk, ...]] = msgspec.field(default_factory=dict)
