"""How many wishes for a number were refused, and why? What a figure means is said on the fields of `Refused`.

Rules: only the counts of days are read.
"""

from typing import get_args

from msgspec import Struct

from broker import figures
from broker.grouping import By
from broker.model import Site
from broker.packed import Counts
from broker.reader import Reader
from broker.refusal_facts import Why


class Refused(Struct, frozen=True, kw_only=True):
    """The wishes of one key that got no number: `refused` in all.

    `closed`: the centre was closed; `before_break`, `today`: no time was left before the break, before the day's end;
    `held`: the card has an open number of that queue; `appointment`: not known, too early, or its number was taken;
    `unknown`: no such service or priority group. `accepted` of those without time took what was offered and got a
    number after all. Wishes are counted, not people: who tries twice counts twice.
    """

    key: str
    refused: int
    closed: int
    before_break: int
    today: int
    held: int
    appointment: int
    unknown: int
    accepted: int


REASONS: tuple[Why, ...] = get_args(Why)


def refused(reader: Reader, site: Site, start: str, end: str, by: By) -> list[Refused]:
    """The refused wishes from day `start` to day `end`, one row per key that had any; `site` has always one.

    Raises ValueError when a day is not `YYYY-MM-DD`.
    """
    rows = [_row(key, counts) for key, counts in figures.counted(reader, site, start, end, by).items()]
    return [row for row in rows if row.refused or row.accepted or by == "site"]


def _row(key: str, counts: Counts) -> Refused:
    why = {reason: counts.total(f"refused_{reason}") for reason in REASONS}
    return Refused(key=key, refused=sum(why.values()), accepted=counts.total("refused_accepted"), **why)
