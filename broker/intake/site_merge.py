"""A centre's table and a newer one of the same kind, made into one that remembers both.

A row that changes is not overwritten: it ends on the day from which the new one holds, so that a report of last year
still counts what was there last year. Rules: pure; a file that was merged changes nothing when it is merged again.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from broker.intake.site_kinds import SPAN

Row = dict[str, str]
_BESIDE = {"valid_to", "basis"}
"""What may change without making another row: a row may end, and what was made up may be confirmed."""


class Merged(Struct, frozen=True):
    """The table, and how many codes are new, changed, ended or as before."""

    rows: tuple[Row, ...]
    new: int
    changed: int
    ended: int
    unchanged: int


def merge(known: Sequence[Row], coming: Sequence[Row], defaults: Mapping[str, str], day: str, complete: bool) -> Merged:
    """`known` rows with those that are `coming`, which hold from `day` unless they say from when.

    What a line leaves out stays as it was. With `complete` the file names all there is: what it lacks ends on `day`.
    """
    table = [dict(row) for row in known]
    counts = {"new": 0, "changed": 0, "ended": 0, "unchanged": 0}
    for row in coming:
        counts[_put(table, row, defaults, day)] += 1
    if complete:
        named = {row["code"].upper() for row in coming}
        for row in table:
            if row["code"].upper() not in named and not _ended(row, day):
                row["valid_to"] = day
                counts["ended"] += 1
    return Merged(tuple(table), **counts)


def _put(table: list[Row], row: Row, defaults: Mapping[str, str], day: str) -> str:
    since = row.get("valid_from") or day
    place = _current(table, row["code"], since)
    if place is None:
        table.append({**defaults, **{k: v for k, v in row.items() if v or k not in defaults}, "valid_from": since})
        return "new"
    old = table[place]
    fresh = {**old, **{column: text for column, text in row.items() if column != "valid_from"}, "code": old["code"]}
    if fresh == old:
        return "unchanged"
    same = all(fresh.get(column) == old.get(column) for column in {*fresh, *old} - _BESIDE)
    if same or old.get("valid_from", "") == since:
        table[place] = fresh
        return "changed"
    table[place] = {**old, "valid_to": since}
    table.insert(place + 1, {**fresh, "valid_from": since, "valid_to": row.get("valid_to", "")})
    return "changed"


def _current(table: Sequence[Row], code: str, day: str) -> int | None:
    """The row of `code` that holds on `day`, or else the first that will."""
    mine = [place for place, row in enumerate(table) if row["code"].upper() == code and not _ended(row, day)]
    return min(mine, key=lambda place: table[place].get("valid_from", ""), default=None)


def _ended(row: Row, day: str) -> bool:
    return bool(row.get("valid_to")) and row["valid_to"] <= day


def columns_of(known: Sequence[str], coming: Sequence[Row]) -> list[str]:
    """The columns of the merged table: those it had, then those that came, the span of validity among them."""
    more = [column for row in coming for column in row]
    return list(dict.fromkeys((*known, *more, *SPAN)))
