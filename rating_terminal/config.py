"""The rating terminal's configuration file."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec

from appliance.runtime.config import (
    BusSection,
    ClockSection,
    DataSection,
    DeviceSection,
    LocalSection,
    Section,
    StageSection,
)
from appliance.runtime.site_words import HubSection
from appliance.wire.ids import DeskId
from rating_terminal.view import UNITS_HIGH

Pin = Annotated[int, msgspec.Meta(ge=0, le=27)]
DEVICE_PREFIX = "rating-"


class PanelSection(Section, frozen=True):
    """The panel: how many levels, and where buttons and lamps are (BCM numbers, the best level first).

    Buttons close to ground. `lamps` may be left out for a panel without them. A panel of driver `screen` is touched and
    has neither; how it is, stands in section `screen`.
    """

    driver: Literal["gpio", "sim", "screen", "screen-sim"] = "gpio"
    levels: Annotated[int, msgspec.Meta(ge=2, le=5)] = 4
    buttons: tuple[Pin, ...] = ()
    lamps: tuple[Pin, ...] = ()
    lamps_light_on_low: bool = False

    def __post_init__(self) -> None:
        if self.driver == "gpio" and len(self.buttons) != self.levels:
            raise ValueError(f"{len(self.buttons)} buttons for {self.levels} levels; name one pin per level")
        if self.lamps and len(self.lamps) != self.levels:
            raise ValueError(f"{len(self.lamps)} lamps for {self.levels} levels; name one pin per level, or none")
        pins = (*self.buttons, *self.lamps)
        if len(pins) != len(set(pins)):
            raise ValueError("a pin is used twice; give each button and lamp its own")


class ScreenSection(Section, frozen=True):
    """The touch screen of a panel of driver `screen`, lying; its own pixels, and how tall its picture is."""

    width: Annotated[int, msgspec.Meta(ge=640, le=3840)] = 1024
    height: Annotated[int, msgspec.Meta(ge=400, le=2160)] = 600
    height_mm: float = 86.0
    fullscreen: bool = True

    def __post_init__(self) -> None:
        if self.width < 1.5 * self.height:
            raise ValueError(f"{self.width} x {self.height} is not lying; use a screen such as 1024 x 600")
        if self.height_mm < UNITS_HIGH:
            raise ValueError(
                f"a picture {self.height_mm:g} mm tall has targets below 20 mm; use {UNITS_HIGH} mm or more"
            )


class TerminalSection(LocalSection, frozen=True):
    """Where the terminal stands. Without `desk` it is the one in the device's name: `rating-q01a` is at `q01a`."""

    desk: DeskId | None = None


class RatingConfig(Section, frozen=True):
    """Everything a terminal is told at start. Without `hub` the levels have their usual names."""

    device: DeviceSection
    data: DataSection
    panel: PanelSection
    bus: BusSection = BusSection()
    hub: HubSection | None = None
    clock: ClockSection = ClockSection()
    stage: StageSection = StageSection()
    terminal: TerminalSection = TerminalSection()
    screen: ScreenSection = ScreenSection()

    def __post_init__(self) -> None:
        if self.terminal.desk is None and not self.device.id.startswith(DEVICE_PREFIX):
            raise ValueError(f"terminal.desk is missing and {self.device.id} does not name one; set terminal.desk")

    @property
    def desk(self) -> str:
        """The desk it stands at."""
        return self.terminal.desk or self.device.id.removeprefix(DEVICE_PREFIX)

    @property
    def journal(self) -> Path:
        """The file that keeps every press until the hub has it."""
        return Path(self.data.dir) / f"{self.device.id}.sqlite"

    @property
    def words(self) -> Path:
        """The file that keeps the names and texts of the centre."""
        return Path(self.data.dir) / f"{self.device.id}-words.json"
