"""The code by which the first administrator proves that he can read the hub's log.

Rules: made anew at each start while nobody can log in; kept in memory only; five wrong tries from one address must
wait.
"""

import hmac
import secrets
import threading

from broker.staff.machine import Machine
from broker.staff.people import People
from broker.staff.throttle import Throttle

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class FirstCode:
    """One-time code of one start of the hub."""

    def __init__(self, people: People, machine: Machine) -> None:
        self._people = people
        self._machine = machine
        self._throttle = Throttle()
        self._lock = threading.Lock()
        self.text = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))

    def wanted(self) -> bool:
        """Whether nobody can log in yet."""
        return not self._people.one_click and not self._people.any_password()

    def matches(self, given: str, source: str) -> bool:
        """Whether `given` is the code and still of use."""
        now = self._machine.elapsed()
        with self._lock:
            if not self.wanted() or self._throttle.wait_s(source, now) > 0:
                return False
            self._throttle.charge(source, now)
        return hmac.compare_digest(given.strip().upper().encode(), self.text.encode())
