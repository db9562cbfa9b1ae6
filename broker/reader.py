"""A read connection, as those who ask need it.

Rules: no more than reading.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol


class Reader(Protocol):
    """A connection to the hub's database that may be asked: what `database.open_reader` gives, or the writer's own."""

    def execute(self, sql: str, _parameters: Any = ..., /) -> Iterable[Any]:
        """The rows of a SELECT."""


@contextmanager
def one_moment(reader: Reader) -> Iterator[None]:
    """Inside, all that `reader` reads is of one moment, whatever the hub writes meanwhile."""
    reader.execute("BEGIN", ())
    try:
        yield
    finally:
        reader.execute("COMMIT", ())
