"""Finds a procedure by what a citizen types: no diacritics, any word's start, or first letters only.

A procedure is one bit of a whole number, in the order of its name, and a word's start stands for the bits of all that
have such a word: a question is a few intersections, however many procedures there are. Rules: pure, built once per
list; what is typed never raises; the best come first, and those that fit equally well by name.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from appliance.wire.procedures import Procedure

LONGEST = 40
"""How many letters of a question are kept."""
_WORD = re.compile(r"[^\W_]+")
_LAST = "\U0010ffff"


def fold(words: str) -> str:
    """`words` without diacritics, in small letters, one space between words: "Lý lịch, Đất" is "ly lich dat"."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", words) if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(bare.lower().replace("đ", "d")))


def typed(query: str, letter: str) -> str:
    """`query` with one more letter: no space in front, never two together, never longer than `LONGEST`."""
    if letter == " " and (not query or query.endswith(" ")):
        return query
    return (query + letter)[:LONGEST]


@dataclass(frozen=True)
class _Entry:
    """A procedure as it is compared."""

    procedure: Procedure
    folded: str
    words: tuple[str, ...]
    initials: str


class SearchIndex:
    """The procedures by the words of their names, and by their department."""

    def __init__(self, procedures: Iterable[Procedure] = ()) -> None:
        entries = sorted(map(_entry, procedures), key=lambda entry: (entry.folded, entry.procedure.id))
        self._entries = entries
        self._folded = [entry.folded for entry in entries]
        self._by_id = {entry.procedure.id: entry.procedure for entry in entries}
        self._names = _Starts(entry.words for entry in entries)
        self._departments: dict[str, int] = {}
        for place, entry in enumerate(entries):
            department = entry.procedure.department
            self._departments[department] = self._departments.get(department, 0) | 1 << place

    def __len__(self) -> int:
        return len(self._entries)

    def procedure(self, procedure: str) -> Procedure | None:
        """The procedure with this id, or None."""
        return self._by_id.get(procedure)

    def find(self, query: str, fields: Mapping[str, str] | None = None) -> list[Procedure]:
        """All that fit, the best first: the name begins so; its words do, in this order; in any order, the field's
        words with them; first letters. Nothing for an empty question. `fields`: what citizens call each department.
        """
        words = fold(query).split()
        if not words:
            return []
        found, seen = [], 0
        for bits in self._ranks(words, fields or {}):
            found += [self._entries[place].procedure for place in _places(bits & ~seen)]
            seen |= bits
        return found

    def _ranks(self, words: list[str], fields: Mapping[str, str]) -> Iterator[int]:
        """The bits of those that fit, from the best way to the poorest."""
        yield self._beginning(" ".join(words))
        named = [self._names.bits(word) for word in words]
        yield self._in_order(reduce(and_, named), words) if len(words) > 1 else named[0]
        spoken = [(self._departments.get(department, 0), fold(name).split()) for department, name in fields.items()]
        yield reduce(and_, (bits | _belonging(spoken, word) for bits, word in zip(named, words, strict=True)))
        letters = "".join(words)
        yield self._that(entry.initials.startswith(letters) for entry in self._entries)
        yield self._that(letters in entry.initials for entry in self._entries)

    def _beginning(self, start: str) -> int:
        low, high = bisect_left(self._folded, start), bisect_left(self._folded, start + _LAST)
        return (1 << high) - (1 << low)

    def _in_order(self, bits: int, words: list[str]) -> int:
        return sum(1 << place for place in _places(bits) if _follow(self._entries[place].words, words))

    @staticmethod
    def _that(fits: Iterable[bool]) -> int:
        return sum(1 << place for place, fit in enumerate(fits) if fit)


class _Starts:
    """Which entries have a word with a given start."""

    def __init__(self, entries: Iterable[Iterable[str]]) -> None:
        holders: dict[str, int] = {}
        for place, words in enumerate(entries):
            for word in words:
                holders[word] = holders.get(word, 0) | 1 << place
        self._words = sorted(holders)
        self._holders = [holders[word] for word in self._words]

    def bits(self, start: str) -> int:
        """The entries with a word that begins with `start`."""
        low, high = bisect_left(self._words, start), bisect_left(self._words, start + _LAST)
        return reduce(or_, self._holders[low:high], 0)


def _entry(procedure: Procedure) -> _Entry:
    folded = fold(procedure.name.vi)
    words = tuple(folded.split())
    return _Entry(procedure, folded, words, "".join(word[0] for word in words))


def _belonging(spoken: Iterable[tuple[int, list[str]]], start: str) -> int:
    """The entries of the fields that have a word that begins with `start`."""
    fitting = (bits for bits, words in spoken if any(word.startswith(start) for word in words))
    return reduce(or_, fitting, 0)


def _follow(words: Iterable[str], starts: Iterable[str]) -> bool:
    """Whether `words` has, in this order, a word for each of `starts`."""
    left = iter(words)
    return all(any(word.startswith(start) for word in left) for start in starts)


def _places(bits: int) -> Iterator[int]:
    """The places of the bits that are set, the lowest first."""
    return (place for place, bit in enumerate(reversed(f"{bits:b}")) if bit == "1")
