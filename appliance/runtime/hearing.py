"""What came from the bus becomes an event: a message, or the reason why it is none.

Rules: pure; never raises; the same for every link. Topic strings are parsed once and remembered, since a hub hears the
same few hundred topics thousands of times a second.
"""

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from appliance.wire import codec, topics
from appliance.wire.choices import ErrorCode
from appliance.wire.messages import Rating
from appliance.wire.topics import Topic

_REMEMBERED = 4096


class Heard(NamedTuple):
    """A message came: on which row of the table, from or for which place (device, desk, queue or "")."""

    topic: Topic
    place: str
    message: msgspec.Struct


class Unreadable(NamedTuple):
    """Something came that is no message. `device` is its sender where the topic tells, else ""."""

    topic: str
    code: ErrorCode
    detail: str
    payload: bytes
    device: str = ""


class LinkUp(NamedTuple):
    """The bus is there and our subscriptions are on their way: say every state again, resend the journal."""


class LinkDown(NamedTuple):
    """The bus is gone; what is shown grows stale."""

    reason: str


Event = Heard | Unreadable


class Ear:
    """Turns topic and payload into an event, for one site."""

    def __init__(self, site: str, new_id: Callable[[], str]) -> None:
        self._site = site
        self._new_id = new_id
        self._known: dict[str, tuple[Topic, str, str] | str] = {}

    def __len__(self) -> int:
        """How many topics are remembered."""
        return len(self._known)

    def hear(self, topic: str, payload: bytes, kept: bool = False) -> Event:
        """The event. `kept` says that the bus had kept the message for whoever subscribes."""
        known = self._known.get(topic) or self._learn(topic)
        if isinstance(known, str):
            return Unreadable(topic, "malformed", known, payload)
        row, place, device = known
        if kept and not row.retain:
            return Unreadable(topic, "malformed", "a command must not be sent with the retain flag", payload, device)
        try:
            message = codec.decode(row, payload, self._new_id() if row.type is Rating else "")
        except codec.Refused as refused:
            return Unreadable(topic, refused.code, str(refused), payload, device)
        return Heard(row, place, message)

    def _learn(self, topic: str) -> tuple[Topic, str, str] | str:
        known = self._parse(topic)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()  # strangers' topics must not grow our memory
        self._known[topic] = known
        return known

    def _parse(self, topic: str) -> tuple[Topic, str, str] | str:
        try:
            site, row, place = topics.parse(topic)
        except LookupError:
            return "no such topic"
        if site != self._site:
            return f"not our site {self._site}"
        if row.place and not (codec.is_device(place) if row.place == "device" else codec.is_code(place)):
            return f"no valid {row.place} in the topic"
        return row, place, place if row.place == "device" else ""
