"""Whose phone rated a visit: only there it is asked why.

The page of a turn belongs to whoever knows the code on the paper, and a clerk may have read it. That a visit was rated
may be seen there; whether it was rated badly may not, and the question why would say so.

Rules: in memory only, bounded; after a restart nobody is asked any more.
"""

from collections import OrderedDict
from threading import Lock

KEPT = 2000


class Voters:
    """The browser, by the secret of its forms, that rated each visit of late."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._browsers: OrderedDict[str, str] = OrderedDict()

    def voted(self, ticket: str, browser: str) -> None:
        """`browser` is about to rate the visit `ticket`; the first one stands."""
        with self._lock:
            self._browsers.setdefault(ticket, browser)
            if len(self._browsers) > KEPT:
                self._browsers.popitem(last=False)

    def is_voter(self, ticket: str, browser: str) -> bool:
        """Whether this browser rated the visit."""
        return bool(browser) and self._browsers.get(ticket) == browser
