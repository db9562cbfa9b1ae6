"""The board's composition root: `python -m display_board --config FILE`. The only place that names its drivers."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from appliance.runtime.clock import make_clock
from appliance.runtime.config import ConfigError, load
from appliance.runtime.drivers import resolve
from appliance.runtime.health import PartChanged
from appliance.runtime.link import MqttLink
from appliance.runtime.loop import Loop
from appliance.runtime.outbox import Outbox
from appliance.runtime.service import main as live
from appliance.runtime.site_words import SiteWords
from appliance.runtime.stage import Stage
from appliance.runtime.versions import versions
from appliance.sound.clips import PHRASES, Clips, read_phrasings
from appliance.sound.player import Player
from appliance.wire.choices import PartState
from display_board.app import HEARS, BoardApp, Parts
from display_board.compose import Scene, compose
from display_board.config import BoardConfig, CounterOutput, LedOutput, Output, ScreenOutput, VoiceOutput
from display_board.counter import compose_counter
from display_board.feeds import Feed, LedFeed, ScreenFeed
from display_board.led_frames import Template, encode
from display_board.ports import LedLine, Report, Screen
from display_board.views import PanelText, View
from display_board.voice import VoiceFeed

SCREENS = {
    "hdmi": "display_board.drivers.screen_hdmi:HdmiScreen",
    "sim": "display_board.drivers.screen_sim:SimScreen",
}
PLAYERS = {
    "alsa": "appliance.sound.alsa:AlsaPlayer",
    "sim": "appliance.sound.sim:SimPlayer",
}
LED_LINES = {
    "led_serial": "display_board.drivers.led_serial:SerialLedLine",
    "sim": "display_board.drivers.led_sim:SimLedLine",
}


def main(argv: list[str] | None = None) -> int:
    """Run the board as the command line says; the exit code."""
    return live(argv, "display_board", BoardConfig, build)


def build(config: BoardConfig, loop: Loop) -> BoardApp:
    """Put the board together. Raises CannotStart, ConfigError."""
    stage = Stage(config.stage.address, config.device.id)
    link = MqttLink(config.bus, config.device.site, config.device.id, HEARS, loop.post)
    loop.watch(link)
    feeds = [_feed(output, loop, stage) for output in config.output]
    parts = Parts(
        link=link,
        outbox=Outbox(config.journal),
        clock=make_clock(config.clock),
        zone=ZoneInfo(config.board.timezone),
        feeds=feeds,
        stage=stage,
        voices=[feed for feed in feeds if isinstance(feed, VoiceFeed)],
        words=SiteWords(config.hub.url, config.words, loop.post) if config.hub else None,
        desks=config.desks,
        counters=config.counters,
    )
    return BoardApp(parts, versions())


def _feed(output: Output, loop: Loop, stage: Stage) -> Feed:
    report = _reporter(output.part, loop)
    if isinstance(output, VoiceOutput):
        return _voice(output, report, loop, stage)
    if not isinstance(output, LedOutput):
        screen = _screen(output, report, stage)
        loop.watch(screen)
        return ScreenFeed(_composer(output), screen)
    line = _led_line(output, report, stage)
    loop.watch(line)
    return LedFeed({panel.address: panel.desks for panel in output.panels}, line)


def _voice(output: VoiceOutput, report: Report, loop: Loop, stage: Stage) -> VoiceFeed:
    folder = Path(output.clips)
    where = stage if output.driver == "sim" else output.device
    player: Player = resolve(PLAYERS, output.driver)(where, loop.post)
    loop.watch(player)
    manner = output.manner(read_phrasings(folder / PHRASES))
    return VoiceFeed(manner, Clips(folder), player, output.part, report)


def _composer(output: ScreenOutput | CounterOutput) -> Callable[[Scene], View]:
    if isinstance(output, CounterOutput):
        return partial(compose_counter, seats=output.seats())
    return partial(compose, choice=output.choice())


def _screen(output: ScreenOutput | CounterOutput, report: Report, stage: Stage) -> Screen:
    more = (stage,) if output.driver == "sim" else ()
    screen: Screen = resolve(SCREENS, output.driver)(output, report, *more)
    return screen


def _led_line(output: LedOutput, report: Report, stage: Stage) -> LedLine:
    simulated = output.driver == "sim"
    template = _template(output) if output.template or not simulated else None
    more = (stage,) if simulated else ()
    line: LedLine = resolve(LED_LINES, output.driver)(output, report, template, *more)
    return line


def _template(output: LedOutput) -> Template:
    """The kind of panels of a line. Raises ConfigError when a panel's address is not one of theirs."""
    if not output.template:
        raise ConfigError(f"output {output.part}: template: missing; name the file of the panels' kind")
    template = load(output.template, Template)
    first, last = template.addresses
    for panel in output.panels:
        if not first <= panel.address <= last:
            raise ConfigError(f"{output.template}: a panel's address is {first} to {last}, not {panel.address}")
        encode(template, PanelText(panel.address, "8"))
    return template


def _reporter(part: str, loop: Loop) -> Report:
    """How the driver of `part` speaks to the loop: only when it has something new to say."""
    said: list[tuple[PartState, str]] = []

    def report(state: PartState, reason: str) -> None:
        if said != [(state, reason)]:
            said[:] = [(state, reason)]
            loop.post(PartChanged(part, state, reason))

    return report


if __name__ == "__main__":
    sys.exit(main())
