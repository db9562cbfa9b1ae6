"""What a centre's own counts say of who comes and how long it takes, so that a day like one of theirs can be drawn.

Learned are: how many came on each day for each service, at what times for each queue, how long a call takes and how
long a desk tidies up while somebody waits, who does not come or comes late, who has priority, who is sent on to a
second desk, and when each clerk was there on each day.

Rules: pure; nothing is read but counts, when numbers were given and when desks were open; chance is passed in; of the
same chance more demand gives the same visits and some more.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, chain
from random import Random

from msgspec import Struct

from broker.histogram import bucket_of, edges
from broker.model import Site
from broker.simulator.attendance import Away, clerks_spans, on_clock
from broker.simulator.moments import Given, Tidied
from broker.simulator.visits import Span, Visit, Work, fresh_id

MEASURES = ("issued", "priority", "no_show", "returned", "service", "wait", "wait_s", "stranded")
Row = tuple[str, str, str, str, int, int]
"""Day, queue, service, measure, bucket, n."""
Key = tuple[str, str]
"""Queue and service; "" stands for all of them."""
Histogram = Mapping[int, int]
SLOT_MIN = 5
"""As finely are the times told apart at which people come."""
ENOUGH = 20
"""Fewer calls of a service say less than those of its queue."""
WEIGHT = 30
"""The times of the whole centre weigh as much as so many visits of a queue's own."""


class RecordedDay(Struct, frozen=True):
    """How many came for each service, and when the clerks were not there."""

    visits: Mapping[str, int]
    away: Away = {}


class Learned(Struct, frozen=True, kw_only=True):
    """A centre's demand and work.

    `demand`: so many times the visits of `days`; `rates`: by queue and slot of the day, how many people come (in
    proportion, "" of all queues); `opened`: the slots at which the doors opened; `contact` and `tidy`: histograms by
    queue and service; `no_show`, `priority`: shares of visits; `back`: share of the no-shows who come back; `onward`:
    queue and share of the visits that are sent on to it; `waits`, `mean_min` and `stranded`: what came of it.
    """

    days: tuple[RecordedDay, ...]
    rates: Mapping[str, Mapping[int, float]]
    opened: tuple[int, ...]
    contact: Mapping[Key, Histogram]
    tidy: Mapping[Key, Histogram]
    no_show: float
    back: float
    priority: float
    onward: tuple[tuple[str, float], ...]
    waits: Histogram
    mean_min: float
    stranded: int = 0
    demand: float = 1.0

    @property
    def visits(self) -> float:
        """How many came on a day."""
        return sum(sum(day.visits.values()) for day in self.days) / len(self.days)


def learn(
    rows: Iterable[Row],
    given: Iterable[Given],
    tidied: Iterable[Tidied],
    site: Site,
    away: Mapping[str, Away] | None = None,
) -> Learned:
    """What `rows` of some days say, when numbers were `given`, how desks `tidied` up, and by day who was `away`.

    Raises ValueError when nobody came on them.
    """
    counts: defaultdict[str, defaultdict[tuple[str, int], int]] = defaultdict(lambda: defaultdict(int))
    came: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    contact: defaultdict[Key, Counter[int]] = defaultdict(Counter)
    for day, queue, service, measure, bucket, n in rows:
        counts[measure][queue, bucket] += n
        if measure == "service":
            contact[queue, service][bucket] += n
        if measure == "issued" and service in site.services:
            came[day][service] += n
    tidy: defaultdict[Key, Counter[int]] = defaultdict(Counter)
    for queue, service, seconds in tidied:
        tidy[queue, service][bucket_of(seconds)] += 1
    slots: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for queue, minute in given:
        for name in (queue, ""):
            slots[name][minute // SLOT_MIN] += 1
    if not came or not slots:
        raise ValueError("nobody came on these days: there is nothing to learn from")
    issued, contacts = _by_key(counts["issued"]), _by_key(counts["service"])
    first = sum(n for queue, n in contacts.items() if issued.get(queue))
    return Learned(
        days=tuple(RecordedDay(dict(visits), (away or {}).get(day, {})) for day, visits in sorted(came.items())),
        rates={queue: _rates(of, slots[""], site) for queue, of in slots.items()},
        opened=tuple(start // SLOT_MIN for start, _ in site.hours.spans),
        contact=_pooled(contact),
        tidy=_pooled(tidy),
        no_show=_share(counts["no_show"], counts["issued"]),
        back=_share(counts["returned"], counts["no_show"]),
        priority=_share(counts["priority"], counts["issued"]),
        onward=tuple((queue, n / first) for queue, n in contacts.items() if n and not issued.get(queue) and first),
        waits=sum((Counter({bucket: n}) for (_, bucket), n in counts["wait"].items()), Counter()),
        mean_min=_share(counts["wait_s"], counts["wait"]) / 60,
        stranded=sum(counts["stranded"].values()),
    )


def _rates(own: Counter[int], of_all: Counter[int], site: Site) -> dict[int, float]:
    """How many come in each slot, in proportion: a queue's own, drawn to those of all where it has few."""
    weight = WEIGHT / of_all.total()
    open_ = (range(start // SLOT_MIN, -(-end // SLOT_MIN)) for start, end in site.hours.spans)
    return {slot: own[slot] + weight * of_all[slot] for slot in sorted({*of_all, *chain(*open_)})}


def _by_key(counts: Mapping[tuple[str, int], int]) -> dict[str, int]:
    totals: defaultdict[str, int] = defaultdict(int)
    for (key, _), n in counts.items():
        totals[key] += n
    return totals


def _pooled(own: Mapping[Key, Counter[int]]) -> dict[Key, Histogram]:
    """The histograms of services that have enough, of queues, and of all."""
    found: defaultdict[Key, Counter[int]] = defaultdict(Counter)
    for (queue, service), histogram in own.items():
        for key in {(queue, service), (queue, ""), ("", "")}:
            found[key] += histogram
    return {key: dict(of) for key, of in found.items() if not key[1] or of.total() >= ENOUGH}


def _share(part: Mapping[tuple[str, int], int], whole: Mapping[tuple[str, int], int]) -> float:
    total = sum(whole.values())
    return sum(part.values()) / total if total else 0.0


class Draw:
    """Draws days of a centre that is as `learned`, in the hours of `site`."""

    def __init__(self, learned: Learned, site: Site) -> None:
        self._learned, self._site = learned, site
        self._groups = tuple(site.groups)
        self._spans = {(queue, ""): _lots(_spans(learned, rates, site)) for queue, rates in learned.rates.items()}
        self._contact, self._tidy = (
            {key: _lots((edges(bucket), n) for bucket, n in of.items()) for key, of in histograms.items()}
            for histograms in (learned.contact, learned.tidy)
        )

    def day(self, number: int, chance: Random) -> list[Visit]:
        """The visits of day `number` (from 0), in the order in which they come; the recorded days take turns."""
        visits = []
        for service, n in self._recorded(number).visits.items():
            own = Random(chance.getrandbits(64))  # noqa: S311  # because a day must be repeatable, not secret
            visits += [self._visit(service, own) for _ in range(int(self._learned.demand * n + chance.random()))]
        return sorted(visits, key=lambda visit: visit.at_s)

    def away(self, number: int) -> dict[str, tuple[Span, ...]]:
        """When which clerk is not there on day `number`, in seconds after midnight.

        A desk that was not there in those days is as diligent as the best of its queue.
        """
        known, desks, spans = self._recorded(number).away, self._site.desks, clerks_spans(self._site)
        return {
            desk: on_clock(known[desk] if desk in known else self._most_diligent(desks[desk].skills, known), spans)
            for desk in desks
        }

    def _most_diligent(self, skills: tuple[str, ...], known: Away) -> tuple[Span, ...]:
        desks = self._site.desks
        peers = (gaps for desk, gaps in known.items() if desk in desks and desks[desk].skills == skills)
        return min(peers, key=lambda gaps: sum(back - gone for gone, back in gaps), default=())

    def _recorded(self, number: int) -> RecordedDay:
        return self._learned.days[number % len(self._learned.days)]

    def _visit(self, service: str, chance: Random) -> Visit:
        learned, queue = self._learned, self._site.services[service].queue
        start_s, end_s = _drawn(self._spans, (queue, ""), chance)
        queues = [queue, *(queue for queue, share in learned.onward if chance.random() < share)]
        priority, group, missed, back = (chance.random() for _ in range(4))
        return Visit(
            id=fresh_id(chance),
            service=service,
            at_s=chance.uniform(start_s, end_s),
            group=self._groups[int(group * len(self._groups))] if priority < learned.priority and self._groups else "",
            lang="vi",
            works=tuple(
                Work(
                    queue,
                    chance.uniform(*_drawn(self._contact, (queue, service), chance)),
                    chance.uniform(*_drawn(self._tidy, (queue, service), chance)),
                )
                for queue in queues
            ),
            missed=missed < learned.no_show,
            back_after_s=chance.random() * self._site.rules.reinstate_within_s if back < learned.back else 0.0,
        )


def _spans(learned: Learned, rates: Mapping[int, float], site: Site) -> Iterator[tuple[Span, float]]:
    """When people come while numbers are given (from and to in seconds after midnight), and how many.

    Whoever waits at the door comes when it opens. When nobody could come before, they come as at the nearest time.
    """
    doors = dict(zip((start // SLOT_MIN for start, _ in site.hours.spans), learned.opened, strict=False))
    usual = [slot for slot in rates if slot not in learned.opened] or list(rates)
    for start, end in site.hours.spans:
        for slot in range(start // SLOT_MIN, -(-end // SLOT_MIN)):
            first, last = max(start, SLOT_MIN * slot), min(end, SLOT_MIN * (slot + 1))
            known = doors.get(slot) or min(usual, key=lambda other: abs(other - slot))  # because it is used at once
            yield (60.0 * first, 60.0 * last), rates.get(known, 0.0)


_Lots = tuple[list[Span], list[float]]
"""Spans to draw from, and the running sums of their weights."""


def _lots(weighted: Iterable[tuple[Span, float]]) -> _Lots:
    kept = [(span, weight) for span, weight in weighted if weight]
    return [span for span, _ in kept], list(accumulate(weight for _, weight in kept))


def _drawn(lots: Mapping[Key, _Lots], key: Key, chance: Random) -> Span:
    """A span drawn by weight: of a service, of its queue where it has none, or of all."""
    spans, sums = lots.get(key) or lots.get((key[0], "")) or lots.get(("", ""), ([], []))
    return chance.choices(spans, cum_weights=sums)[0] if spans else (0.0, 0.0)
