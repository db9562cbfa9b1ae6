"""The MQTT door: what devices say becomes commands, what the hub decides becomes messages.

Rules: `hear` runs on the network thread and only enqueues; a device speaks for itself only (its topic says who it
is), and presses the keys of its own desks; what cannot be read is refused with a reason, kept once in the quarantine
and logged once per change.
"""

import logging
import uuid
from collections.abc import Callable

import msgspec
from msgspec import UNSET, Struct, UnsetType

from appliance.runtime.link import Heard, Link, LinkDown, LinkUp, Unreadable
from appliance.wire.ids import Epoch, RequestId, Sequence
from appliance.wire.messages import (
    Answer,
    DeskAction,
    Down,
    Fate,
    Health,
    Presence,
    Rating,
    TicketRequest,
)
from appliance.wire.reprints import ReprintFate
from broker import commands, refusals
from broker.bindings import Bindings
from broker.commands import Command
from broker.complaint_door import ComplaintDoor
from broker.devices import Devices
from broker.hub import Hub
from broker.key_door import KeyDoor
from broker.lease_door import LeaseDoor
from broker.limits import Limits
from broker.paper_door import PaperDoor
from broker.views import refusal

logger = logging.getLogger(__name__)

HEARS: tuple[tuple[type, str], ...] = tuple(
    (kind, "+") for kind in (TicketRequest, Fate, DeskAction, Rating, ReprintFate, Presence, Health)
)


class _Salvage(Struct):
    """What can be saved of a message that is otherwise unreadable: where to send the refusal, what to pass over."""

    id: RequestId
    epoch: Epoch | UnsetType = UNSET
    seq: Sequence | UnsetType = UNSET


_salvage = msgspec.json.Decoder(_Salvage).decode


class BusDoor:
    """Between one link and one hub. `fresh_code` makes a ticket's secret; `bindings`: who speaks for which desk."""

    def __init__(
        self, hub: Hub, devices: Devices, limits: Limits, fresh_code: Callable[[], str], bindings: Bindings
    ) -> None:
        self._hub = hub
        self._devices = devices
        self._limits = limits
        self._fresh_code = fresh_code
        self._bindings = bindings
        self._complaints: dict[str, str] = {}
        self._link: Link | None = None
        self._leases = LeaseDoor(hub, devices, self._say)
        self._keys = KeyDoor(hub, devices, self._say)
        self._papers = PaperDoor(hub, self._say)
        ComplaintDoor(hub, self._say)

    def open(self, link: Link) -> None:
        """Begin to say what the hub decides over `link`."""
        self._link = link
        self._hub.listen(self._say)
        self._hub.listen_to_acks(self._say)

    def hear(self, event: object) -> None:
        """Take an event of the link. Never raises, never waits."""
        match event:
            case Heard(_, device, Presence() as presence):
                before = self._devices.get(device)
                self._devices.present(device, presence.state == "online")
                self._leases.came(device, again=before is not None and before.online)
                self._keys.came(device)
            case Heard(_, device, Health() as health):
                self._devices.healthy(device, health)
                if self._limits.allow(device):
                    self._leases.heard(device)
                    self._keys.heard(device)
                    self._papers.heard(device)
                    self._hub.meet(device, health)
            case Heard(_, device, message):
                self._command(device, message)
            case Unreadable():
                self._refuse_unreadable(event)
            case LinkUp():
                self._hub.greet()
            case LinkDown():
                pass

    def _command(self, device: str, message: Struct) -> None:
        if not isinstance(message, TicketRequest | Fate | DeskAction | Rating | ReprintFate):
            return
        if not self._limits.allow(device):
            # A journaled event is sent again by itself; only who waits for an answer is told.
            if message.seq is UNSET:
                self._answer(device, refusal(message.id, refusals.RATE_LIMITED, self._hub.generation))
            return
        self._submit(
            device,
            Command(
                message=message,
                actor=f"device:{device}",
                device=device,
                code=self._fresh_code() if isinstance(message, TicketRequest | Fate) else "",
                desk=self._rated_desk(device) if isinstance(message, Rating) else "",
                admitted=not isinstance(message, DeskAction) or self._bindings.may_press(device, message.desk),
            ),
        )

    def _submit(self, device: str, command: Command) -> None:
        self._hub.submit(command, lambda answer: self._answer(device, answer))

    def _rated_desk(self, device: str) -> str:
        named = self._bindings.rated_desk(device)
        return named if named in self._hub.site.desks else ""

    def _refuse_unreadable(self, event: Unreadable) -> None:
        source = event.device or event.topic
        if self._complaints.get(source) != event.code:
            self._complaints[source] = event.code
            logger.warning("%s said something unreadable: %s: %s", source, event.code, event.detail)
        if len(self._complaints) > 1000:
            self._complaints.clear()
        if not self._limits.allow(source):
            return
        try:
            saved = _salvage(event.payload)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            saved = _Salvage(id=str(uuid.uuid4()))
        message = commands.Unreadable(
            id=saved.id,
            source=event.topic,
            code=event.code,
            detail=event.detail,
            payload=event.payload,
            epoch=saved.epoch,
            seq=saved.seq,
        )
        self._submit(event.device, Command(message=message, actor=f"device:{source}", device=event.device))

    def _answer(self, device: str, answer: Answer | None) -> None:
        if answer is not None and device and self._link is not None:
            self._link.publish(answer, device)

    def _say(self, message: Down, place: str) -> None:
        if self._link is not None:
            self._link.publish(message, place)
