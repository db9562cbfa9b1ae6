"""The kiosks that ever were, read from the log: the one thing beside notice and calls that outlives a day.

Rules: reads only; few rows, found by their own index.
"""

from collections.abc import Iterator

from broker import facts as f
from broker.lease_facts import KioskKnown
from broker.reader import Reader


def known_kiosks(db: Reader) -> Iterator[KioskKnown]:
    """All kiosks in the order of their facts; of one that is named twice the later counts."""
    for (body,) in db.execute("SELECT body FROM facts WHERE kind = 'kiosk_known' ORDER BY seq"):
        fact = f.decode(body)
        if isinstance(fact, KioskKnown):
            yield fact
