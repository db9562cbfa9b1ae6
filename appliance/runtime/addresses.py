"""Which topic a message goes to and which topics are listened to, from the one table.

Rules: pure; a place that could not stand in a topic is refused here; no two subscriptions of one link overlap, since a
message that fits two arrives twice.
"""

from collections.abc import Sequence

from appliance.wire import codec, topics

Hears = Sequence[tuple[type, str]]
"""Message types and the place each is heard from; "+" is every place, "" is for topics without one."""

_REMEMBERED = 65_536


def filters(hears: Hears, site: str) -> list[str]:
    """One subscription per pair of `hears`. Raises ValueError when two of them would hear the same message twice."""
    rows = [(topics.BY_TYPE[kind], place) for kind, place in hears]
    for index, (row, place) in enumerate(rows):
        if bool(row.place) != bool(place):
            raise ValueError(f"{row.type.__name__} is heard from {row.place or 'no place'!r}, not {place!r}")
        for other, there in rows[:index]:
            if other is row and (place == there or "+" in (place, there)):
                raise ValueError(f"{row.type.__name__} would be heard twice")
    return [row.at(site, place) for row, place in rows]


class Addresses:
    """The full topic of a message type and place, built once each."""

    def __init__(self, site: str, device: str) -> None:
        self._site = site
        self._device = device
        self._known: dict[tuple[type, str], tuple[str, int, bool]] = {}

    def of(self, kind: type, place: str) -> tuple[str, int, bool]:
        """Topic, QoS and retain flag. Raises ValueError when the place is missing or cannot stand in a topic."""
        return self._known.get((kind, place)) or self._learn(kind, place)

    def _learn(self, kind: type, place: str) -> tuple[str, int, bool]:
        row = topics.BY_TYPE[kind]
        here = place or (self._device if row.place == "device" else "")
        if not _can_stand(row.place, here):
            raise ValueError(f"{kind.__name__} cannot go to {row.place or 'a place'} {here!r}")
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[kind, place] = (row.at(self._site, here), row.qos, row.retain)
        return self._known[kind, place]


def _can_stand(what: str, name: str) -> bool:
    """Whether `name` is a good device, desk or queue; where the topic has no place, whether none was given."""
    if not what:
        return not name
    return codec.is_device(name) if what == "device" else codec.is_code(name)
