"""The keypad's composition root: `python -m desk_keypad --config FILE`. The only place that names its drivers."""

import sys
from collections.abc import Mapping
from typing import Any, Protocol

from msgspec import UNSET

from appliance.runtime.clock import make_clock
from appliance.runtime.drivers import resolve
from appliance.runtime.link import MqttLink
from appliance.runtime.loop import Loop
from appliance.runtime.service import main as live
from appliance.runtime.stage import Stage
from appliance.runtime.versions import versions
from appliance.wire.parts import ActionArgs
from desk_keypad.app import KeypadApp, Parts, hears
from desk_keypad.config import KeypadConfig, KeypadSection, Target
from desk_keypad.keymap import meanings
from desk_keypad.ports import Confirms, Keys
from desk_keypad.wishes import Plan, Wish

KEYS = {
    "input": "desk_keypad.drivers.keys_input:InputKeys",
    "gpio": "desk_keypad.drivers.keys_gpio:GpioKeys",
    "sim": "desk_keypad.drivers.keys_sim:SimKeys",
}
LAMPS = {
    "gpio": "desk_keypad.drivers.lamps_gpio:GpioLamps",
    "sim": "desk_keypad.drivers.lamps_sim:SimLamps",
    "none": "desk_keypad.drivers.shows_none:ShowsNothing",
}
DISPLAYS = {
    "screen": "desk_keypad.drivers.display_screen:ScreenDisplay",
    "sim": "desk_keypad.drivers.display_sim:SimDisplay",
    "none": "desk_keypad.drivers.shows_none:ShowsNothing",
}


class Chosen(Protocol):
    """A section that chooses a driver."""

    @property
    def driver(self) -> str:
        """Its name."""


def main(argv: list[str] | None = None) -> int:
    """Run the keypad as the command line says; the exit code."""
    return live(argv, "desk_keypad", KeypadConfig, build)


def build(config: KeypadConfig, loop: Loop) -> KeypadApp:
    """Put the keypad together. Raises CannotStart, ConfigError."""
    device, stage = config.device, Stage(config.stage.address, config.device.id)
    link = MqttLink(config.bus, device.site, device.id, hears(device.id, config.desk), loop.post)
    keys: Keys = _part(KEYS, config.keys, stage, loop.post)
    lamps: Confirms = _part(LAMPS, config.lamps, stage)
    display: Confirms = _part(DISPLAYS, config.display, stage, loop.post)
    for part in (link, keys, lamps, display):
        loop.watch(part)
    parts = Parts(
        link=link,
        clock=make_clock(config.clock),
        keys=keys,
        confirms=(lamps, display),
        stage=stage,
        desk=config.desk,
        keymap=meanings(config.keys.names),
        plan=plan(config.keypad),
    )
    return KeypadApp(parts, versions())


def _part(registry: Mapping[str, str], section: Chosen, stage: Stage, *more: object) -> Any:
    """The part that `section` chooses, of whatever kind the registry holds; a simulated one gets the stage too."""
    staged = (stage,) if section.driver == "sim" else ()
    return resolve(registry, section.driver)(section, *more, *staged)


def plan(section: KeypadSection) -> Plan:
    """What the digits mean."""
    return Plan(
        transfers=tuple(Wish("transfer", _where(target), target.name) for target in section.transfers),
        pauses=tuple(Wish("pause", ActionArgs(reason=reason), reason) for reason in section.pauses),
    )


def _where(target: Target) -> ActionArgs:
    return ActionArgs(to_queue=target.queue or UNSET, to_desk=target.desk or UNSET, reason=target.reason)


if __name__ == "__main__":
    sys.exit(main())
