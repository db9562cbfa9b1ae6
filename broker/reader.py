"""A read connection, as those who ask need it.

Rules: no more than reading.
"""

from collections.abc import Iterable
from typing import Any, Protocol


class Reader(Protocol):
    """A connection to the hub's database that may be asked: what `database.open_reader` gives, or the writer's own."""

    def execute(self, sql: str, _parameters: Any = ..., /) -> Iterable[Any]:
        """The rows of a SELECT."""
