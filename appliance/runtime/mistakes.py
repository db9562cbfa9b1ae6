"""What is wrong with a configuration, in words that one can act upon.

Rules: pure; one mistake at a time; the words name the key as it stands in the file, and the key that was meant.
"""

import copy
import difflib
import re
from collections.abc import Iterator
from enum import Enum
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec

T = TypeVar("T")

_MESSAGE = re.compile(r"(?P<what>.*?)(?: - at `(?:key in )?\$(?P<path>.*)`)?", re.DOTALL)
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")
_MISSING = re.compile(r"Object missing required field `(.*)`")
_CHOICE = re.compile(r"Invalid enum value '(.*)'")
_TYPE = re.compile(r"Expected `(.*)`, got `(.*)`")


def explain(message: str, data: dict[str, Any], kind: type) -> str:
    """`section.key: what; what to do` from msgspec's message about `data`, which is no `kind`."""
    what, path = _parted(message, data, kind)
    if unknown := _UNKNOWN.fullmatch(what):
        return f"{_join(path, unknown[1])}: unknown key; {_suggest(unknown[1], _keys(kind, path))}"
    if missing := _MISSING.fullmatch(what):
        return f"{_join(path, missing[1])}: missing; add it"
    if choice := _CHOICE.fullmatch(what):
        return f"{path}: there is no {choice[1]!r}; {_suggest(choice[1], _choices(kind, path))}"
    if wrong := _TYPE.fullmatch(what):
        return f"{path}: must be {wrong[1]}, is {wrong[2]}; correct the value"
    what = what[:1].lower() + what[1:]
    where = f"{path}: " if path else " "  # a mistake of the file as a whole has no key
    return f"{where}{what}" if ";" in what else f"{where}{what}; correct the value"


def read_known(data: dict[str, Any], kind: type[T]) -> tuple[T, tuple[str, ...]]:
    """`data` as `kind` without the keys that `kind` does not know, and what is wrong with each of those.

    Raises ValueError with what `explain` says of anything else, after those: one may be what is missing.
    """
    data = copy.deepcopy(data)
    unknown: list[str] = []
    while True:
        try:
            return msgspec.convert(data, kind), tuple(unknown)
        except msgspec.ValidationError as error:
            mistake = explain(str(error), data, kind).strip()
            what, path = _parted(str(error), data, kind)
            key = _UNKNOWN.fullmatch(what)
            if not key:
                raise ValueError(" ".join([*unknown, mistake])) from error
            unknown.append(mistake)
            del _dig(data, f".{path}")[key[1]]


def _parted(message: str, data: dict[str, Any], kind: type) -> tuple[str, str]:
    """What is wrong, and where: `bus.port`, "" for the file as a whole."""
    match = _MESSAGE.fullmatch(_with_key(message, data, kind))
    return (match["what"], (match["path"] or "").lstrip(".")) if match else (message, "")


def _with_key(message: str, data: dict[str, Any], kind: type) -> str:
    """The message with the key of a table of tables, which msgspec leaves out as `[...]`.

    It is the one that is still wrong when all its neighbours are taken away.
    """
    if "[...]" not in message:
        return message
    before = message[message.index("`$") + 2 : message.index("[...]")]
    for key in _dig(data, before):
        alone = copy.deepcopy(data)
        neighbours = _dig(alone, before)
        for other in [name for name in neighbours if name != key]:
            del neighbours[other]
        try:
            msgspec.convert(alone, kind)
        except msgspec.ValidationError as error:
            if str(error) == message:
                return message.replace("[...]", f".{key}", 1)
    return message


def _dig(data: Any, path: str) -> Any:
    """The value at a path such as `.desks[0].lamps`."""
    for name, index in re.findall(r"\.([^.\[]+)|\[(\d+)\]", path):
        data = data[name] if name else data[int(index)]
    return data


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _suggest(key: str, known: list[str]) -> str:
    close = difflib.get_close_matches(key, known, n=1)
    return f"did you mean {close[0]}?" if close else f"known here: {', '.join(known)}"


def _keys(kind: type, path: str) -> list[str]:
    """The keys that the table at `path` (such as `bus` or `desks[...].lamp`) knows."""
    return sorted({field.encode_name for each in _kinds(kind, path) for field in msgspec.structs.fields(each)})


def _choices(kind: type, path: str) -> list[str]:
    """The values that the key at `path` may have."""
    table, _, key = path.rpartition(".")
    key = key.partition("[")[0]  # an entry of a list
    return sorted({str(value) for each in _kinds(kind, table) for value in _values_in(_field_type(each, key))})


def _values_in(kind: Any) -> Iterator[Any]:
    """Every value named in a type such as `Literal["a", "b"]`, an Enum, or a list of them."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        yield from (member.value for member in kind)
    if get_origin(kind) is Literal:
        yield from get_args(kind)
        return
    for argument in get_args(kind):
        yield from _values_in(argument)


def _kinds(kind: type, path: str) -> list[type]:
    """What the table at `path` may be."""
    kinds = [kind]
    for name in re.findall(r"[^.\[\]]+", path):
        inner = [found for outer in kinds for found in _structs_in(_field_type(outer, name))]
        kinds = inner or kinds  # an index, or a key of a table of tables
    return kinds


def _field_type(kind: type, name: str) -> Any:
    return next((field.type for field in msgspec.structs.fields(kind) if field.encode_name == name), None)


def _structs_in(kind: Any) -> Iterator[type]:
    """Every Struct named in a type such as `tuple[Desk, ...]`, `dict[str, Desk]` or `A | B`."""
    if isinstance(kind, type) and not isinstance(kind, UnionType) and issubclass(kind, msgspec.Struct):
        yield kind
    for argument in get_args(kind):
        yield from _structs_in(argument)
