"""A TOML file becomes one typed value, or one line that names file, section and key.

Rules: every section is a `Section`, so an unknown key is an error; nothing is read from the environment; what `dump`
prints can be loaded again.
"""

import difflib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, get_args

import msgspec

from appliance.runtime.errors import ConfigError
from appliance.wire.ids import DeviceId, SiteId

__all__ = [
    "BusSection",
    "ClockSection",
    "ConfigError",
    "DataSection",
    "DeviceSection",
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
        raise ConfigError(f"{path}:{_explain(str(error), kind)}") from error


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


# ------------------------------------------------------------------------------------- mistakes, told so that one acts

_MESSAGE = re.compile(r"(?P<what>.*?)(?: - at `(?:key in )?\$(?P<path>.*)`)?", re.DOTALL)
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")
_MISSING = re.compile(r"Object missing required field `(.*)`")
_TYPE = re.compile(r"Expected `(.*)`, got `(.*)`")


def _explain(message: str, kind: type) -> str:
    """`section.key: what; what to do` from msgspec's message."""
    match = _MESSAGE.fullmatch(message)
    what, path = (match["what"], (match["path"] or "").lstrip(".")) if match else (message, "")
    if unknown := _UNKNOWN.fullmatch(what):
        return f"{_join(path, unknown[1])}: unknown key; {_suggest(unknown[1], _keys(kind, path))}"
    if missing := _MISSING.fullmatch(what):
        return f"{_join(path, missing[1])}: missing; add it"
    if wrong := _TYPE.fullmatch(what):
        return f"{path}: must be {wrong[1]}, is {wrong[2]}; correct the value"
    what = what[:1].lower() + what[1:]
    return f"{path}: {what}" if ";" in what else f"{path}: {what}; correct the value"


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _suggest(key: str, known: list[str]) -> str:
    close = difflib.get_close_matches(key, known, n=1)
    return f"did you mean {close[0]}?" if close else f"known here: {', '.join(known)}"


def _keys(kind: type, path: str) -> list[str]:
    """The keys that the table at `path` (such as `bus` or `desks[...].lamp`) knows."""
    kinds = [kind]
    for name in [step.split("[")[0] for step in path.split(".") if step]:
        kinds = [inner for outer in kinds for inner in _structs_in(_field_type(outer, name))]
    return sorted({field.encode_name for each in kinds for field in msgspec.structs.fields(each)})


def _field_type(kind: type, name: str) -> Any:
    return next((field.type for field in msgspec.structs.fields(kind) if field.encode_name == name), None)


def _structs_in(kind: Any) -> Iterator[type]:
    """Every Struct named in a type such as `tuple[Desk, ...]`, `dict[str, Desk]` or `A | B`."""
    if isinstance(kind, type) and not isinstance(kind, UnionType) and issubclass(kind, msgspec.Struct):
        yield kind
    for argument in get_args(kind):
        yield from _structs_in(argument)
