"""Which pictures a printer is to keep, under which keys, and what to do next about it.

Four keys spell out which set a memory holds. They are written first, into a memory cleared of other sets, so what is
listed beside them is ours and whole: an interrupted upload goes on where it stopped, no picture is written twice, and
another set, another printer or an empty memory is noticed by its list. Rules: pure; the order of the pictures is the
order of their importance; where memory ends, the rest is drawn.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from kiosk.drivers.nv_bytes import Key, bytes_kept
from kiosk.drivers.strip import Picture

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_MARKS = "!#$%"
"""First characters of the keys that name the set; those of pictures are letters and figures."""
_DOT = Picture((1,), 8)


@dataclass(frozen=True)
class Define:
    """Write `picture` under `key`."""

    key: Key
    picture: Picture


@dataclass(frozen=True)
class Delete:
    """Forget what is under `key`."""

    key: Key


class KeptSet:
    """Pictures with their keys. `KeptSet()` is the set of a printer that keeps nothing."""

    def __init__(self, pictures: Sequence[Picture] = ()) -> None:
        keys = (Key(ord(first), ord(second)) for first, second in product(_SIGNS, _SIGNS))
        self.keys: Mapping[Picture, Key] = dict(zip(dict.fromkeys(pictures), keys, strict=False))
        name = hashlib.sha256(repr(tuple(self.keys)).encode()).digest()
        self.marks = tuple(Key(ord(mark), ord(_SIGNS[name[at] % len(_SIGNS)])) for at, mark in enumerate(_MARKS))

    def kept(self, listed: frozenset[Key]) -> Mapping[Picture, Key]:
        """What can be printed from a memory with these keys."""
        if not listed.issuperset(self.marks):
            return {}
        return {picture: key for picture, key in self.keys.items() if key in listed}

    def next_step(self, listed: frozenset[Key], free: int | None) -> Define | Delete | None:
        """What to do next about a memory with these keys and so many free bytes (None: nobody knows how many).

        None when there is nothing to do, or nothing fits.
        """
        if not listed.issuperset(self.marks) and (foreign := sorted(listed - set(self.marks))):
            return Delete(foreign[0])
        wanted = {**dict.fromkeys(self.marks, _DOT), **{key: picture for picture, key in self.keys.items()}}
        steps = (Define(key, picture) for key, picture in wanted.items() if key not in listed)
        step = next(steps, None)
        fits = step is not None and (free is None or bytes_kept(step.picture) <= free)
        return step if self.keys and fits else None
