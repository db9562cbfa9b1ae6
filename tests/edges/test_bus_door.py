"""Whatever is thrown at the hub over a real bus: a reason back, one log line, and service goes on."""

import json
import queue
import uuid

import paho.mqtt.client as mqtt
import pytest

from tests.hub_process import HubProcess
from tests.waiting import PATIENT_S
from virtual_centre.bus_server import BusServer

ROOT = "goiso/v1/ca-mau"


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    folder = tmp_path_factory.mktemp("centre")
    bus = BusServer(folder / "bus")
    bus.start()
    hub = HubProcess(folder / "hub", bus)
    hub.start()
    yield bus, hub, folder
    hub.stop()
    bus.stop()


class Stranger:
    """A plain client that knows nothing of our code."""

    def __init__(self, port, name="stranger"):
        self.name, self.heard = name, queue.SimpleQueue()
        ready = queue.SimpleQueue()
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=name)
        self.client.on_message = lambda _c, _u, message: self.heard.put(json.loads(message.payload))
        self.client.on_subscribe = lambda *_: ready.put(True)
        self.client.connect("127.0.0.1", port)
        self.client.loop_start()
        self.client.subscribe(f"{ROOT}/down/{name}/answer", 1)
        ready.get(timeout=PATIENT_S)
        self._hear_the_hub()

    def _hear_the_hub(self):
        """Whoever hears its heartbeat knows that it listens: it has subscribed before it speaks."""
        beat = queue.SimpleQueue()
        self.client.message_callback_add(f"{ROOT}/state/hub", lambda *_: beat.put(True))
        self.client.subscribe(f"{ROOT}/state/hub", 1)
        beat.get(timeout=PATIENT_S)

    def say(self, kind, payload):
        body = payload if isinstance(payload, bytes | str) else json.dumps(payload)
        self.client.publish(f"{ROOT}/up/{self.name}/{kind}", body, 1)

    def ask(self, kind, **payload):
        request = payload.setdefault("id", str(uuid.uuid4()))
        self.say(kind, payload)
        return self.answer(request)

    def answer(self, request=None):
        while True:
            answer = self.heard.get(timeout=PATIENT_S)
            if request is None or answer["re"] == request:
                return answer

    def close(self):
        self.client.disconnect()
        self.client.loop_stop()


@pytest.fixture
def stranger(centre):
    stranger = Stranger(centre[0].port)
    yield stranger
    stranger.close()


def lives(stranger):
    return stranger.ask("ticket", service="tnmt-nop")["ok"]


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x00\xff\xfe",
        b"{",
        b"[" * 4000,
        b"nonsense",
        b'{"v":2,"id":"00000000-0000-4000-8000-000000000000","service":"tnmt-nop"}',
        b'{"id":"../../etc/passwd","service":"tnmt-nop"}',
        b'{"id":"00000000-0000-4000-8000-000000000000","service":"tnmt-nop","priorty":"x"}',
        b'{"id":"00000000-0000-4000-8000-000000000000","service":NaN}',
        b'{"id":"00000000-0000-4000-8000-000000000000","service":"TNMT"}',
        b'{"id":"00000000-0000-4000-8000-000000000000","service":"tnmt-nop","seq":99999999999999999999}',
        b'{"id":"00000000-0000-4000-8000-000000000000","service":"tnmt-nop","lang":"' + b"x" * 4096 + b'"}',
    ],
)
def test_what_cannot_be_read_is_refused_and_service_goes_on(stranger, payload):
    stranger.say("ticket", payload)
    answer = stranger.answer()
    assert answer["error"] in ("malformed", "too_large")
    assert answer["message"]["vi"]
    assert lives(stranger)


@pytest.mark.parametrize("digit", [b"0", b"9", b"11", b"-1", b"1.0", b"true", b'"1"'])
def test_a_wrong_digit_is_no_rating(centre, digit):
    button = Stranger(centre[0].port, "rating-q02")
    button.say("rating", digit)
    assert button.answer()["error"] == "malformed"
    button.close()


def test_unknown_service_desk_and_ticket_are_told_apart(stranger):
    assert stranger.ask("ticket", service="no-such")["error"] == "unknown_service"
    assert stranger.ask("desk", desk="zz", action="next")["error"] == "unknown_desk"
    unknown = str(uuid.uuid4())
    assert stranger.ask("fate", ticket=unknown, fate="printed")["error"] == "unknown_ticket"
    assert stranger.ask("ticket", service="tnmt-nop", priority="vip")["error"] == "malformed"


def test_an_unreadable_event_does_not_block_the_journal_behind_it(centre):
    stranger = Stranger(centre[0].port, "kiosk-77")
    acks = queue.SimpleQueue()
    stranger.client.message_callback_add(
        f"{ROOT}/down/kiosk-77/ack", lambda _c, _u, message: acks.put(json.loads(message.payload)["upto"])
    )
    stranger.client.subscribe(f"{ROOT}/down/kiosk-77/ack", 1)
    epoch = str(uuid.uuid4())
    stranger.ask("fate", epoch=epoch, seq=1, fate="no such fate")
    stranger.ask("fate", epoch=epoch, seq=2, ticket=str(uuid.uuid4()), fate="printed")
    assert [acks.get(timeout=PATIENT_S), acks.get(timeout=PATIENT_S)] == [1, 2]
    stranger.close()


def test_a_thousand_bad_messages_are_one_log_line(centre, stranger):
    log = centre[2] / "hub" / "hub.log"
    before = log.read_text().count("stranger said something unreadable")
    for _ in range(1000):
        stranger.say("ticket", b"{")
    for _ in range(1000):
        stranger.answer()
    assert log.read_text().count("stranger said something unreadable") <= before + 1
    assert lives(stranger)


def test_a_device_name_that_is_none_and_a_topic_that_is_none_harm_nobody(stranger):
    for topic in (
        f"{ROOT}/up/X/ticket",
        f"{ROOT}/up/a b/ticket",
        f"{ROOT}/up/kiosk-1/nothing",
        f"{ROOT}/up/x/y/ticket",
    ):
        stranger.client.publish(topic, b'{"id":"x"}', 1)
    assert lives(stranger)


def test_a_device_may_not_press_the_keys_of_a_desk_that_is_not_its_own(centre, stranger):
    assert stranger.ask("desk", desk="q01b", action="open")["error"] == "forbidden"
    keypad = Stranger(centre[0].port, "keypad-q01b")
    assert keypad.ask("desk", desk="q01a", action="open")["error"] == "forbidden"
    assert keypad.ask("desk", desk="q01b", action="open")["ok"]
    keypad.close()
