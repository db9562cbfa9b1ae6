"""The MQTT link against a real Mosquitto and against servers that are none."""

import getpass
import logging
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from appliance.runtime.config import BusSection
from appliance.runtime.errors import CannotStart
from appliance.runtime.hearing import Heard, LinkDown, LinkUp, Unreadable
from appliance.runtime.link import MqttLink
from appliance.runtime.pump import TURN_MS
from appliance.wire.messages import Fate, Presence, Rating
from tests.deploy.centre_bus import Authority, Bus
from tests.real_bus import RealBus
from tests.waiting import Mailbox, eventually
from virtual_centre.cable import Cable
from virtual_centre.edge_loop import EdgeLoop
from virtual_centre.ports import HOST

SITE = "ca-mau"
ID = "3f2b8c1e-0000-4000-8000-000000000001"


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[RealBus]:
    bus = RealBus(tmp_path)
    yield bus
    bus.stop()


@pytest.fixture
def links() -> Iterator[list[MqttLink]]:
    links: list[MqttLink] = []
    yield links
    for link in links:
        link.stop()


def listening(links: list[MqttLink], port: int, *hears: tuple[type, str], **options: object) -> Mailbox:
    """The hub's box, once the bus has entered it for all it hears: it hears itself come, which it says after asking."""
    box = join(links, port, "hub", [*hears, (Presence, "hub")], **options)
    box.until(Heard, lambda heard: heard.message == Presence(state="online"))
    return box


def join(links: list[MqttLink], port: int, device: str, hears: list[tuple[type, str]], **options: object) -> Mailbox:
    box = Mailbox()
    window = int(options.pop("window", 20))  # type: ignore[call-overload]
    section = BusSection(port=port, reconnect_s=1.0, **options)  # type: ignore[arg-type]
    link = MqttLink(section, SITE, device, hears, box.post, window=window, jitter=lambda: 1.0)
    links.append(link)
    link.start()
    return box


def test_a_box_that_starts_before_the_bus_waits_for_it(bus: RealBus, links: list[MqttLink]) -> None:
    box = join(links, bus.port, "kiosk-1", [])
    box.quiet()
    assert links[0].alive
    assert not links[0].connected
    bus.start()
    box.next(LinkUp)
    assert links[0].connected


def test_the_line_is_back_when_the_bus_is(bus: RealBus, links: list[MqttLink]) -> None:
    bus.start()
    box = join(links, bus.port, "kiosk-1", [])
    box.next(LinkUp)
    bus.kill()
    box.next(LinkDown)
    box.quiet(1.5)
    bus.start()
    box.next(LinkUp)


def test_a_dead_bus_is_logged_once_and_its_return_once(
    bus: RealBus, links: list[MqttLink], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    box = join(links, bus.port, "kiosk-1", [])
    box.quiet(1.0)
    bus.start()
    box.next(LinkUp)
    words = [record.getMessage() for record in caplog.records if record.name == "appliance.runtime.link"]
    assert [line.split(" ")[0] for line in words] == ["no", "connected"], words


def test_a_pulled_cable_is_noticed_by_the_silence(bus: RealBus, links: list[MqttLink]) -> None:
    bus.start()
    with EdgeLoop() as loop, Cable(loop, bus.port) as cable:
        box = join(links, cable.port, "kiosk-1", [], keepalive_s=2)
        box.next(LinkUp)
        cable.pull()
        box.next(LinkDown)
        cable.mend()
        box.next(LinkUp)


@pytest.mark.skipif(shutil.which("mosquitto_passwd") is None, reason="Debian's package mosquitto is not installed")
def test_a_wrong_password_is_told_and_the_link_keeps_trying(
    tmp_path: Path, links: list[MqttLink], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    passwords, secret = tmp_path / "passwords", tmp_path / "secret"
    subprocess.run(["mosquitto_passwd", "-c", "-b", passwords, "kiosk", "right"], check=True, timeout=10)
    secret.write_text("wrong\n")
    bus = RealBus(tmp_path, f"password_file {passwords}")
    bus.start()
    try:
        box = join(links, bus.port, "kiosk-1", [], username="kiosk", password_file=str(secret))
        eventually(lambda: "refuses us: Not authorized" in caplog.text)
        box.quiet()
        secret.write_text("right\n")
        box.next(LinkUp)
    finally:
        bus.stop()


def test_a_password_file_that_is_not_there_stops_the_start() -> None:
    link = MqttLink(BusSection(username="a", password_file="/nowhere/secret"), SITE, "kiosk-1", [], print)
    with pytest.raises(CannotStart, match="password_file"):
        link.start()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="Debian's package openssl is not installed")
def test_a_box_gets_in_with_its_certificate_alone_and_not_with_a_strangers(
    tmp_path: Path, links: list[MqttLink], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    centre, stranger = Authority(tmp_path / "centre"), Authority(tmp_path / "stranger")
    centre.issue("broker", HOST)
    centre.issue("kiosk-1")
    stranger.issue("kiosk-1")
    bus = Bus(tmp_path, centre, getpass.getuser())
    bus.start()
    try:
        inside = join(links, bus.port, "kiosk-1", [(Presence, "kiosk-1")], **tls(centre, "kiosk-1", centre))
        inside.next(LinkUp)
        outside = join(links, bus.port, "kiosk-1", [], **tls(stranger, "kiosk-1", centre))
        fooled = join(links, bus.port, "kiosk-1", [], **tls(centre, "kiosk-1", stranger))
        outside.quiet(1.0)
        fooled.quiet()
        eventually(lambda: "certificate verify failed" in caplog.text)
        assert links[0].connected
    finally:
        bus.stop()


def tls(owner: Authority, name: str, trust: Authority) -> dict[str, object]:
    return {
        "ca_file": str(trust.folder / "ca.crt"),
        "cert_file": str(owner.folder / f"{name}.crt"),
        "key_file": str(owner.folder / f"{name}.key"),
    }


def test_many_threads_publish_at_once_and_every_message_arrives_once_in_its_order(
    bus: RealBus, links: list[MqttLink]
) -> None:
    threads, each = 4, 500
    bus.start()
    ears = listening(links, bus.port, (Rating, "+"), (Fate, "+"), window=0)
    for box in [join(links, bus.port, f"kiosk-{n}", [], window=0) for n in range(2)]:
        box.next(LinkUp)

    def speak(thread: int) -> None:
        for seq in range(1, each + 1):
            message = Rating(id=ID, level=1 + thread, seq=seq)
            assert links[1 + thread % 2].publish(message)

    workers = [threading.Thread(target=speak, args=[thread]) for thread in range(threads)]
    for worker in workers:
        worker.start()
    heard: dict[int, list[int]] = defaultdict(list)
    for _ in range(threads * each):
        message = ears.next(Heard).message
        assert isinstance(message, Rating)
        assert isinstance(message.seq, int)
        heard[message.level].append(message.seq)
    ears.quiet(0.1)
    assert heard == {1 + thread: list(range(1, each + 1)) for thread in range(threads)}


def test_one_message_leaves_at_once_although_nothing_else_moves(bus: RealBus, links: list[MqttLink]) -> None:
    bus.start()
    ears, voice = listening(links, bus.port, (Rating, "+")), join(links, bus.port, "kiosk-1", [])
    voice.next(LinkUp)
    times = []
    for _ in range(5):
        ears.quiet(0.1)  # nor is there an acknowledgement under way that would wake the pump by chance
        began = time.monotonic()
        links[1].publish(Rating(id=ID, level=1))
        ears.next(Heard)
        times.append(time.monotonic() - began)
    assert min(times[1:]) < TURN_MS / 2000, "the pump was not woken, it only looked by itself, right after the last"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_network_thread_that_died_is_seen_although_the_socket_is_open(bus: RealBus, links: list[MqttLink]) -> None:
    bus.start()

    def explode(event: object) -> None:
        raise RuntimeError(event)

    link = MqttLink(BusSection(port=bus.port), SITE, "kiosk-1", [], explode)
    links.append(link)
    link.start()
    eventually(lambda: not link.alive)


CONNACK, SUBACK = bytes.fromhex("20020000"), bytes.fromhex("9003000101")


def packet(topic: bytes, payload: bytes) -> bytes:
    body = len(topic).to_bytes(2, "big") + topic + payload
    return bytes([0x30, len(body)]) + body


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.0 400 Bad Request\r\n\r\n", bytes(64), b"\xff" * 64, CONNACK + b"\x90\x00"]
)
def test_a_server_that_is_no_bus_is_left_and_tried_again(answer: bytes, links: list[MqttLink]) -> None:
    with socket.create_server((HOST, 0)) as server:
        server.settimeout(10)
        join(links, server.getsockname()[1], "kiosk-1", [(Rating, "+")])
        for _ in range(2):
            line, _ = server.accept()
            with line, suppress(OSError):
                line.sendall(answer)
    assert links[0].alive


def test_a_topic_that_is_no_text_is_told_and_the_next_message_is_heard(links: list[MqttLink]) -> None:
    with socket.create_server((HOST, 0)) as server:
        server.settimeout(10)
        box = join(links, server.getsockname()[1], "hub", [(Rating, "+")])
        line, _ = server.accept()
        with line:
            line.recv(4096)
            line.sendall(CONNACK)
            box.next(LinkUp)
            line.recv(4096)
            line.sendall(
                SUBACK + packet(b"goiso/v1/\xff\xfe/rating", b"1") + packet(b"goiso/v1/ca-mau/up/b7/rating", b"1")
            )
            assert box.next(Unreadable).code == "malformed"
            box.next(Heard)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="Debian's package openssl is not installed")
def test_tls_is_never_older_than_1_3(tmp_path: Path, links: list[MqttLink], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    centre = Authority(tmp_path / "centre")
    centre.issue("broker", HOST)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(centre.folder / "broker.crt", centre.folder / "broker.key")
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with context.wrap_socket(socket.create_server((HOST, 0)), server_side=True) as old:
        join(links, old.getsockname()[1], "kiosk-1", [], ca_file=str(centre.folder / "ca.crt"))
        with suppress(OSError):
            old.accept()
        eventually(lambda: "protocol version" in caplog.text.lower())
    assert not links[0].connected
