"""`./run bench centre`: how fast a whole centre is, and how much of that the machine alone would give.

Each throughput is the median of several rounds, the baseline's rounds in between, so that a busy moment of the machine
strikes both. Eight clients: over the bus with sixteen requests each under way, since that is where capacity shows;
`one_each` has a single one, as eight kiosks would, and shows what a citizen waits for. HTTP has one per connection.
"""

import itertools
import statistics
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.bare_commits import commits_per_s
from bench.lines import HttpLine, Line, MqttLine, Outcome, bodies, drive
from bench.picture import measure, percentiles
from bench.report import Figure
from bench.stand import Stand, fill
from virtual_centre.ports import free_port

CLIENTS = 8
ROUNDS, ROUND_S = 3, 2.0
DEEP = 16
SERVICES = ("tnmt-nop", "gtvt-tra", "tp-nop", "ldtbxh-hoi", "khdt-nop", "ca-tra", "bhxh-nop", "yt-nop")


def run(say: Callable[[str], None]) -> list[Figure]:
    """All figures of one run."""
    with tempfile.TemporaryDirectory(prefix="goiso-bench-") as directory:
        folder = Path(directory)
        say("the disk alone")
        commits = commits_per_s(folder, ROUND_S)
        say("a database of 50,000 tickets")
        tickets = fill(folder)
        stand = Stand(folder)
        say("the hub")
        stand.start()
        try:
            return [
                Figure(name="tickets_in_database", value=tickets),
                Figure(name="hub_ready_s", value=stand.ready_s, unit="s", at_most=1.5),
                Figure(name="sqlite_commits_per_s", value=commits, unit="/s"),
                *_line_figures(stand, say),
                *_picture_figures(stand, say),
                Figure(name="hub_rss_mb", value=stand.hub_rss_mb, unit="MB", at_most=80),
                *_bus_figures(stand, say),
                *_http_figures(stand, say),
                Figure(name="hub_rss_mb_after_the_flood", value=stand.hub_rss_mb, unit="MB"),
            ]
        finally:
            stand.stop()


def _line_figures(stand: Stand, say: Callable[[str], None]) -> list[Figure]:
    say("the bus alone")
    echo = MqttLine(stand.bus.port, "echo", "bench/echo", "bench/echo", bodies(dict))
    outcome = drive([echo], ROUND_S)
    echo.close()
    return [Figure(name="bus_rtt_ms_p50", value=outcome.p50_ms, unit="ms")]


def _picture_figures(stand: Stand, say: Callable[[str], None]) -> list[Figure]:
    say("from press to picture")
    presses = measure(stand)
    p50, p95 = percentiles(presses.to_picture)
    return [
        Figure(
            name="press_to_answer_ms_p50",
            value=percentiles(presses.to_answer)[0],
            unit="ms",
            baseline="bus_rtt_ms_p50",
        ),
        Figure(name="press_to_picture_ms_p50", value=p50, unit="ms", baseline="press_to_answer_ms_p50"),
        Figure(name="press_to_picture_ms_p95", value=p95, unit="ms", baseline="press_to_answer_ms_p50", at_most=40),
    ]


def _bus_figures(stand: Stand, say: Callable[[str], None]) -> list[Figure]:
    say("tickets over the bus, and the least durable responder")
    ours = [_kiosk(stand, n) for n in range(CLIENTS)]
    with stand.beside("bench.bare_bus", str(stand.bus.port), str(stand.folder / "bare-bus.sqlite")):
        bare = [_bare_kiosk(stand, n) for n in range(CLIENTS)]
        one, one_bare = _in_turn(ours, bare, 1)
        deep, deep_bare = _in_turn(ours, bare, DEEP)
        _close(ours + bare)
    return [
        Figure(name="bare_bus_per_s", value=deep_bare.per_s, unit="/s", baseline="sqlite_commits_per_s"),
        Figure(
            name="tickets_bus_per_s",
            value=deep.per_s,
            unit="/s",
            baseline="bare_bus_per_s",
            at_least=2000,
            ratio_at_least=0.5,
        ),
        Figure(name="bare_bus_one_each_per_s", value=one_bare.per_s, unit="/s", baseline="sqlite_commits_per_s"),
        Figure(name="tickets_bus_one_each_per_s", value=one.per_s, unit="/s", baseline="bare_bus_one_each_per_s"),
        Figure(name="ticket_answer_ms_p50", value=one.p50_ms, unit="ms", baseline="bus_rtt_ms_p50"),
        Figure(name="ticket_answer_ms_p95", value=one.p95_ms, unit="ms", baseline="bus_rtt_ms_p50"),
    ]


def _http_figures(stand: Stand, say: Callable[[str], None]) -> list[Figure]:
    say("tickets over HTTP, and a bare durable POST")
    headers = f"Authorization: Bearer {stand.tokens['device']}\r\n"
    ours: list[Line] = [HttpLine(stand.web_port, "/api/v1/tickets", headers, _posts()) for _ in range(CLIENTS)]
    port = free_port()
    with stand.beside("bench.bare_http", str(port), str(stand.folder / "bare-http.sqlite")):
        bare: list[Line] = [HttpLine(port, "/bare", "", _posts()) for _ in range(CLIENTS)]
        one, one_bare = _in_turn(ours, bare, 1)
        _close(ours + bare)
    return [
        Figure(name="bare_http_per_s", value=one_bare.per_s, unit="/s", baseline="sqlite_commits_per_s"),
        Figure(
            name="tickets_http_per_s",
            value=one.per_s,
            unit="/s",
            baseline="bare_http_per_s",
            at_least=800,
            ratio_at_least=0.5,
        ),
        Figure(name="tickets_http_ms_p50", value=one.p50_ms, unit="ms"),
        Figure(name="tickets_http_ms_p95", value=one.p95_ms, unit="ms"),
    ]


def _in_turn(ours: list[Line], bare: list[Line], in_flight: int) -> tuple[Outcome, Outcome]:
    """The medians of both, measured in turn, after a short warm-up."""
    for lines in (ours, bare):
        drive(lines, ROUND_S / 4, in_flight)
    rounds = [(drive(ours, ROUND_S, in_flight), drive(bare, ROUND_S, in_flight)) for _ in range(ROUNDS)]
    return _median([one for one, _ in rounds]), _median([other for _, other in rounds])


def _median(outcomes: list[Outcome]) -> Outcome:
    return Outcome(*(statistics.median(values) for values in zip(*map(_values, outcomes), strict=True)))


def _values(outcome: Outcome) -> tuple[float, float, float]:
    return (outcome.per_s, outcome.p50_ms, outcome.p95_ms)


def _close(lines: list[Line]) -> None:
    for line in lines:
        line.close()


def _requests() -> Iterator[bytes]:
    services = itertools.cycle(SERVICES)
    return bodies(lambda: {"v": 1, "id": str(uuid.uuid4()), "service": next(services), "lang": "vi"})


def _posts() -> Iterator[tuple[str, bytes]]:
    services = itertools.cycle(SERVICES)
    return ((f"Idempotency-Key: {uuid.uuid4()}\r\n", body) for body in bodies(lambda: {"service": next(services)}))


def _kiosk(stand: Stand, n: int) -> Line:
    device = f"kiosk-{n + 1}"
    up, down = f"goiso/v1/ca-mau/up/{device}/ticket", f"goiso/v1/ca-mau/down/{device}/answer"
    return MqttLine(stand.bus.port, device, up, down, _requests())


def _bare_kiosk(stand: Stand, n: int) -> Line:
    return MqttLine(stand.bus.port, f"bare-{n}", f"bare/up/{n}", f"bare/down/{n}", _requests())
