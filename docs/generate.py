"""Bring the generated parts of the references up to date: `python docs/generate.py`.

A page is written by hand except between a line `<!-- generated: NAME -->` and the next `<!-- end -->`. What stands
there comes from the code, so it cannot be wrong for long: `tests/wire/test_reference.py` compares.
"""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct, UnsetType

from appliance.wire import ids, messages
from appliance.wire.codec import LIMIT
from appliance.wire.topics import ROOT, TABLE
from broker.staff.identity import ROLES, Role
from broker.web.route import ANYONE
from broker.web.routes import ROUTES

PAGES = tuple(Path(__file__).parent / name for name in ("mqtt.md", "http.md"))
OPEN, CLOSE = "<!-- generated: ", "<!-- end -->"
PYTHON_ONLY = r"$(?!\n)"

NAMED = {
    value: name for name, value in vars(ids).items() if get_origin(value) is Annotated and not name.startswith("_")
}
PLAIN: dict[object, str] = {str: "text", int: "whole number", bool: "true or false", type(None): "null"}


def topics() -> str:
    """The table of topics."""
    rows = ["| topic | who says it | kept by the bus | carries | for what |", "|---|---|---|---|---|"]
    for row in TABLE:
        pattern = row.pattern.replace("{", "<").replace("}", ">")
        kept = "yes" if row.retain else "no"
        rows.append(f"| `{pattern}` | {row.writer} | {kept} | {_link(row.type)} | {row.purpose} |")
    return "\n".join(rows)


def names() -> str:
    """The kinds of names and what they look like."""
    rows = ["| kind | what it names | looks like |", "|---|---|---|"]
    for value, name in NAMED.items():
        meta = next(extra for extra in get_args(value)[1:] if isinstance(extra, msgspec.Meta))
        if meta.pattern:
            shape = f"`{meta.pattern.replace(PYTHON_ONLY, '$')}`".replace("|", "\\|")
        else:
            shape = f"whole number, {meta.ge} to {meta.le}"
        rows.append(f"| {name} | {meta.description} | {shape} |")
    return "\n".join(rows)


def structs() -> str:
    """Every message with its fields, in the order of the table of topics, then what they are made of."""
    return "\n\n".join(_struct(kind) for kind in _reachable())


def limits() -> str:
    """What holds for all topics alike."""
    return "\n".join(
        (
            f"- Every topic begins with `{ROOT}/<site>/`; the demo's site is `ca-mau`.",
            "- Payloads are JSON in UTF-8, except presence (plain `online` or `offline`) and a bare digit as a rating.",
            f"- A payload has at most {LIMIT} bytes. Quality of service is {_the_only({row.qos for row in TABLE})}.",
        )
    )


def errors() -> str:
    """The words a program may meet in `error`."""
    return ", ".join(f"`{code}`" for code in get_args(messages.ErrorCode))


def routes() -> str:
    """Every address of the hub and who may call it."""
    rows = ["| address | who | for what |", "|---|---|---|"]
    rows += [f"| `{route.name}` | {_who(route.roles)} | {route.purpose} |" for route in ROUTES]
    return "\n".join(rows)


PARTS = {"limits": limits, "topics": topics, "names": names, "messages": structs, "errors": errors, "routes": routes}


def refreshed(page: str) -> str:
    """`page` with every generated part made anew. Raises KeyError for a part nobody generates."""
    done, rest = "", page
    while OPEN in rest:
        before, rest = rest.split(OPEN, 1)
        name, rest = rest.split(" -->", 1)
        rest = rest.split(CLOSE, 1)[1]
        done += f"{before}{OPEN}{name} -->\n{PARTS[name]()}\n{CLOSE}"
    return done + rest


def _who(roles: frozenset[Role] | None) -> str:
    if roles is None:
        return "everybody"
    return "any login or token" if roles == ANYONE else ", ".join(role for role in ROLES if role in roles)


def _reachable() -> list[type[Struct]]:
    found: dict[type[Struct], None] = {}
    for row in TABLE:
        _collect(row.type, found)
    top = [row.type for row in TABLE]
    return top + [kind for kind in found if kind not in top]


def _collect(kind: type[Struct], found: dict[type[Struct], None]) -> None:
    if kind in found:
        return
    found[kind] = None
    for hint in get_type_hints(kind).values():
        for part in _leaves(hint):
            if isinstance(part, type) and issubclass(part, Struct):
                _collect(part, found)


def _leaves(hint: object) -> Iterator[object]:
    parts = get_args(hint)
    if not parts or get_origin(hint) is Literal:
        yield hint
    for part in parts:
        yield from _leaves(part)


def _struct(kind: type[Struct]) -> str:
    rows = [f"### {kind.__name__}", "", inspect.cleandoc(kind.__doc__ or ""), ""]
    rows += ["| field | type | must be there |", "|---|---|---|"]
    hints = get_type_hints(kind, include_extras=True)
    for field in msgspec.structs.fields(kind):
        rows.append(f"| `{field.encode_name}` | {_type(hints[field.name])} | {_need(field)} |")
    return "\n".join(rows)


def _need(field: Any) -> str:
    if field.required:
        return "yes"
    if field.default is msgspec.UNSET or field.default is msgspec.NODEFAULT or isinstance(field.default, Struct):
        return "no"
    return f"no; `{msgspec.json.encode(field.default).decode()}` when left out"


def _type(hint: Any) -> str:
    if hint in NAMED:
        return NAMED[hint]
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        # An Annotated name inside a union is kept as it is; what may be left out says so in the next column.
        return " or ".join(_type(part) for part in parts if part is not UnsetType)
    if origin is Annotated:
        return _type(parts[0]) + _bounds(parts[1], parts[0])
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in parts)
    if origin is tuple:
        return f"list of {_type(parts[0])}"
    if origin is dict:
        return f"object: {_type(parts[0])} to {_type(parts[1])}"
    return PLAIN[hint] if hint in PLAIN else _link(hint)


def _bounds(meta: msgspec.Meta, of: Any) -> str:
    if meta.max_length is not None:
        return f", at most {meta.max_length}{' characters' if of is str else ''}"
    return f", {meta.ge} to {meta.le}"


def _link(kind: type) -> str:
    return f"[{kind.__name__}](#{kind.__name__.lower()})"


def _the_only(values: set[int]) -> int:
    (value,) = values
    return value


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(refreshed(path.read_text()))
        sys.stdout.write(f"{path}\n")
