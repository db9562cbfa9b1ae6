"""The line to the bus, over MQTT 3.1.1. The only file that imports paho.

Rules: callbacks decode and post, nothing else: whatever escapes from a callback would kill the network thread unseen.
Nothing is relied upon in the bus or in the client library: each connection gets a fresh client, what is published while
the line is down is dropped (journals resend, states are said again on LinkUp). Topic, QoS and retain flag come from the
message's type.
"""

import contextlib
import logging
import random
import socket
import ssl
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import msgspec
import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode

from appliance.runtime.addresses import Addresses, Hears, filters
from appliance.runtime.config import BusSection
from appliance.runtime.errors import CannotStart
from appliance.runtime.hearing import Ear, Heard, LinkDown, LinkUp, Unreadable
from appliance.runtime.pump import Pump
from appliance.wire import codec
from appliance.wire.messages import Presence

__all__ = ["Heard", "Hears", "Link", "LinkDown", "LinkUp", "MqttLink", "Unreadable"]

logger = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.25
CONNECT_TIMEOUT_S = 5.0
STUCK_S = 60.0
"""Longer than a dead name server can hold up one attempt to connect."""
USER_TIMEOUT_MS = 10_000
FAREWELL_S = 1.0
STEADY_S = 10.0
"""A connection that lasts less earns no quick return: two devices of one name would drive each other out for ever."""


class Link(Protocol):
    """What an app needs of the line. `publish` drops (and returns False) while the line is down."""

    def start(self) -> None:
        """Begin to connect, for ever. Raises CannotStart when a secret cannot be read."""

    def stop(self) -> None:
        """Say offline and close."""

    def publish(self, message: msgspec.Struct, place: str = "") -> bool:
        """Hand `message` to the bus; `place` defaults to the own device on device topics. Raises TooLarge."""

    @property
    def connected(self) -> bool:
        """Whether the bus is there now."""

    @property
    def alive(self) -> bool:
        """Whether the thread behind the line does its work."""


class MqttLink:
    """A `Link` over MQTT. `post` gets Heard, Unreadable, LinkUp and LinkDown, from the network thread.

    `window` is how many messages may be unacknowledged at once; `jitter` gives numbers from 0 to 1.
    """

    def __init__(
        self,
        bus: BusSection,
        site: str,
        device: str,
        hears: Hears,
        post: Callable[[object], None],
        *,
        window: int = 20,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._bus = bus
        self._device = device
        self._post = post
        self._window = window
        self._jitter = jitter
        self._filters = filters(hears, site)
        self._addresses = Addresses(site, device)
        self._pump = Pump()
        self._ear = Ear(site, lambda: str(uuid.uuid4()))
        self._line: mqtt.Client | None = None  # set only while connected
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="link", daemon=True)
        self._turned = time.monotonic()
        self._refusal = ""
        self._told = ""

    # ------------------------------------------------------------------------------------------- for the owner

    def start(self) -> None:
        """Begin to connect, for ever. Raises CannotStart when a secret cannot be read."""
        self._new_client()
        self._turned = time.monotonic()
        self._thread.start()

    def stop(self) -> None:
        """Say offline, wait for the bus to have it, and close."""
        line = self._line
        if line is not None:
            with contextlib.suppress(ValueError, RuntimeError):  # the line may break at this very moment
                self._send(line, Presence(state="offline"), "").wait_for_publish(FAREWELL_S)
            self._stopping.set()
            line.disconnect()
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(FAREWELL_S)

    def publish(self, message: msgspec.Struct, place: str = "") -> bool:
        """Hand `message` to the bus, or drop it and return False while the line is down. Raises TooLarge."""
        line = self._line
        if line is None:
            return False
        return self._send(line, message, place).rc == MQTTErrorCode.MQTT_ERR_SUCCESS

    @property
    def connected(self) -> bool:
        """Whether the bus accepted us and the connection stands."""
        return self._line is not None

    @property
    def alive(self) -> bool:
        """Whether the network thread runs and is not stuck."""
        return self._thread.is_alive() and time.monotonic() - self._turned < STUCK_S

    def _send(self, line: mqtt.Client, message: msgspec.Struct, place: str) -> mqtt.MQTTMessageInfo:
        topic, qos, retain = self._addresses.of(type(message), place)
        return line.publish(topic, codec.encode(message), qos, retain)

    # --------------------------------------------------------------------------------------- the network thread

    def _run(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._stopping.is_set():
            self._refusal = ""
            began = time.monotonic()
            reason = self._converse()
            self._turned = time.monotonic()
            if self._line is not None:
                self._line = None
                self._post(LinkDown(reason))
                if self._turned - began > STEADY_S:
                    pause = FIRST_PAUSE_S
                elif pause > STEADY_S:
                    reason += f", again and again: is another device called {self._device}?"
            if not self._stopping.is_set():
                self._tell(logging.WARNING, f"no bus at {self._bus.host}:{self._bus.port}: {reason}; trying again")
                self._stopping.wait(pause * (0.5 + 0.5 * self._jitter()))
                pause = min(2 * pause, self._bus.reconnect_s)

    def _converse(self) -> str:
        """One connection from its beginning to its end; the reason of its end."""
        try:
            client = self._new_client()
            client.connect(self._bus.host, self._bus.port, self._bus.keepalive_s)
        except (OSError, CannotStart) as error:
            return str(error)
        code = self._pump.run(client, self._turn)
        return self._refusal or mqtt.error_string(MQTTErrorCode(code))

    def _turn(self) -> bool:
        """Note that the thread is not stuck; whether to go on. After `stop` the farewell ends an open connection."""
        self._turned = time.monotonic()
        return self._line is not None or not self._stopping.is_set()

    def _new_client(self) -> mqtt.Client:
        client = mqtt.Client(CallbackAPIVersion.VERSION2, self._device, clean_session=True, protocol=mqtt.MQTTv311)
        client.connect_timeout = CONNECT_TIMEOUT_S
        client.max_inflight_messages_set(self._window)
        client.max_queued_messages_set(0)
        self._let_in(client)
        topic, qos, retain = self._addresses.of(Presence, "")
        client.will_set(topic, codec.encode(Presence(state="offline")), qos, retain)
        client.on_socket_open = _tune
        client.on_socket_register_write = lambda *_: self._pump.ring()
        client.on_connect = self._on_connect
        client.on_message = self._on_message
        client.on_subscribe = self._on_subscribe
        return client

    def _let_in(self, client: mqtt.Client) -> None:
        try:
            if self._bus.ca_file:
                client.tls_set_context(_tls(self._bus))
            if self._bus.username:
                secret = Path(self._bus.password_file).read_text().strip() if self._bus.password_file else None
                client.username_pw_set(self._bus.username, secret)
        except (OSError, ValueError) as error:
            raise CannotStart(f"bus.ca_file, cert_file, key_file or password_file: {error}; correct it") from error

    def _on_connect(self, client: mqtt.Client, _data: Any, _flags: Any, code: Any, _properties: Any) -> None:
        if code.is_failure:
            self._refusal = f"the bus refuses us: {code}"
            return
        if self._filters:
            client.subscribe([(name, 1) for name in self._filters])
        self._send(client, Presence(state="online"), "")
        self._line = client
        self._tell(logging.INFO, f"connected to the bus at {self._bus.host}:{self._bus.port}")
        self._post(LinkUp())

    def _on_subscribe(self, _client: Any, _data: Any, _mid: int, codes: list[Any], _properties: Any) -> None:
        refused = [name for name, code in zip(self._filters, codes, strict=False) if code.is_failure]
        if refused:
            logger.error("the bus does not let us hear %s; correct its access list", ", ".join(refused))

    def _on_message(self, _client: Any, _data: Any, message: mqtt.MQTTMessage) -> None:
        self._pump.taken += 1
        payload = bytes(message.payload)
        try:
            event: Heard | Unreadable = self._ear.hear(message.topic, payload, message.retain)
        except UnicodeDecodeError:
            event = Unreadable("", "malformed", "the topic is not UTF-8", payload)
        except Exception:  # because one message must never end the line for all the others
            logger.exception("a message could not be taken in")
            return
        self._post(event)

    def _tell(self, level: int, words: str) -> None:
        if words != self._told:
            self._told = words
            logger.log(level, words)


def _tls(bus: BusSection) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=bus.ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    if bus.cert_file:
        context.load_cert_chain(bus.cert_file, bus.key_file)
    return context


def _tune(_client: Any, _data: Any, line: Any) -> None:
    """Small messages leave at once, and a pulled cable is noticed by what was sent into it."""
    with contextlib.suppress(OSError):  # not every kind of socket has these
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, USER_TIMEOUT_MS)
