"""The terminal's composition root: `python -m rating_terminal --config FILE`. The only place that names its drivers."""

import sys
from zoneinfo import ZoneInfo

from appliance.runtime.clock import make_clock
from appliance.runtime.drivers import resolve
from appliance.runtime.health import PartChanged
from appliance.runtime.link import MqttLink
from appliance.runtime.loop import Loop
from appliance.runtime.outbox import Outbox
from appliance.runtime.service import main as live
from appliance.runtime.site_words import SiteWords
from appliance.runtime.stage import Stage
from appliance.runtime.versions import versions
from appliance.wire.choices import PartState
from rating_terminal.app import Parts, RatingApp, hears
from rating_terminal.config import RatingConfig
from rating_terminal.journal import Journal
from rating_terminal.ports import Panel

PANELS = {
    "gpio": "rating_terminal.drivers.panel_gpio:GpioPanel",
    "sim": "rating_terminal.drivers.panel_sim:SimPanel",
    "screen": "rating_terminal.drivers.screen_pygame:PygamePanel",
    "screen-sim": "rating_terminal.drivers.screen_sim:SimScreenPanel",
}
SCREENS = ("screen", "screen-sim")


def main(argv: list[str] | None = None) -> int:
    """Run the terminal as the command line says; the exit code."""
    return live(argv, "rating_terminal", RatingConfig, build)


def build(config: RatingConfig, loop: Loop) -> RatingApp:
    """Put the terminal together. Raises CannotStart, ConfigError."""
    stage = Stage(config.stage.address, config.device.id)
    device = config.device
    link = MqttLink(config.bus, device.site, device.id, hears(device.id, config.desk), loop.post)
    loop.watch(link)
    outbox, clock = Outbox(config.journal), make_clock(config.clock)
    parts = Parts(
        link=link,
        outbox=outbox,
        journal=Journal(outbox, clock, ZoneInfo(config.terminal.timezone)),
        clock=clock,
        panel=_panel(config, loop, stage),
        stage=stage,
        levels=config.panel.levels,
        desk=config.desk,
        asks=config.panel.driver in SCREENS,
        words=SiteWords(config.hub.url, config.words, loop.post) if config.hub else None,
    )
    return RatingApp(parts, versions())


def _panel(config: RatingConfig, loop: Loop, stage: Stage) -> Panel:
    def report(state: PartState, reason: str) -> None:
        loop.post(PartChanged("panel", state, reason))

    driver = resolve(PANELS, config.panel.driver)
    screen = (config.screen,) if config.panel.driver in SCREENS else ()
    more = (*screen, stage) if config.panel.driver.endswith("sim") else screen
    made = driver(config.panel, loop.post, report, *more)
    if screen:
        loop.watch(made)
    panel: Panel = made
    return panel


if __name__ == "__main__":
    sys.exit(main())
