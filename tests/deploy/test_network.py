"""What stands between a centre's hub and the rest: firewall and proxy, judged by nft, a real network and nginx."""

import http.client
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.centre_bus import Authority
from tests.hub_process import HubProcess
from virtual_centre.bus_server import BusServer
from virtual_centre.ports import free_port, wait_until_open

SHIPPED = Path(__file__).parents[2] / "firmware_configs"
RULES = SHIPPED / "etc/nftables.conf"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin") or ""
NAME = "goiso.example.vn"
PATIENT_S = 30

HUB_PROGRAM = """
import selectors, socket
doors = selectors.DefaultSelector()
for port in (8883, 8080, 22):
    doors.register(socket.create_server(("10.77.0.2", port)), selectors.EVENT_READ)
print("ready", flush=True)
while True:
    for key, _ in doors.select():
        if key.data is None:
            line, _ = key.fileobj.accept()
            doors.register(line, selectors.EVENT_READ, "line")
        elif not key.fileobj.recv(1):
            doors.unregister(key.fileobj)
            key.fileobj.close()
"""

BOX_PROGRAM = """
import socket, sys
def knock(port):
    try:
        return socket.create_connection(("10.77.0.2", port), 1)
    except OSError as error:
        return type(error).__name__
port, times, *keep = sys.argv[1:]
held = []
for _ in range(int(times)):
    line = knock(int(port))
    print(line if isinstance(line, str) else "open")
    if keep:
        held.append(line)
    elif not isinstance(line, str):
        line.close()
"""


@pytest.fixture
def box() -> Iterator[str]:
    """The name of a network from which the hub's machine is seen as a box sees it."""
    hub, box = f"goiso-hub-{os.getpid()}", f"goiso-box-{os.getpid()}"
    wire = f"gw{os.getpid()}"
    for command in (
        f"ip netns add {hub}",
        f"ip netns add {box}",
        f"ip link add {wire} netns {box} type veth peer name eth0 netns {hub}",
        f"ip -n {hub} addr add 10.77.0.2/24 dev eth0",
        f"ip -n {hub} link set eth0 up",
        f"ip -n {hub} link set lo up",
        f"ip -n {box} addr add 10.77.0.11/24 dev {wire}",
        f"ip -n {box} link set {wire} up",
        f"ip netns exec {hub} nft -f {RULES}",
    ):
        subprocess.run(command.split(), check=True, timeout=PATIENT_S)
    command = ["ip", "netns", "exec", hub, sys.executable, "-c", HUB_PROGRAM]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        yield box
        server.kill()
    for name in (hub, box):
        subprocess.run(["ip", "netns", "del", name], check=True, timeout=PATIENT_S)


def knocks(box: str, *arguments: str) -> list[str]:
    command = ["ip", "netns", "exec", box, sys.executable, "-c", BOX_PROGRAM, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENT_S, check=True).stdout.split()


needs_a_network = pytest.mark.skipif(
    os.getuid() != 0 or not (shutil.which("nft") and shutil.which("ip")),
    reason="needs root and Debian's packages nftables and iproute2 to make a network of its own",
)


@needs_a_network
def test_sixty_silent_connections_cannot_lock_the_others_out(box: str) -> None:
    assert knocks(box, "8883", "6", "hold") == ["open"] * 4 + ["ConnectionRefusedError"] * 2


@needs_a_network
def test_who_knocks_all_the_time_is_not_heard(box: str) -> None:
    heard = knocks(box, "8883", "11")
    assert heard[:4] == ["open"] * 4
    assert heard[10] == "TimeoutError"


@needs_a_network
def test_only_what_boxes_need_is_open_to_them(box: str) -> None:
    assert knocks(box, "8080", "1") == ["open"]
    assert knocks(box, "22", "1") == ["TimeoutError"]


@pytest.fixture
def proxied(tmp_path: Path) -> Iterator[tuple[int, Authority]]:
    """The port of a proxy with TLS before a real hub, both as shipped but for addresses; and who signed for it."""
    authority = Authority(tmp_path / "pki")
    authority.issue("staff", "127.0.0.1")
    with BusServer(tmp_path / "bus") as bus:
        web = {"port": free_port(), "https": True, "proxy": "127.0.0.1", "hosts": [NAME]}
        hub = HubProcess(tmp_path / "hub", bus, web=web)
        hub.start()
        secure, config = free_port(), tmp_path / "nginx.conf"
        site = (SHIPPED / "etc/nginx/sites-available/goiso").read_text()
        for shipped, here in (
            ("/etc/goiso/pki/", f"{authority.folder}/"),
            ("10.77.0.2:8080", f"127.0.0.1:{web['port']}"),
            ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
            ("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;"),
        ):
            assert shipped in site
            site = site.replace(shipped, here)
        user = "user root;" if os.getuid() == 0 else ""
        config.write_text(f"{user} pid {tmp_path}/pid; daemon off; events {{}} http {{ access_log off; {site} }}")
        command = [NGINX, "-e", "stderr", "-p", str(tmp_path), "-c", str(config)]
        nginx = subprocess.Popen(command, stderr=(tmp_path / "nginx.log").open("wb"))
        assert wait_until_open(secure, PATIENT_S), (tmp_path / "nginx.log").read_text()
        yield secure, authority
        nginx.terminate()
        nginx.wait(PATIENT_S)
        hub.stop()


def get(port: int, authority: Authority, path: str, host: str = NAME) -> http.client.HTTPResponse:
    line = http.client.HTTPSConnection("127.0.0.1", port, timeout=PATIENT_S, context=authority.tls())
    line.request("GET", path, headers={"Host": host})
    return line.getresponse()


needs_nginx = pytest.mark.skipif(not NGINX, reason="Debian's package nginx-light is not installed")


@needs_nginx
def test_staff_reach_the_hub_over_tls_and_their_cookie_stays_there(proxied: tuple[int, Authority]) -> None:
    answer = get(*proxied, "/login")
    assert answer.status == 200
    assert "__Host-" in answer.headers["Set-Cookie"]
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


@needs_nginx
def test_the_proxy_lets_nothing_through_that_the_hub_refuses(proxied: tuple[int, Authority]) -> None:
    assert get(*proxied, "/healthz").status == 200
    assert get(*proxied, "/api/v1/ratings").status == 401
    assert get(*proxied, "/login", host="evil.example").status == 400
