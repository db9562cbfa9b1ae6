"""What a centre's own counts say of who comes and how long it takes, so that a day like one of theirs can be drawn.

Learned are: visits a day of each service, which hours they come in, how days differ, how long a call takes and how long
a desk tidies up while somebody waits, who does not come, who has priority, who is sent on to a second desk. Services
are taken to come in the same hours, and days to differ as a whole: the counts say no more.

Rules: pure; only counts are read, of the read model `daily`; chance is passed in.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from random import Random

from msgspec import Struct

from broker.histogram import edges
from broker.model import Site
from broker.simulator.visits import Visit, Work, fresh_id

MEASURES = ("issued", "priority", "called", "no_show", "service", "tidy", "wait")
DIMENSIONS = ("site", "hour", "service", "queue")
Row = tuple[str, str, str, str, int, int]
"""dimension, day, key, measure, bucket, n."""
Histogram = Mapping[int, int]
HOUR_S = 3600


class Learned(Struct, frozen=True, kw_only=True):
    """A centre's demand and work.

    `days`: visits of each day over the mean; `services`: visits a day; `hours`: visits by local hour; `contact` and
    `tidy`: histograms by queue, "" of all; `no_show`, `priority`: shares of calls and of visits; `onward`: queue and
    share of the visits that are sent on to it.
    """

    days: tuple[float, ...]
    services: Mapping[str, float]
    hours: Histogram
    contact: Mapping[str, Histogram]
    tidy: Mapping[str, Histogram]
    no_show: float
    priority: float
    onward: tuple[tuple[str, float], ...]
    waits: Histogram


def learn(rows: Iterable[Row], site: Site) -> Learned:
    """What `rows` of some days say. Raises ValueError when nobody came on them."""
    by: dict[str, defaultdict[str, defaultdict[tuple[str, int], int]]] = {
        dimension: defaultdict(lambda: defaultdict(int)) for dimension in DIMENSIONS
    }
    visits: defaultdict[str, int] = defaultdict(int)
    for dimension, day, key, measure, bucket, n in rows:
        by[dimension][measure][key, bucket] += n
        if dimension == "site" and measure == "issued":
            visits[day] += n
    came = [n for n in visits.values() if n]
    if not came:
        raise ValueError("nobody came on these days: there is nothing to learn from")
    mean = sum(came) / len(came)
    issued, contacts = _by_key(by["queue"]["issued"]), _by_key(by["queue"]["service"])
    first = sum(n for queue, n in contacts.items() if issued.get(queue))
    whole = by["site"]
    return Learned(
        days=tuple(n / mean for n in came),
        services={
            key: n / len(came) for key, n in _by_key(by["service"]["issued"]).items() if key in site.services and n
        },
        hours={int(hour): n for hour, n in _by_key(by["hour"]["issued"]).items()},
        contact=_histograms(by["queue"]["service"]),
        tidy=_histograms(by["queue"]["tidy"]),
        no_show=_share(whole["no_show"], whole["called"]),
        priority=_share(whole["priority"], whole["issued"]),
        onward=tuple((queue, n / first) for queue, n in contacts.items() if n and not issued.get(queue) and first),
        waits={bucket: n for (_, bucket), n in whole["wait"].items()},
    )


def _by_key(counts: Mapping[tuple[str, int], int]) -> dict[str, int]:
    totals: defaultdict[str, int] = defaultdict(int)
    for (key, _), n in counts.items():
        totals[key] += n
    return totals


def _histograms(counts: Mapping[tuple[str, int], int]) -> dict[str, Histogram]:
    found: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (key, bucket), n in counts.items():
        for name in (key, ""):
            found[name][bucket] += n
    return {name: dict(histogram) for name, histogram in found.items()}


def _share(part: Mapping[tuple[str, int], int], whole: Mapping[tuple[str, int], int]) -> float:
    total = sum(whole.values())
    return sum(part.values()) / total if total else 0.0


class Draw:
    """Draws days of a centre that is as `learned`."""

    def __init__(self, learned: Learned, site: Site) -> None:
        self._learned, self._site = learned, site
        self._groups = tuple(site.groups)
        self._spans = list(_open_spans(learned.hours, site))
        self._weights = [weight for *_, weight in self._spans]

    def day(self, number: int, chance: Random) -> list[Visit]:
        """The visits of day `number` (from 0), in the order in which they come; the recorded days take turns."""
        factor = self._learned.days[number % len(self._learned.days)]
        visits = [
            self._visit(service, chance)
            for service, mean in self._learned.services.items()
            for _ in range(_poisson(mean * factor, chance))
        ]
        return sorted(visits, key=lambda visit: visit.at_s)

    def _visit(self, service: str, chance: Random) -> Visit:
        learned = self._learned
        ((start_s, end_s, _),) = chance.choices(self._spans, self._weights)
        queues = [self._site.services[service].queue]
        queues += [queue for queue, share in learned.onward if chance.random() < share]
        priority = bool(self._groups) and chance.random() < learned.priority
        return Visit(
            id=fresh_id(chance),
            service=service,
            at_s=chance.uniform(start_s, end_s),
            group=chance.choice(self._groups) if priority else "",
            lang="vi",
            works=tuple(
                Work(queue, _seconds(learned.contact, queue, chance), _seconds(learned.tidy, queue, chance))
                for queue in queues
            ),
            missed=chance.random() < learned.no_show,
        )


def _open_spans(hours: Histogram, site: Site) -> Iterator[tuple[float, float, float]]:
    """When people come while numbers are given: from, to (seconds after midnight) and how many."""
    for hour, n in hours.items():
        within = [
            (max(60 * start, HOUR_S * hour), min(60 * end, HOUR_S * (hour + 1))) for start, end in site.hours.spans
        ]
        length = sum(max(0, end - start) for start, end in within)
        yield from ((start, end, n * (end - start) / length) for start, end in within if end > start)


def _seconds(histograms: Mapping[str, Histogram], queue: str, chance: Random) -> float:
    """A draw from the histogram of a queue, or of all queues where it has none."""
    histogram = histograms.get(queue) or histograms.get("", {})
    if not histogram:
        return 0.0
    (bucket,) = chance.choices(list(histogram), list(histogram.values()))
    return chance.uniform(*edges(bucket))


def _poisson(mean: float, chance: Random) -> int:
    """How many events of rate 1 fall into `mean`."""
    n, passed = 0, chance.expovariate(1.0)
    while passed < mean:
        n, passed = n + 1, passed + chance.expovariate(1.0)
    return n
