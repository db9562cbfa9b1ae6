"""Any message that a struct of the wire allows, built from the struct's own types."""

import re
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

MAX_TEXT = 40
MAX_ITEMS = 3


def messages(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Instances of `kind`."""
    fields = {}
    for field in msgspec.structs.fields(kind):
        value = values(inspect.type_info(field.type))
        fields[field.name] = st.just(msgspec.UNSET) | value if field.default is msgspec.UNSET else value
    return st.fixed_dictionaries(fields).map(lambda chosen: kind(**chosen))


def values(info: inspect.Type) -> st.SearchStrategy[Any]:  # noqa: C901  # because it is one flat table of types
    """Values of one type."""
    match info:
        case inspect.Metadata(type=inner):
            return values(inner)
        case inspect.LiteralType(values=allowed):
            return st.sampled_from(allowed)
        case inspect.IntType(ge=low, le=high):
            return st.integers(-(2**53) if low is None else low, 2**53 if high is None else high)
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
        case inspect.StrType(pattern=str(pattern)):
            return st.from_regex(re.compile(pattern, re.ASCII)).filter(_is_moment)
        case inspect.StrType(max_length=longest):
            return st.text(max_size=min(longest or MAX_TEXT, MAX_TEXT))
        case inspect.VarTupleType(item_type=item):
            return st.lists(values(item), max_size=MAX_ITEMS).map(tuple)
        case inspect.DictType(key_type=key, value_type=value):
            return st.dictionaries(values(key), values(value), max_size=MAX_ITEMS)
        case inspect.UnionType(types=kinds):
            return st.one_of([values(kind) for kind in kinds])
        case inspect.StructType(cls=kind):
            return messages(kind)
    raise NotImplementedError(f"no strategy for {info}")


def _is_moment(text: str) -> bool:
    """Whether a text that looks like an instant is one: the calendar has no 30th of February."""
    return not re.match(r"[0-9]{4}-(02-3|02-29|0[469]-31|11-31)|0000", text)
