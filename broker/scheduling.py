"""Who is next: one rule for every free desk.

score = rate(class) × (now − clock0); rate 1 for ordinary visits, b for priority (accumulating priority: Kleinrock 1964;
Stanford, Taylor and Ziedins 2014). b = 1 is first come first served, b → ∞ strict priority.

Rules: pure; a desk takes from its backup queues only when nothing of its own waits, and only who waited at least T
there; nobody is called before being due.
"""

import bisect
from collections.abc import Iterator

from msgspec import Struct

from broker.facts import CallReason, CallWhy
from broker.lobby import LATEST, Line, LineKey, Lobby, Ticket
from broker.model import Rules


class Choice(Struct, frozen=True):
    """Who is called, and why."""

    ticket: str
    reason: CallReason


def rate(rules: Rules, priority: bool) -> float:
    """How fast a class gains score, per millisecond waited."""
    if not priority or rules.policy == "fifo":
        return 1.0
    return float("inf") if rules.policy == "strict" else rules.priority_rate


def _score(rules: Rules, priority: bool, key: LineKey, now: int) -> tuple[float, int, int]:
    # A strict class must win even with a wait of 0 ms, where infinity times zero would be no number.
    weight = rate(rules, priority)
    waited = max(0, now - key[0])
    return (weight if weight == float("inf") else weight * waited, -key[0], -key[1])


def _heads(lobby: Lobby, queues: tuple[str, ...], waited_ms: int, now: int) -> Iterator[tuple[bool, LineKey]]:
    """The first of each class in those of `queues` where somebody has waited for so long: of one queue all or none."""
    for queue in queues:
        classes = list(lobby.lines[queue].classes(now))
        if any(now - max(keys[0][0], due) >= waited_ms for _, due, keys in classes):
            yield from ((priority, keys[0]) for priority, _, keys in classes)


def choose(lobby: Lobby, desk_id: str, now: int) -> Choice | None:
    """The visit a free desk takes now; None when nobody waits for it."""
    kept = lobby.kept[desk_id]
    if kept:
        return Choice(kept[0][2], "kept")
    desk, rules = lobby.site.desks[desk_id], lobby.site.rules
    own = list(_heads(lobby, desk.skills, -LATEST, now))
    if own:
        return Choice(max(own, key=lambda head: _score(rules, head[0], head[1], now))[1][2], "turn")
    others = list(_heads(lobby, desk.backups, rules.backup_after_s * 1000, now))
    if others:
        return Choice(max(others, key=lambda head: _score(rules, head[0], head[1], now))[1][2], "backup")
    return None


def ahead(rules: Rules, line: Line, priority: bool, key: LineKey, now: int, by: int = 0) -> int:
    """How many of a line have a higher score now than the visit at `key`; those who are due by `by` count too."""
    return sum(
        _above(keys, key, now, rate(rules, priority), rate(rules, theirs))
        for theirs, _, keys in line.classes(max(now, by))
    )


def those_ahead(rules: Rules, line: Line, priority: bool, key: LineKey, now: int) -> list[LineKey]:
    """The keys of those whom `ahead` counts, by clock0."""
    return sorted(
        theirs
        for other, _, keys in line.classes(now)
        for theirs in keys[: _above(keys, key, now, rate(rules, priority), rate(rules, other))]
    )


def ahead_when_due(rules: Rules, line: Line, priority: bool, key: LineKey, now: int, due: int) -> int:
    """How many are above the visit at `key` when it is due: now, or later, when all who are called now have gone."""
    above = ahead(rules, line, priority, key, now, due)
    return above - ahead(rules, line, priority, key, now) if due > now else above


def _above(keys: list[LineKey], key: LineKey, now: int, my_rate: float, their_rate: float) -> int:
    """How many of a class with `their_rate` are above the visit at `key`, which has `my_rate`."""
    if my_rate == their_rate:
        return bisect.bisect_left(keys, key)
    if float("inf") in (my_rate, their_rate):
        return len(keys) if their_rate > my_rate else 0
    # Another class is ahead when its rate × wait exceeds mine: clock0 below now − wait × (my rate / its rate).
    horizon = now - int(max(0, now - key[0]) * my_rate / their_rate)
    return bisect.bisect_left(keys, (horizon, key[1], key[2]))


def overtaken(lobby: Lobby, ticket: Ticket, now: int) -> int:
    """How many of its queue came before `ticket` and still wait, as far as they may be called."""
    earlier = (
        lobby.tickets[key[2]]
        for _, _, keys in lobby.lines[ticket.queue].classes(now)
        for key in keys[: bisect.bisect_left(keys, (*ticket.came, ""))]
    )
    return sum(other.came < ticket.came for other in earlier)


def why(ticket: Ticket, reason: CallReason, overtook: int) -> CallWhy:
    """What makes a visit the one that is called, now that `overtook` who came before still wait.

    `taken` by hand, `kept` for the desk, or `priority` over them, or an `appointment` before them; a `returned`
    late-comer at the place he was given (before some who came earlier, where those put ahead of him have their time
    from another queue). Others pass nobody: an afternoon number that is `due`, one that was `moved` here with the time
    of its issue, or simply the `first`.
    """
    if reason in ("taken", "kept"):
        return "taken" if reason == "taken" else "kept"
    if overtook and ticket.priority and ticket.clock0 >= ticket.issued_at:
        return "priority"
    if ticket.returns:
        return "returned"
    if overtook and ticket.appointment:
        return "appointment"
    if ticket.due:
        return "due"
    return "moved" if ticket.queue != ticket.series else "first"


def place_after(line: Line, count: int, now: int) -> int:
    """The clock0 that puts a late-comer behind the `count` visits then first in line (last when fewer wait).

    Appointments whose place is still to come are none of them: he would stand behind people who come after him.
    """
    keys = [key for key in line.keys(now) if key[0] <= now]
    if len(keys) >= count:
        return keys[count - 1][0] + 1
    return max(now, keys[-1][0] + 1) if keys else now
