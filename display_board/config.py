"""The board's configuration file: one process drives a list of outputs."""

from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

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
from appliance.sound.sentences import Phrasing
from appliance.wire.ids import CounterId, DeskId, Language
from display_board.compose import Choice
from display_board.counter import Seats
from display_board.views import Arrow, Second
from display_board.voice import Manner

Pixels = Annotated[int, msgspec.Meta(ge=320, le=7680)]
QuietHours = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$")]
PartName = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9-]{0,31}$")]


class ScreenSection(Section, frozen=True):
    """What any screen is told; `second` is the language below the Vietnamese, "" for none."""

    driver: Literal["hdmi", "sim"] = "hdmi"
    part: PartName = "screen"
    width: Pixels = 1920
    height: Pixels = 1080
    fullscreen: bool = True
    second: Second = "en"


class ScreenOutput(ScreenSection, frozen=True, tag_field="kind", tag="hdmi"):
    """A hall's screen: which calls it shows (no desks and counters named: all) and which way citizens walk from it.

    The way to a counter stands in the centre's data; `arrows` says it for a screen that hangs elsewhere, `arrow` where
    nobody says it.
    """

    desks: tuple[DeskId, ...] = ()
    counters: tuple[CounterId, ...] = ()
    arrow: Arrow = Arrow.RIGHT
    arrows: dict[CounterId, Arrow] = msgspec.field(default_factory=dict)

    def choice(self) -> Choice:
        """What the screen shows, as the pure core knows it."""
        return Choice(frozenset(self.desks), frozenset(self.counters), self.arrow, self.arrows, self.second)

    @property
    def named_counters(self) -> tuple[CounterId, ...]:
        """Every counter that the section speaks of."""
        return (*self.counters, *self.arrows)


class CounterOutput(ScreenSection, frozen=True, tag_field="kind", tag="counter", kw_only=True):
    """A counter's own screen: the number, state and next number of each of `desks`."""

    desks: Annotated[tuple[DeskId, ...], msgspec.Meta(min_length=1, max_length=32)]

    def seats(self) -> Seats:
        """What the screen shows, as the pure core knows it."""
        return Seats(self.desks, self.second)

    @property
    def named_counters(self) -> tuple[CounterId, ...]:
        """Every counter that the section speaks of."""
        return ()


class PanelSection(Section, frozen=True):
    """One LED panel: its address on the line, and the desks whose number it shows (the last to call wins)."""

    address: Annotated[int, msgspec.Meta(ge=0, le=65535)]
    desks: Annotated[tuple[DeskId, ...], msgspec.Meta(min_length=1)]


class LedOutput(Section, frozen=True, tag_field="kind", tag="led"):
    """A line of LED panels: where it is (`/dev/queue-led`, `socket://host:port`), and which kind of panels they are.

    `template` is a file such as `/etc/goiso/led/value-sum8.toml`. `rs485` asks the port to switch its direction by
    itself; a port that cannot is used without.
    """

    panels: Annotated[tuple[PanelSection, ...], msgspec.Meta(min_length=1)]
    driver: Literal["led_serial", "sim"] = "led_serial"
    part: PartName = "led"
    url: str = "/dev/queue-led"
    template: str = ""
    rs485: bool = False

    def __post_init__(self) -> None:
        addresses = [panel.address for panel in self.panels]
        if len(addresses) != len(set(addresses)):
            raise ValueError("two panels have the same address; give each its own")


class VoiceOutput(Section, frozen=True, tag_field="kind", tag="voice"):
    """A loudspeaker: which calls it says (no desks and counters named: all), with which clips, and when it is silent.

    `clips` is a folder that `goiso voice build` made; `always` are the languages said after the citizen's own; `quiet`
    are hours of the day such as "11:30-13:00".
    """

    clips: str
    driver: Literal["alsa", "sim"] = "alsa"
    part: PartName = "speaker"
    device: str = "default"
    """The sound card, as `aplay -L` calls it."""
    desks: tuple[DeskId, ...] = ()
    counters: tuple[CounterId, ...] = ()
    always: tuple[Language, ...] = ("vi",)
    quiet: tuple[QuietHours, ...] = ()

    def manner(self, phrasings: Mapping[str, Phrasing]) -> Manner:
        """How it speaks, as the pure core knows it."""
        choice = Choice(frozenset(self.desks), frozenset(self.counters))
        hours = [(time.fromisoformat(hours[:5]), time.fromisoformat(hours[6:])) for hours in self.quiet]
        return Manner(choice, phrasings, self.always, hours)

    @property
    def named_counters(self) -> tuple[CounterId, ...]:
        """Every counter that the section speaks of."""
        return self.counters


Output: TypeAlias = ScreenOutput | CounterOutput | LedOutput | VoiceOutput


class BoardConfig(Section, frozen=True):
    """Everything a board is told at start. Without `hub` it shows numbers and counters, but no names."""

    device: DeviceSection
    data: DataSection
    output: Annotated[tuple[Output, ...], msgspec.Meta(min_length=1)]
    bus: BusSection = BusSection()
    hub: HubSection | None = None
    clock: ClockSection = ClockSection()
    stage: StageSection = StageSection()
    board: LocalSection = LocalSection()

    def __post_init__(self) -> None:
        parts = [output.part for output in self.output]
        if len(parts) != len(set(parts)):
            raise ValueError('two outputs have the same part; write part = "..." into one of them')
        if sum(output.driver == "hdmi" for output in self.output) > 1:
            raise ValueError("one process drives one real screen; start another board for the second")

    @property
    def desks(self) -> frozenset[str]:
        """Every desk that an output names."""
        screens = [desk for output in self.output if not isinstance(output, LedOutput) for desk in output.desks]
        lines = [panel.desks for output in self.output if isinstance(output, LedOutput) for panel in output.panels]
        return frozenset((*screens, *(desk for desks in lines for desk in desks)))

    @property
    def counters(self) -> frozenset[str]:
        """Every counter that an output names."""
        screens = [output for output in self.output if not isinstance(output, LedOutput)]
        return frozenset(counter for output in screens for counter in output.named_counters)

    @property
    def journal(self) -> Path:
        """The file that remembers which calls were announced."""
        return Path(self.data.dir) / f"{self.device.id}.sqlite"

    @property
    def words(self) -> Path:
        """The file that keeps the names and texts of the centre."""
        return Path(self.data.dir) / f"{self.device.id}-words.json"
