"""The lobby as the log left it.

Rules: reads, but for the day's key, which is made where there is none.
"""

from collections.abc import Callable

from broker import day_appointments, day_cards
from broker.apply import apply
from broker.apply_leases import know
from broker.experience.rows import rows
from broker.kiosk_places import known_kiosks
from broker.lobby import Lobby
from broker.model import Site
from broker.store import Store


def rebuild(site: Site, store: Store, fresh_key: Callable[[], bytes]) -> Lobby:
    """The open day of `store`, and what outlives a day. `fresh_key` makes 32 random bytes."""
    today = list(store.today())
    lobby = Lobby(site)
    lobby.call_seq = store.call_seq()
    lobby.notice = store.notice()
    for fact in known_kiosks(store.db):
        know(lobby, fact)
    if today:
        lobby.day_key = store.day_key(today[-1].day, fresh_key())
        lobby.experience.recall(rows(store.db, today[0].day, site.forecasting.learned_days))
    for entry in today:
        apply(lobby, entry)
    lobby.cards = day_cards.load(store.db, lobby.day)
    lobby.bookings = day_appointments.load(store.db)
    return lobby
