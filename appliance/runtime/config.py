"""A TOML file becomes one typed value, or one line that names file, section and key.

Rules: every section is a `Section`, so an unknown key is an error; nothing is read from the environment; what `dump`
prints can be loaded again.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from appliance.runtime.errors import ConfigError
from appliance.runtime.mistakes import explain
from appliance.wire.ids import DeviceId, SiteId

__all__ = [
    "BusSection",
    "ClockSection",
    "ConfigError",
    "DataSection",
    "DeviceSection",
    "LocalSection",
    "Section",
    "StageSection",
    "dump",
    "load",
]

Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Seconds = Annotated[float, msgspec.Meta(gt=0)]


class Section(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """A table of a configuration file. A `__post_init__` may raise ValueError when values contradict each other."""


class DeviceSection(Section, frozen=True):
    """Who this box is, and at which centre."""

    id: DeviceId
    site: SiteId


class BusSection(Section, frozen=True):
    """Where the bus is and how to get in. A `ca_file` switches TLS on; `password_file` holds one line."""

    host: str = "127.0.0.1"
    port: Port = 1883
    username: str = ""
    password_file: str = ""
    ca_file: str = ""
    cert_file: str = ""
    key_file: str = ""
    keepalive_s: Annotated[int, msgspec.Meta(ge=2, le=600)] = 15
    reconnect_s: Seconds = 15.0
    """Longest pause between two attempts to reach a lost bus."""

    def __post_init__(self) -> None:
        if bool(self.cert_file) != bool(self.key_file):
            raise ValueError("cert_file and key_file belong together; set both or neither")
        if self.cert_file and not self.ca_file:
            raise ValueError("cert_file is of use only with ca_file; set ca_file")


class ClockSection(Section, frozen=True):
    """Which clock the business runs by. `shared` reads the file `path`; `trusted` always reports synced."""

    driver: Literal["system", "shared"] = "system"
    path: str = ""
    trusted: bool = False

    def __post_init__(self) -> None:
        if self.driver == "shared" and not self.path:
            raise ValueError("driver shared needs path")


class DataSection(Section, frozen=True):
    """The directory that keeps what must survive a power cut."""

    dir: str


class LocalSection(Section, frozen=True):
    """Where a box stands on the earth."""

    timezone: str = "Asia/Ho_Chi_Minh"

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.timezone)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"timezone {self.timezone!r} is unknown; use a name such as Asia/Ho_Chi_Minh") from error


class StageSection(Section, frozen=True):
    """`host:port` of whoever watches simulated parts; empty: nobody."""

    address: str = ""


T = TypeVar("T", bound=msgspec.Struct)


def load(path: Path | str, kind: type[T]) -> T:
    """The configuration in the file at `path`. Raises ConfigError."""
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; give a readable file with --config") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}; correct that line") from error
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}:{explain(str(error), data, kind)}") from error


def dump(config: msgspec.Struct) -> str:
    """The whole configuration with its defaults, as TOML that `load` accepts."""
    import tomli_w  # noqa: PLC0415  # because only --dump-config needs it

    table: dict[str, Any] = _without_none(msgspec.to_builtins(config, str_keys=True))
    return tomli_w.dumps(table)


def _without_none(value: Any) -> Any:
    """TOML has no null: a key that is None is left out."""
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_without_none(item) for item in value]
    return value
