"""Where the demo's files lie, and how the shipped configuration becomes the one of this run.

Rules: the shipped files are whole and valid; a run changes only named keys (ports, paths, addresses) and writes what it
uses to `DIR/config`, so that a person can read it and start the very same process by hand.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from appliance.runtime.errors import CannotStart

CHECKOUT = Path(__file__).parents[1]
SHIPPED = CHECKOUT / "firmware_configs" / "demo"
SITE = CHECKOUT / "firmware_configs" / "site" / "ca-mau"
LED_TEMPLATE = CHECKOUT / "firmware_configs" / "led" / "ascii-lrc.toml"


class DemoFiles:
    """The files of a run in `home`; made when missing."""

    def __init__(self, home: Path) -> None:
        self.home = home.resolve()
        self.clock = self.home / "clock"
        self.last_time = self.home / "clock.last"
        self.voice = self.home / "voice"
        self._config = self.home / "config"
        self.logs = self.home / "log"
        try:
            for folder in (self.home, self._config, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotStart(f"{home}: {error.strerror}; give a folder of your own with --data DIR") from None

    def log(self, name: str) -> Path:
        """Where the process `name` writes its log; begun anew."""
        path = self.logs / f"{name}.log"
        path.write_text("")
        return path

    def box(self, name: str) -> Path:
        """Where the box `name` keeps what must survive a power cut."""
        path = self.home / name
        path.mkdir(exist_ok=True)
        return path

    def configuration(self, shipped: str, name: str, changes: Mapping[str, Any]) -> Path:
        """The file of process `name`: `shipped`.toml with `changes` (`section.key`, `list.0.key`) made to it."""
        data = tomllib.loads((SHIPPED / f"{shipped}.toml").read_text(encoding="utf-8"))
        for key, value in changes.items():
            _set(data, key.split("."), value)
        path = self._config / f"{name}.toml"
        path.write_text(tomli_w.dumps(data), encoding="utf-8")
        return path


def _set(data: Any, steps: list[str], value: Any) -> None:
    """Change what is there; a key that the shipped file lacks is a mistake of ours and raises LookupError."""
    *way, last = [int(step) if step.isdigit() else step for step in steps]
    for step in way:
        data = data[step]
    if isinstance(data, dict) and last not in data:
        raise LookupError(".".join(steps))
    data[last] = value
