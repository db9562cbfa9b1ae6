"""The kiosk's composition root: `python -m kiosk --config FILE`. The only place that names its drivers."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from appliance.runtime.boot import boot_id
from appliance.runtime.clock import make_clock
from appliance.runtime.drivers import resolve
from appliance.runtime.link import MqttLink
from appliance.runtime.loop import Loop
from appliance.runtime.outbox import Outbox
from appliance.runtime.service import main as live
from appliance.runtime.site_words import SiteWords
from appliance.runtime.stage import Stage
from appliance.runtime.versions import versions
from appliance.sound.voice import Voice
from kiosk.app import KioskApp, hears
from kiosk.app_parts import Parts
from kiosk.config import KeysSection, KioskConfig, ScannerSection, ScreenSection, SoundSection
from kiosk.hub_words import HubWords, Procedures
from kiosk.journal import KEPT
from kiosk.ports import Keys, Printer, Scanner, Screen
from kiosk.states import Times

Chosen = ScreenSection | ScannerSection | SoundSection | KeysSection
SCREENS = {
    "pygame": "kiosk.drivers.screen_pygame:PygameScreen",
    "sim": "kiosk.drivers.screen_sim:SimScreen",
}
PRINTERS = {
    "escpos": "kiosk.drivers.printer_escpos:EscposPrinter",
    "sim": "kiosk.drivers.printer_sim:SimPrinter",
}

RULERS = {"fonts": "kiosk.drivers.ruler:FontRuler"}
SCANNERS = {
    "none": "kiosk.drivers.scanner_none:NoScanner",
    "serial": "kiosk.drivers.scanner_serial:SerialScanner",
    "hid": "kiosk.drivers.scanner_hid:HidScanner",
    "sim": "kiosk.drivers.scanner_sim:SimScanner",
}
VOICES = {
    "none": "kiosk.drivers.voices:mute",
    "alsa": "kiosk.drivers.voices:aloud",
    "sim": "kiosk.drivers.voices:shown",
}
KEYS = {
    "none": "kiosk.drivers.keys_none:NoKeys",
    "input": "kiosk.drivers.keys_input:InputKeys",
    "sim": "kiosk.drivers.keys_sim:SimKeys",
}


def main(argv: list[str] | None = None) -> int:
    """Run the kiosk as the command line says; the exit code."""
    return live(argv, "kiosk", KioskConfig, build)


def build(config: KioskConfig, loop: Loop) -> KioskApp:
    """Put the kiosk together. Raises CannotStart, ConfigError."""
    stage = Stage(config.stage.address, config.device.id)
    link = MqttLink(config.bus, config.device.site, config.device.id, hears(config.device.id), loop.post)
    printer = _printer(config, loop, stage)
    screen: Screen = _part(SCREENS, config.screen, loop, stage)
    scanner: Scanner = _part(SCANNERS, config.scanner, loop, stage)
    voice: Voice = _part(VOICES, config.sound, loop, stage)
    keys: Keys = _part(KEYS, config.keys, loop, stage)
    for part in (link, screen, printer, scanner, voice, keys):
        loop.watch(part)
    parts = Parts(
        link=link,
        outbox=Outbox(config.journal, keep=KEPT),
        clock=make_clock(config.clock),
        printer=printer,
        screen=screen,
        scanner=scanner,
        voice=voice,
        keys=keys,
        ruler=resolve(RULERS, "fonts")(),
        stage=stage,
        words=HubWords(
            SiteWords(config.hub.url, config.words, loop.post),
            Procedures(config.hub.url, config.procedures, loop.post),
        ),
        size=(config.screen.width, config.screen.height),
        language=config.screen.language,
        times=_times(config),
        boot=boot_id(),
    )
    return KioskApp(parts, versions())


def _part(registry: Mapping[str, str], section: Chosen, loop: Loop, stage: Stage) -> Any:
    """The part that `section` chooses, of whatever kind the registry holds; a simulated one gets the stage too."""
    more = (stage,) if section.driver == "sim" else ()
    return resolve(registry, section.driver)(section, loop.post, *more)


def _printer(config: KioskConfig, loop: Loop, stage: Stage) -> Printer:
    more = (stage,) if config.printer.driver == "sim" else ()
    driver = resolve(PRINTERS, config.printer.driver)
    printer: Printer = driver(config.printer, loop.post, Path(config.data.dir), *more)
    return printer


def _times(config: KioskConfig) -> Times:
    times = config.times
    return Times(
        browse_s=times.browse_s,
        answer_s=times.answer_s,
        # The printer's own deadlines (to send, to confirm) always come first; this one is for a thread that died.
        print_s=2 * config.printer.deadline_s + 5,
        take_s=times.take_s,
        doubt_s=times.doubt_s,
        sorry_s=times.sorry_s,
    )


if __name__ == "__main__":
    sys.exit(main())
