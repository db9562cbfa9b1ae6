"""The pictures that a printer keeps without power: what `GS ( L` defines, lists, prints and deletes.

Rules: a picture is kept whole or not at all; a full memory ignores what does not fit, as real ones do; every write is
counted, since a real memory wears out.
"""

from pathlib import Path
from typing import NamedTuple

import msgspec

CAPACITY = 256 * 1024
OVERHEAD = 24
"""Bytes that every picture takes beside its own."""


class Kept(NamedTuple):
    """A picture: its size in dots, its rows packed to whole bytes."""

    width: int
    height: int
    data: bytes


class NvMemory:
    """`capacity` bytes for pictures under keys of two characters; with `path` they also outlive the process."""

    def __init__(self, capacity: int = CAPACITY, path: Path | None = None) -> None:
        self._capacity = capacity
        self._path = path
        self.writes: dict[bytes, int] = {}
        """How often each key was written or deleted."""
        self._pictures = _read(path) if path else {}

    @property
    def keys(self) -> list[bytes]:
        """The keys that are taken, in order."""
        return sorted(self._pictures)

    @property
    def free(self) -> int:
        """Bytes that are left."""
        return self._capacity - sum(len(kept.data) + OVERHEAD for kept in self._pictures.values())

    def find(self, key: bytes) -> Kept | None:
        """The picture under `key`."""
        return self._pictures.get(key)

    def define(self, key: bytes, kept: Kept) -> None:
        """Keep a picture in the place of the one that was there, if it fits."""
        before = self._pictures.get(key)
        room = self.free + (len(before.data) + OVERHEAD if before else 0)
        if len(kept.data) + OVERHEAD <= room:
            self._pictures[key] = kept
            self._written(key)

    def delete(self, key: bytes) -> None:
        """Forget one picture."""
        if self._pictures.pop(key, None):
            self._written(key)

    def clear(self) -> None:
        """Forget all pictures."""
        for key in self.keys:
            self.delete(key)

    def _written(self, key: bytes) -> None:
        self.writes[key] = self.writes.get(key, 0) + 1
        if self._path:
            self._path.write_bytes(
                msgspec.msgpack.encode({key.decode("ascii"): at for key, at in self._pictures.items()})
            )


def _read(path: Path) -> dict[bytes, Kept]:
    """What is on disk; nothing where a write was cut off, as in a memory that lost its power in the middle."""
    try:
        stored = msgspec.msgpack.decode(path.read_bytes(), type=dict[str, Kept])
    except (FileNotFoundError, msgspec.MsgspecError):
        return {}
    return {key.encode("ascii"): kept for key, kept in stored.items()}
