"""What a kiosk's TOML file may say."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec

from appliance.input.codes import code
from appliance.runtime.config import (
    BusSection,
    ClockSection,
    DataSection,
    DeviceSection,
    Seconds,
    Section,
    StageSection,
)
from appliance.runtime.site_words import HubSection
from appliance.wire.ids import Language

Pixels = Annotated[int, msgspec.Meta(ge=480, le=7680)]


class ScreenSection(Section, frozen=True):
    """The touch screen, in its own pixels; taller than wide or wider than tall."""

    driver: Literal["pygame", "sim"] = "pygame"
    width: Pixels = 1080
    height: Pixels = 1920
    fullscreen: bool = True
    language: Language = "vi"
    """The language of the start page."""


class PrinterSection(Section, frozen=True):
    """The ticket printer. `address` is `tcp://HOST:PORT`, `serial:/dev/ttyS0?baud=19200` or `usb:04b8:0e28`."""

    driver: Literal["escpos", "sim"] = "escpos"
    address: str = ""
    dots: Annotated[int, msgspec.Meta(ge=256, le=1024)] = 576
    """Printable width: 576 on 80 mm paper, 384 on 58 mm."""
    confirm: Literal["barrier", "process-id"] = "barrier"
    """How the printer says that a ticket is out: `GS r` after the cut, or `GS ( H` where its manual has it.

    Never probed: a printer that does not know `GS ( H` would print it.
    """
    mode: Literal["hybrid", "raster", "native"] = "hybrid"
    """Who makes the words: hybrid keeps the fixed ones in the printer and lets it write figures, number and code;
    raster draws everything; native lets it write Vietnamese by itself, with `tables`, which a printed page has proved.
    """
    tables: dict[Literal["tcvn3-lower", "tcvn3-upper", "windows-1258"], Annotated[int, msgspec.Meta(ge=0, le=255)]] = (
        msgspec.field(default_factory=dict)
    )
    """The numbers of the printer's Vietnamese tables, for mode native; `goiso printer-test` prints them."""
    smooth: bool = False
    """Whether its manual has `GS b`: the large number gets smooth edges. Never probed, others print the letter b."""
    logo: str = ""
    """A picture file (PNG) of the centre's sign, printed above its name; dark parts come out black."""
    deadline_s: Seconds = 20.0
    """After this long without a confirmation a ticket is doubtful."""

    def __post_init__(self) -> None:
        if self.driver == "escpos" and not self.address:
            raise ValueError("driver escpos needs address, such as tcp://10.77.0.20:9100")
        if self.mode == "native" and not self.tables:
            raise ValueError("mode native needs tables, such as { tcvn3-lower = 30, tcvn3-upper = 31 }")


class ScannerSection(Section, frozen=True):
    """The reader of citizens' cards and of receipts.

    `serial` is a line, by USB or RS-232, `hid` a scanner that types like a keyboard; `address` is its device, such as
    `/dev/queue-scanner`, with `?baud=9600` behind it where it is a real serial line.
    """

    driver: Literal["none", "serial", "hid", "sim"] = "none"
    address: str = ""

    def __post_init__(self) -> None:
        if self.driver in ("serial", "hid") and not self.address.startswith("/"):
            raise ValueError(f"driver {self.driver} needs address, such as /dev/queue-scanner")


class SoundSection(Section, frozen=True):
    """What speaks to people who cannot see the screen."""

    driver: Literal["none", "alsa", "sim"] = "none"
    device: str = "default"
    """The sound card, as `aplay -L` calls it."""
    recordings: str = ""
    """A folder with recordings of a speaker, taken instead of the synthesised voice where there is one."""


class KeysSection(Section, frozen=True):
    """The physical keys of the spoken guide: names of Linux keys (`evtest` shows them), several for one if one likes.

    `address`: the input device of the keypad, such as `/dev/queue-keys`; `headphones`: that of a socket which tells
    when something is plugged in, "" without one.
    """

    driver: Literal["none", "input", "sim"] = "none"
    address: str = ""
    headphones: str = ""
    next: tuple[str, ...] = ("KEY_KPPLUS", "KEY_RIGHT", "KEY_DOWN", "KEY_TAB")
    choose: tuple[str, ...] = ("KEY_KPENTER", "KEY_ENTER", "KEY_SPACE")
    repeat: tuple[str, ...] = ("KEY_KP0", "KEY_HELP", "SW_HEADPHONE_INSERT")
    back: tuple[str, ...] = ("KEY_KPMINUS", "KEY_LEFT", "KEY_UP", "KEY_BACKSPACE")

    def __post_init__(self) -> None:
        if self.driver == "input" and not self.address.startswith("/"):
            raise ValueError("driver input needs address, such as /dev/queue-keys")
        names = [name for names in (self.next, self.choose, self.repeat, self.back) for name in names]
        if len({code(name) for name in names}) < len(names):
            raise ValueError("one key has two meanings; give each of next, choose, repeat and back its own")
        if not self.next or not self.choose:
            raise ValueError("next and choose need a key each")


class TimesSection(Section, frozen=True):
    """How long a page waits, in seconds: for hands while choosing, for the hub, for the paper to be taken..."""

    browse_s: Seconds = 45.0
    answer_s: Seconds = 1.5
    take_s: Seconds = 10.0
    doubt_s: Seconds = 45.0
    sorry_s: Seconds = 20.0


class KioskConfig(Section, frozen=True):
    """The whole file."""

    device: DeviceSection
    hub: HubSection
    data: DataSection
    printer: PrinterSection
    bus: BusSection = BusSection()
    clock: ClockSection = ClockSection()
    stage: StageSection = StageSection()
    screen: ScreenSection = ScreenSection()
    scanner: ScannerSection = ScannerSection()
    sound: SoundSection = SoundSection()
    keys: KeysSection = KeysSection()
    times: TimesSection = TimesSection()

    @property
    def journal(self) -> Path:
        """The file that keeps every step of a ticket until the hub has it."""
        return Path(self.data.dir) / f"{self.device.id}.sqlite"

    @property
    def words(self) -> Path:
        """The file that keeps the names and texts of the centre."""
        return Path(self.data.dir) / f"{self.device.id}-words.json"

    @property
    def procedures(self) -> Path:
        """The file that keeps the procedures."""
        return Path(self.data.dir) / f"{self.device.id}-procedures.json"
