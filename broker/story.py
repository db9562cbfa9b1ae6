"""The whole story of one visit, from the log: when it was issued, what became of its paper, each call and why, its end.

The log has no index by visit: a number of a day stands in the table of numbers, and from its issue to the next day
there are a few thousand facts, however long the log is.

Rules: reads only; ratings stand in no story, nor does a card or a priority group; what an undo took back is told too.
"""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from broker import facts as f
from broker.model import Site
from broker.reader import Reader


class Step(Struct, frozen=True, kw_only=True):
    """One thing that happened at `at` (Unix ms). `undone`: the desk took it back afterwards."""

    at: int
    fact: f.AnyFact
    undone: bool = False


class Story(Struct, frozen=True, kw_only=True):
    """What happened to the visit that was `issued` on `day`, in order."""

    day: str
    issued: f.Issued
    steps: tuple[Step, ...]


def by_number(reader: Reader, site: Site, day: str, number: str) -> Story | None:
    """The visit that had `number` on `day`, as people write it: A012, or a12."""
    wish = number.strip().upper()
    for queue in site.queues.values():
        figures = wish.removeprefix(queue.prefix)
        if figures != wish and figures.isascii() and figures.isdigit() and len(figures) <= 6:
            sql = "SELECT fact FROM numbers WHERE day = ? AND series = ? AND n = ?"
            return _first(reader, reader.execute(sql, (day, queue.id, int(figures))))
    return None


_BY_COMMAND_SQL = """
    SELECT fact FROM replies WHERE id = ?1 AND fact IS NOT NULL
    UNION ALL SELECT fact FROM inbox WHERE id = ?1 AND fact IS NOT NULL"""


def by_ticket(reader: Reader, ticket: str) -> Story | None:
    """The visit `ticket` of whichever day; its id is that of the command which issued it, but for numbers that a kiosk
    gave alone: of those, None.
    """
    story = _first(reader, reader.execute(_BY_COMMAND_SQL, (ticket,)))
    return story if story is not None and story.issued.ticket == ticket else None


def _first(reader: Reader, rows: Iterable[tuple[int]]) -> Story | None:
    """The story that begins with the fact that a row names; None where nothing was issued there."""
    for (seq,) in rows:
        for day, body in reader.execute("SELECT day, body FROM facts WHERE seq = ?", (seq,)):
            issued = f.decode(body)
            if isinstance(issued, f.Issued):
                return Story(day=day, issued=issued, steps=tuple(_steps(reader, seq, issued.ticket)))
    return None


_STEPS_SQL = """
    SELECT at, body FROM facts WHERE seq >= ?1 AND instr(body, ?2) > 0
        AND seq < coalesce((SELECT seq FROM facts WHERE kind = 'day_opened' AND seq > ?1 ORDER BY seq LIMIT 1), 1 << 62)
    ORDER BY seq"""


def _steps(reader: Reader, first: int, ticket: str) -> list[Step]:
    steps: list[Step] = []
    for at, body in reader.execute(_STEPS_SQL, (first, ticket)):
        fact = f.decode(body)
        if isinstance(fact, f.Undone):
            steps = [_if_undone(step, fact) for step in steps]
        if isinstance(fact, f.Undone) or getattr(fact, "ticket", "") == ticket or ticket in f.moved(fact):
            steps.append(Step(at=at, fact=fact))
    return steps


def _if_undone(step: Step, undone: f.Undone) -> Step:
    return replace(step, undone=True) if step.at == undone.at and step.fact in undone.facts else step
