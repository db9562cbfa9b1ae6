"""Many calls from many desks at once: every one must be on the board, in the order of the calls."""

import select
import time
from collections.abc import Mapping

from msgspec import Struct

from appliance.runtime.errors import CannotStart
from bench.lines import MqttLine
from bench.picture import PATIENCE_S, Arrivals, Keypads, ask, number_of
from bench.stand import SITE, Stand
from broker.site_files import load_site

DESKS, CALLS = 25, 200


class Burst(Struct, frozen=True):
    """What became of `calls`: how many were lost, the seconds until all were called, and until all were shown."""

    calls: range
    lost: int
    called_s: float
    shown_s: float


def measure(stand: Stand, arrivals: Arrivals) -> Burst:
    """25 desks press as fast as they are answered, until 200 numbers are called."""
    site = load_site(SITE)
    desks = list(site.desks.values())[:DESKS]
    services = {service.queue: service.id for service in site.services.values()}
    each = CALLS // DESKS
    with Keypads(stand, 0, [desk.id for desk in desks]) as keypads:
        lines = []
        for desk in desks:
            kiosk = keypads.line("ticket", lambda service=services[desk.skills[0]]: {"service": service})
            for _ in range(each):
                ask(kiosk)
            kiosk.close()
            lines.append(keypads.line("desk", lambda desk=desk.id: {"desk": desk, "action": "next"}))
        before, began = max(arrivals.drawn), time.monotonic()
        called = _press(lines, each)
        pressed = time.monotonic()
        arrivals.of(called[-1])
        shown = max(arrivals.drawn.values())
        for line in lines:
            line.close()
    calls = range(before + 1, before + len(called) + 1)
    return Burst(calls, lost(calls, arrivals.drawn), pressed - began, shown - began)


def _press(lines: list[MqttLine], each: int) -> list[str]:
    """Every line presses `each` times; the numbers, in the order of their answers."""
    watch = select.epoll()
    left = {}
    for line in lines:
        watch.register(line.fileno(), select.EPOLLIN)
        left[line.fileno()] = [line, each]
    numbers: list[str] = []
    for line in lines:
        line.ask()
    while len(numbers) < each * len(lines):
        events = watch.poll(PATIENCE_S)
        if not events:
            raise CannotStart("a desk got no answer")
        for fd, _ in events:
            line, more = left[fd]
            if line.answers():
                numbers.append(number_of(line))
                left[fd][1] = more - 1
                if more > 1:
                    line.ask()
    watch.close()
    return numbers


def lost(calls: range, drawn: Mapping[int, float]) -> int:
    """How many of `calls` were not drawn, or only after a later one."""
    newest, good = 0.0, 0
    for seq in calls:
        at = drawn.get(seq, 0.0)
        good += at > newest
        newest = max(at, newest)
    return len(calls) - good
