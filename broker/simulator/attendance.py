"""When clerks were not at their desks, as their own keys say: opened, paused, gone on, closed.

Rules: pure; away is told in shares of a day's working time, so that it still means something where the hours change; a
desk that was never opened was away all day, and a day without such keys says nothing.
"""

from collections.abc import Iterable, Mapping, Sequence

from broker import facts as f
from broker.local_calendar import LocalCalendar
from broker.model import Site
from broker.simulator.moments import Moment
from broker.simulator.visits import Span

Away = Mapping[str, tuple[Span, ...]]
"""Desk -> from and to, as shares of the working time of the day."""
ALL_DAY: tuple[Span, ...] = ((0.0, 1.0),)
LEAST_S = 60.0
"""Whoever is back sooner was there."""
_COMES, _GOES = (f.DeskOpened, f.DeskResumed), (f.DeskClosed, f.DeskPaused)


def away(moments: Iterable[Moment], site: Site) -> dict[str, Away]:
    """By day, when the clerks of each desk were away in the clerks' hours of `site`."""
    calendar, spans = LocalCalendar(site.zone), clerks_spans(site)
    moves: dict[str, dict[str, list[tuple[float, bool]]]] = {}
    for day, at, fact in moments:
        if isinstance(fact, _COMES + _GOES):
            local = calendar.local(at)
            after_s = 3600.0 * local.hour + 60 * local.minute + local.second
            moves.setdefault(day, {}).setdefault(fact.desk, []).append((after_s, isinstance(fact, _COMES)))
        elif isinstance(fact, f.Undone):
            taken_back = sum(isinstance(each, _COMES + _GOES) for each in fact.facts)
            known = moves.get(day, {}).get(fact.desk, [])
            del known[len(known) - taken_back :]
    return {day: {desk: _away(of.get(desk, ()), spans) for desk in site.desks} for day, of in moves.items()}


def _away(moves: Sequence[tuple[float, bool]], spans: Sequence[Span]) -> tuple[Span, ...]:
    """The gaps between coming and going; a change of mind within a minute is none."""
    total, found, gone = _worked(spans[-1][1], spans), [], 0.0
    there = False
    for at, comes in (*moves, (spans[-1][1], True)):
        if comes and not there and _worked(at, spans) - gone > LEAST_S:
            found.append((gone / total, _worked(at, spans) / total))
        if there and not comes:
            gone = _worked(at, spans)
        there = comes
    return tuple(found)


def clerks_spans(site: Site) -> tuple[Span, ...]:
    """When clerks serve, in seconds after midnight."""
    return tuple((60.0 * start, 60.0 * end) for start, end in site.hours.clerks)


def _worked(at_s: float, spans: Sequence[Span]) -> float:
    """The working time (s) that has passed at a moment of the day."""
    return sum(min(max(at_s - start, 0.0), end - start) for start, end in spans)


def on_clock(away: Sequence[Span], spans: Sequence[Span]) -> tuple[Span, ...]:
    """Shares of the working time as seconds after midnight, cut where a span ends."""
    total, passed, found = sum(end - start for start, end in spans), 0.0, []
    for start, end in spans:
        for gone, back in away:
            first, last = max(gone * total, passed), min(back * total, passed + end - start)
            if first < last:
                found.append((start + first - passed, start + last - passed))
        passed += end - start
    return tuple(found)


def present(days: Iterable[Away]) -> dict[str, float]:
    """For how many days' working time each desk was there."""
    there: dict[str, float] = {}
    for away in days:
        for desk, gaps in away.items():
            there[desk] = there.get(desk, 0.0) + 1 - sum(back - gone for gone, back in gaps)
    return there
