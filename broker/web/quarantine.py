"""What the hub put aside, for its doors.

Rules: nothing here changes anything; what was in a message stays on the hub's disk.
"""

from broker.quarantine import PutAside, of_day, put_aside
from broker.staff.identity import Identity
from broker.web.context import Web


def quarantine(web: Web, _who: Identity) -> list[PutAside]:
    """GET /quarantine: what could not be taken in, newest first."""
    return kept(web)


def kept(web: Web) -> list[PutAside]:
    """All that is put aside, the newest first; read once for all who ask at the same time."""
    return web.figures.get("quarantine", lambda: _read(web))


def of_today(web: Web) -> list[PutAside]:
    """The same of today."""
    return of_day(kept(web), web.today())


def _read(web: Web) -> list[PutAside]:
    with web.readers.lend() as reader:
        return put_aside(reader, web.site)
