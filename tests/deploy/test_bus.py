"""Who may say what on a centre's bus: the shipped mosquitto.conf and access list under a real Mosquitto."""

import getpass
import shutil
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.centre_bus import Authority, Bus, Client, knock
from virtual_centre.bus_server import mosquitto_path

pytestmark = [
    pytest.mark.skipif(not mosquitto_path(), reason="Debian's package mosquitto is not installed"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="Debian's package openssl is not installed"),
]
SITE = "goiso/v1/ca-mau"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    made = Authority(tmp_path_factory.mktemp("stick") / "centre")
    made.issue("broker", "127.0.0.1", "10.77.0.2")
    for name in ("hub-app", "kiosk-1", "kiosk-2", "rating-q01a"):
        made.issue(name)
    return made


@pytest.fixture(scope="module")
def bus(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    running = Bus(tmp_path_factory.mktemp("bus"), authority, getpass.getuser())
    running.start()
    yield running
    running.stop()


@pytest.fixture
def guests(bus: Bus, authority: Authority) -> Iterator["Guests"]:
    here = Guests(bus, authority)
    yield here
    here.leave()


class Guests:
    """Clients of one test, who all leave at its end."""

    def __init__(self, bus: Bus, authority: Authority) -> None:
        self._bus, self._authority = bus, authority
        self._clients: list[Client] = []

    def named(self, name: str, client_id: str = "", will: str = "") -> Client:
        client = Client(self._bus, self._authority.tls(name), client_id or name, will)
        self._clients.append(client)
        return client

    def leave(self) -> None:
        for client in self._clients:
            client.leave()


# --------------------------------------------------------------------------------------------------- what works


def test_a_box_is_heard_by_the_hub_and_hears_its_answer(guests: Guests) -> None:
    hub = guests.named("hub-app").subscribe(f"{SITE}/up/+/ticket")
    kiosk = guests.named("kiosk-1").subscribe(f"{SITE}/down/kiosk-1/#")
    kiosk.publish(f"{SITE}/up/kiosk-1/ticket", b"please")
    assert hub.next() == (f"{SITE}/up/kiosk-1/ticket", b"please")
    hub.publish(f"{SITE}/down/kiosk-1/answer", b"A001")
    assert kiosk.next() == (f"{SITE}/down/kiosk-1/answer", b"A001")


def test_every_box_sees_the_states_and_tells_that_it_is_there(guests: Guests) -> None:
    hub = guests.named("hub-app").subscribe(f"{SITE}/presence/#").subscribe(f"{SITE}/health/#")
    kiosk = guests.named("kiosk-1").subscribe(f"{SITE}/state/#")
    kiosk.publish(f"{SITE}/presence/kiosk-1", b"online")
    kiosk.publish(f"{SITE}/health/kiosk-1", b"ready")
    assert [hub.next()[0], hub.next()[0]] == [f"{SITE}/presence/kiosk-1", f"{SITE}/health/kiosk-1"]
    hub.publish(f"{SITE}/state/calls", b"calls")
    assert kiosk.next() == (f"{SITE}/state/calls", b"calls")


# ------------------------------------------------------------------------------------------------ what must not


@pytest.mark.parametrize(
    "forged",
    [
        "up/rating-q01a/rating",
        "up/kiosk-2/ticket",
        "up/kiosk-1/ticket/deeper",
        "down/kiosk-2/answer",
        "presence/kiosk-2",
        "health/kiosk-2",
        "state/calls",
        "state/desk/q01a",
        "state/hub",
    ],
)
def test_a_box_cannot_speak_for_another_or_for_the_hub(guests: Guests, forged: str) -> None:
    hub = guests.named("hub-app")
    for branch in ("up", "presence", "health", "state"):
        hub.subscribe(f"{SITE}/{branch}/#")
    victim = guests.named("kiosk-2").subscribe(f"{SITE}/down/kiosk-2/#").subscribe(f"{SITE}/state/#")
    drain(hub, victim, hub)
    attacker = guests.named("kiosk-1")
    attacker.publish(f"{SITE}/{forged}", b"forged")
    attacker.publish(f"{SITE}/up/kiosk-1/ticket", b"the end")
    assert hub.next() == (f"{SITE}/up/kiosk-1/ticket", b"the end")
    hub.publish(f"{SITE}/down/kiosk-2/answer", b"the end")
    assert victim.next() == (f"{SITE}/down/kiosk-2/answer", b"the end")


def drain(hub: Client, victim: Client, writer: Client) -> None:
    """Let retained messages of earlier tests pass, up to a marker that both hear."""
    writer.publish(f"{SITE}/state/marker", b"marker")
    for client in (hub, victim):
        while client.next()[1] != b"marker":
            pass


@pytest.mark.parametrize(
    "wish", ["#", f"{SITE}/#", f"{SITE}/up/#", f"{SITE}/down/+/answer", f"{SITE}/presence/+", "$SYS/#"]
)
def test_a_box_hears_nothing_that_is_not_for_it_whatever_it_subscribes_to(guests: Guests, wish: str) -> None:
    hub = guests.named("hub-app").subscribe(f"{SITE}/up/#")
    eavesdropper = guests.named("kiosk-2").subscribe(f"{SITE}/down/kiosk-2/#").subscribe(wish)
    kiosk = guests.named("kiosk-1")
    kiosk.publish(f"{SITE}/up/kiosk-1/ticket", b"secret")
    kiosk.publish(f"{SITE}/presence/kiosk-1", b"secret")
    hub.next()
    hub.publish(f"{SITE}/down/kiosk-1/answer", b"secret")
    hub.publish(f"{SITE}/down/kiosk-2/answer", b"the end")
    heard = [eavesdropper.next()]
    while heard[-1][1] != b"the end":
        heard.append(eavesdropper.next())
    allowed = (f"{SITE}/state/", f"{SITE}/down/kiosk-2/")
    assert [topic for topic, _ in heard if not topic.startswith(allowed)] == []


def test_a_stranger_s_last_will_is_not_delivered(guests: Guests) -> None:
    hub = guests.named("hub-app").subscribe(f"{SITE}/presence/#").subscribe(f"{SITE}/up/#")
    attacker = guests.named("kiosk-1", will=f"{SITE}/presence/kiosk-2")
    attacker.die()
    again = guests.named("kiosk-1")
    again.publish(f"{SITE}/up/kiosk-1/ticket", b"the end")
    heard = [hub.next()]
    while heard[-1][1] != b"the end":
        heard.append(hub.next())
    assert (f"{SITE}/presence/kiosk-2", b"offline") not in heard


def test_a_client_cannot_call_itself_something_else(guests: Guests, bus: Bus) -> None:
    hub = guests.named("hub-app").subscribe(f"{SITE}/up/#")
    kiosk = guests.named("kiosk-1", client_id="hub-app")
    kiosk.publish(f"{SITE}/up/kiosk-1/ticket", b"still here")
    assert hub.next()[1] == b"still here"
    assert "as kiosk-1" in bus.log


# ------------------------------------------------------------------------------------------------- who comes in


def test_only_a_certificate_of_this_centre_opens_the_door(bus: Bus, authority: Authority, tmp_path: Path) -> None:
    def tls(context: ssl.SSLContext) -> str:
        return knock(bus.port, lambda plain: context.wrap_socket(plain, server_hostname="127.0.0.1"))

    foreign = Authority(tmp_path / "foreign")
    foreign.issue("kiosk-1")
    old = authority.tls("kiosk-1")
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    assert tls(authority.tls("kiosk-1")) == "welcome"
    for stranger in (authority.tls(), foreign.tls("kiosk-1", trust=authority), old, authority.tls("broker")):
        assert tls(stranger) != "welcome"
    assert knock(bus.port, lambda plain: plain.dup()) != "welcome"


def test_a_box_notices_a_bus_that_is_not_its_own(bus: Bus, tmp_path: Path) -> None:
    elsewhere = Authority(tmp_path / "elsewhere")
    elsewhere.issue("kiosk-1")
    wrap = elsewhere.tls("kiosk-1").wrap_socket
    assert knock(bus.port, lambda plain: wrap(plain, server_hostname="127.0.0.1")) == "SSLCertVerificationError"


def test_a_stolen_box_is_shut_out(authority: Authority, tmp_path: Path) -> None:
    authority.issue("kiosk-stolen")
    stolen = authority.tls("kiosk-stolen")
    running = Bus(tmp_path, authority, getpass.getuser())

    def ask() -> str:
        running.start()
        answer = knock(running.port, lambda plain: stolen.wrap_socket(plain, server_hostname="127.0.0.1"))
        running.stop()
        return answer

    assert ask() == "welcome"
    authority.run("revoke", "kiosk-stolen")
    assert ask() != "welcome"


# ------------------------------------------------------------------------------------------------ the authority


@pytest.mark.parametrize("name", ["kiosk/1", "+", "#", "Kiosk", "-kiosk", "k", "k" * 33, "kiosk 1"])
def test_no_certificate_names_what_could_match_another_box(authority: Authority, name: str) -> None:
    with pytest.raises(ValueError, match="no device name"):
        authority.run("request", name)


def test_one_name_has_one_valid_certificate(authority: Authority) -> None:
    with pytest.raises(ValueError, match="Take it back first"):
        authority.run("sign", "kiosk-1.csr")
