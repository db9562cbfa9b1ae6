"""The misfortunes a person can play, as switches.

Rules: a fault is a pair of acts, begin and end, on a part that is really there; no box knows that it is being tested.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Fault:
    """What happens when the switch goes on, and when it goes off again."""

    begin: Callable[[], object]
    end: Callable[[], object]


class Pile(Generic[T]):
    """Faults of one part that can play one at a time: the one that began last is played."""

    def __init__(self, play: Callable[[T | None], object]) -> None:
        self._play = play
        self._on: list[T] = []

    def fault(self, name: T) -> Fault:
        """The switch for one of them."""
        return Fault(lambda: self._change(name, on=True), lambda: self._change(name, on=False))

    def _change(self, name: T, on: bool) -> None:
        if on:
            self._on.append(name)
        else:
            self._on.remove(name)
        self._play(self._on[-1] if self._on else None)


class FaultBoard:
    """All switches by name; `told` hears which of them are on."""

    def __init__(self, faults: dict[str, Fault], told: Callable[[list[str]], None]) -> None:
        self._faults = faults
        self._told = told
        self._on: dict[str, None] = {}

    def switch(self, name: str, on: bool) -> None:
        """Play or end a fault. Raises LookupError for one that does not exist."""
        if name not in self._faults:
            raise LookupError(f"Không có sự cố này · no such fault: {name}")
        if on and name not in self._on:
            self._on[name] = None
            self._faults[name].begin()
        elif not on and name in self._on:
            del self._on[name]
            self._faults[name].end()
        self._told(list(self._on))
