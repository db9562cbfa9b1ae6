"""What a manager should look at now: long waits, crowds, desks that could help, boxes that need a hand, papers
in no line.

Rules: pure; an alert says what is so, never whose fault it is; what counts as long, many or low is the centre's own
(`[alerts]` of its file).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from broker.devices import Device
from broker.lobby import Lobby
from broker.model import Alerting
from broker.quarantine import NO_LONGER_IN_LINE, PutAside

Kind = Literal["long_wait", "crowded", "idle", "silent", "lost", "part", "missed_ranges", "papers"]
NAMED = 6
"""So many papers are named, and all are counted."""


class Alert(Struct, frozen=True, kw_only=True):
    """One thing to look at. `place`: a queue, desk or box; `queue`: whom an idle desk could help; `n` seconds, people,
    papers (`reason` names them) or, of `of` printed ranges, those that came true; `part` of a box is in `state`, for
    `reason`.
    """

    kind: Kind
    place: str = ""
    queue: str = ""
    n: int = 0
    of: int = 0
    part: str = ""
    state: str = ""
    reason: str = ""


def of_hall(lobby: Lobby, rules: Alerting, now: int) -> tuple[Alert, ...]:
    """What waiting people and desks say, `now` in Unix ms."""
    return (*_queues(lobby, rules, now), *_desks(lobby, rules, now))


def of_boxes(boxes: Iterable[Device]) -> tuple[Alert, ...]:
    """What the boxes say of themselves, and which the bus has lost."""
    return tuple(alert for box in boxes for alert in _box(box))


def of_ranges(rules: Alerting, kept: int, promised: int) -> tuple[Alert, ...]:
    """Whether the ranges on today's tickets come true too seldom, once there are enough to say so."""
    if promised < rules.ranges_at_least or kept >= rules.coverage * promised:
        return ()
    return (Alert(kind="missed_ranges", n=kept, of=promised),)


def of_papers(put_aside: Iterable[PutAside]) -> tuple[Alert, ...]:
    """Which boxes printed numbers today that are in no line: who holds one waits to be called and is not."""
    papers: defaultdict[str, set[str]] = defaultdict(set)
    for each in put_aside:
        if each.kind in NO_LONGER_IN_LINE:
            papers[each.device].add(each.number or "?")
    return tuple(
        Alert(kind="papers", place=device, n=len(numbers), reason=", ".join(sorted(numbers)[:NAMED]))
        for device, numbers in sorted(papers.items())
    )


def _queues(lobby: Lobby, rules: Alerting, now: int) -> Iterator[Alert]:
    for queue in lobby.site.queues:
        longest_s, waiting = lobby.longest_ms(queue, now) // 1000, lobby.waiting(queue, now)
        if longest_s > rules.wait_s:
            yield Alert(kind="long_wait", place=queue, n=longest_s)
        if waiting > rules.waiting:
            yield Alert(kind="crowded", place=queue, n=waiting)


def _desks(lobby: Lobby, rules: Alerting, now: int) -> Iterator[Alert]:
    for desk in lobby.site.desks.values():
        seat = lobby.seats[desk.id]
        if seat.status != "open":
            continue
        still_s = (now - seat.since) // 1000
        if still_s > rules.silent_s and (seat.ticket or any(lobby.waiting(queue, now) for queue in desk.skills)):
            yield Alert(kind="silent", place=desk.id, n=still_s)
        if not seat.ticket and not any(lobby.waiting(queue, now) for queue in desk.skills):
            longest_s, queue = max(
                ((lobby.longest_ms(each, now) // 1000, each) for each in desk.backups), default=(0, "")
            )
            if longest_s > rules.idle_s:
                yield Alert(kind="idle", place=desk.id, queue=queue, n=longest_s)


def _box(box: Device) -> Iterator[Alert]:
    if not box.online:
        yield Alert(kind="lost", place=box.id)
        return
    for name, part in box.health.parts.items() if box.health else ():
        if part.state != "ready":
            yield Alert(kind="part", place=box.id, part=name, state=part.state, reason=part.reason)
