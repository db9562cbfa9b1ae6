"""How much of each device's journal has arrived without a hole.

Rules: pure; `upto` never goes back; what came out of order waits in memory (the device sends it again after a restart).
"""

from collections.abc import Iterator

Key = tuple[str, str]
"""device, epoch."""


class Journals:
    """The state of all journals, starting from what is on disk."""

    def __init__(self, upto: dict[Key, int]) -> None:
        self._upto = upto
        self._early: dict[Key, set[int]] = {}
        self._moved: dict[Key, int] = {}

    def upto(self, device: str, epoch: str) -> int:
        """How far a journal is here without a hole."""
        return self._upto.get((device, epoch), 0)

    def arrived(self, device: str, epoch: str, seq: int) -> int:
        """Event `seq` is here: gives how far the journal is here without a hole."""
        key = (device, epoch)
        upto = self._upto.get(key, 0)
        early = self._early.setdefault(key, set())
        early.add(seq)
        while upto + 1 in early:
            upto += 1
            early.discard(upto)
        early -= {old for old in early if old <= upto}
        self._upto[key] = self._moved[key] = upto
        return upto

    def advanced(self) -> Iterator[tuple[str, str, int]]:
        """device, epoch, upto of every journal heard from since the last call."""
        moved, self._moved = self._moved, {}
        for (device, epoch), upto in moved.items():
            yield device, epoch, upto
