"""What must hold between the paper, the kiosks' journals and the hub's log once all is quiet: the same for every test.

Rules: pure, and independent of the code under test: it counts papers and facts, and asks no rule of the hub.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from broker import facts as f

_RANK = {"printing": 1, "uncertain": 2, "printed": 3, "void": 3}


class Paper(NamedTuple):
    """A whole ticket: its number is on it and it was cut off."""

    ticket: str
    number: str


def papers(tape: Path) -> list[Paper]:
    """The whole tickets on a tape (lines `head TICKET`, `number NUMBER`, `void`, `cut`), in order."""
    found, ticket, number = [], "", ""
    for line in tape.read_text("utf-8").splitlines() if tape.exists() else ():
        kind, _, what = line.partition(" ")
        if kind == "head":
            ticket, number = what, ""
        elif kind == "number":
            number = what
        elif kind == "void":
            ticket = number = ""
        elif kind == "cut":
            if number:
                found.append(Paper(ticket, number))
            ticket = number = ""
    return found


def wrongs(facts: Iterable[f.AnyFact], printed: Iterable[Paper]) -> list[str]:
    """Every broken promise, in words; none when all is well."""
    return list(_wrongs(list(facts), list(printed)))


def _wrongs(facts: list[f.AnyFact], printed: list[Paper]) -> Iterator[str]:
    issued = [fact for fact in facts if isinstance(fact, f.Issued)]
    yield from _twice("number in the hub's log", ((fact.queue, fact.n) for fact in issued))
    yield from _twice("ticket in the hub's log", (fact.ticket for fact in issued))
    yield from _twice("number on paper", (paper.number for paper in printed))
    yield from _twice("ticket on paper", (paper.ticket for paper in printed))
    numbers = {fact.ticket: fact.number for fact in issued}
    for paper in printed:
        if numbers.get(paper.ticket) != paper.number:
            yield f"the paper {paper.number} of {paper.ticket} is {numbers.get(paper.ticket, 'unknown')} at the hub"
    whole = {paper.ticket for paper in printed}
    for ticket, number in numbers.items():
        yield from _fate(number, _states(facts, ticket), ticket in whole)


def _twice(what: str, seen: Iterable[object]) -> Iterator[str]:
    return (f"{what}: {each} {count} times" for each, count in Counter(seen).items() if count > 1)


def _states(facts: list[f.AnyFact], ticket: str) -> list[str]:
    return [
        "void" if isinstance(fact, f.Voided) else fact.state
        for fact in facts
        if isinstance(fact, f.Voided | f.PaperChanged) and fact.ticket == ticket
    ]


def _fate(number: str, states: list[str], whole: bool) -> Iterator[str]:
    ranks = [_RANK[state] for state in states]
    if ranks != sorted(set(ranks)):
        yield f"{number} goes back: {states}"
    last = states[-1] if states else "nothing"
    if last not in ("uncertain", "printed", "void"):
        yield f"{number} never ended: {states}"
    if last == "printed" and not whole:
        yield f"{number} is printed for the hub, but not on paper"
    if last == "void" and whole:
        yield f"{number} is void for the hub, but on paper"
