"""An attacker who has heard sums of ratings and knows who worked where: what of one desk follows from them.

Rules: independent of the product's own audit: rows are brought to the reduced echelon form, all other desks' columns
first; exact, modulo a prime.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from broker.disclosure import FEW, SHOWN_FROM

PRIME = 2_147_483_647


class Atom(NamedTuple):
    """The finest thing that was counted."""

    day: str
    hour: int
    desk: str
    service: str


Counts = Mapping[Atom, tuple[int, int]]
"""Ratings and satisfied ones."""


def worked_out(sums: Collection[frozenset[Atom]], desk: str) -> list[dict[Atom, int]]:
    """A basis of all sums of `desk` alone that follow from `sums`."""
    solved: dict[Atom, dict[Atom, int]] = {}
    for known in sums:
        row = dict.fromkeys(known, 1)
        for pivot, other in solved.items():
            if pivot in row:
                _subtract(row, other, row[pivot])
        if not row:
            continue
        pivot = min(row, key=lambda atom: (atom.desk == desk, atom))
        inverse = pow(row[pivot], -1, PRIME)
        row = {atom: value * inverse % PRIME for atom, value in row.items()}
        for other in solved.values():
            if pivot in other:
                _subtract(other, row, other[pivot])
        solved[pivot] = row
    return [row for pivot, row in solved.items() if pivot.desk == desk]


def _subtract(row: dict[Atom, int], other: Mapping[Atom, int], factor: int) -> None:
    for atom, value in other.items():
        left = (row.get(atom, 0) - factor * value) % PRIME
        if left:
            row[atom] = left
        else:
            row.pop(atom, None)


def betrayed(counts: Counts, sums: Collection[frozenset[Atom]], desks: Sequence[str]) -> list[str]:
    """What may not be known of a desk and is: in words, none where nothing is."""
    found = []
    for desk in desks:
        rows = worked_out(sums, desk)
        if sum(len(row) for row in rows) > len({atom for row in rows for atom in row}):
            found.append(f"{desk}: sums that overlap, and so their differences")
        for row in rows:
            rated, satisfied = (sum(counts[atom][which] for atom in row) for which in (0, 1))
            if len(set(row.values())) > 1 or rated < SHOWN_FROM or rated - satisfied < FEW:
                found.append(f"{desk}: {rated - satisfied} of {rated} in {sorted({atom.day[:7] for atom in row})}")
    return found
