"""What queueing theory says of waiting lines, to hold the simulator against.

Rules: pure; times in the unit of the mean service time that is passed in.
"""

from math import inf


def erlang_c(servers: int, load: float, service: float) -> float:
    """The mean wait in an M/M/c queue at `load` (share of the servers' time, below 1). Erlang 1917.

    The chance to wait at all comes from Erlang B by its recursion, which stays exact for many servers.
    """
    offered, blocked = servers * load, 1.0
    for n in range(1, servers + 1):
        blocked = offered * blocked / (n + offered * blocked)
    waits = blocked / (1 - load * (1 - blocked))
    return waits * service / (servers * (1 - load))


def accumulating(loads: tuple[float, float], rate: float, service: float) -> tuple[float, float]:
    """The mean waits (ordinary, priority) at one server with exponential service; priority gains score `rate` times
    as fast. Kleinrock 1964; rate 1 is first come first served, infinite is strict priority (Cobham 1954).
    """
    ordinary, priority = loads
    plain = (ordinary + priority) * service / (1 - ordinary - priority)
    gain = 1.0 if rate == inf else 1 - 1 / rate
    low = plain / (1 - priority * gain)
    return low, plain - ordinary * low * gain
