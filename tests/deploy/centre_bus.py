"""A real Mosquitto with the shipped configuration, on loopback, and certificates made for one test run.

Rules: the shipped files are used as they are, but for what a test machine cannot have: folders, the port, the
second network.
"""

import socket
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path
from queue import Queue

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from virtual_centre.bus_server import mosquitto_path
from virtual_centre.ports import free_port, wait_until_open

SHIPPED = Path(__file__).parents[2] / "firmware_configs"
WAIT_S = 60.0


class Authority:
    """The certificates of one centre, made by the shipped `goiso-ca`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.run("init")

    def run(self, *arguments: str) -> str:
        program = SHIPPED / "usr/local/sbin/goiso-ca"
        done = subprocess.run(
            [program, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=30, check=False
        )
        if done.returncode != 0:
            raise ValueError(done.stderr)
        return done.stdout

    def issue(self, name: str, *addresses: str) -> None:
        self.run("request", name)
        self.run("sign", f"{name}.csr", *addresses)

    def tls(self, name: str = "", trust: "Authority | None" = None) -> ssl.SSLContext:
        """What a client needs to show itself as `name`; without a name it shows nothing."""
        context = ssl.create_default_context(cafile=str((trust or self).folder / "ca.crt"))
        if name:
            context.load_cert_chain(self.folder / f"{name}.crt", self.folder / f"{name}.key")
        return context


class Bus:
    """One Mosquitto process under the shipped mosquitto.conf and access list."""

    def __init__(self, folder: Path, authority: Authority, user: str) -> None:
        self.port = free_port()
        self._folder = folder
        self._config = folder / "mosquitto.conf"
        text = (SHIPPED / "etc/mosquitto/mosquitto.conf").read_text()
        boxes = text[text.index("# the boxes, on the") : text.index("# --- how much one client")]
        for shipped, here in (
            (boxes, ""),
            ("listener 8883 127.0.0.1", f"listener {self.port} 127.0.0.1"),
            ("/etc/mosquitto/acl", str(SHIPPED / "etc/mosquitto/acl")),
            ("/etc/goiso/pki/", f"{authority.folder}/"),
            ("/run/credentials/mosquitto.service/", f"{authority.folder}/"),
            ("/run/goiso-mqtt/", f"{folder}/"),
        ):
            assert shipped in text, shipped
            text = text.replace(shipped, here)
        self._config.write_text(f"{text}\nuser {user}\n")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        return (self._folder / "mosquitto.log").read_text()

    def start(self) -> None:
        with (self._folder / "mosquitto.log").open("ab") as log:
            self._process = subprocess.Popen([mosquitto_path(), "-c", str(self._config)], stderr=log)
        assert wait_until_open(self.port, WAIT_S), self.log

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(WAIT_S)


class Client:
    """A stranger's MQTT client; `heard` gives what came, in order."""

    def __init__(self, bus: Bus, tls: ssl.SSLContext, client_id: str = "whatever", will: str = "") -> None:
        self.heard: Queue[tuple[str, bytes]] = Queue()
        self._settled: Queue[int] = Queue()
        self._paho = paho.Client(CallbackAPIVersion.VERSION2, client_id=client_id)
        self._paho.tls_set_context(tls)
        self._paho.on_message = lambda _client, _data, message: self.heard.put((message.topic, message.payload))
        self._paho.on_connect = lambda *_: self._settled.put(0)
        self._paho.on_subscribe = lambda *_: self._settled.put(0)
        if will:
            self._paho.will_set(will, b"offline", qos=1)
        self._paho.connect("127.0.0.1", bus.port)
        self._paho.loop_start()
        self._settled.get(timeout=WAIT_S)

    def subscribe(self, pattern: str) -> "Client":
        self._paho.subscribe(pattern, qos=1)
        self._settled.get(timeout=WAIT_S)
        return self

    def publish(self, topic: str, payload: bytes = b"{}") -> None:
        self._paho.publish(topic, payload, qos=1).wait_for_publish(WAIT_S)

    def next(self) -> tuple[str, bytes]:
        return self.heard.get(timeout=WAIT_S)

    def die(self) -> None:
        """Go without a word, as when the plug is pulled."""
        wire = self._paho.socket()
        assert wire is not None
        self._paho.loop_stop()
        wire.close()

    def leave(self) -> None:
        self._paho.disconnect()
        self._paho.loop_stop()


def knock(port: int, wrap: Callable[[socket.socket], socket.socket]) -> str:
    """Ask to be let in with a bare CONNECT packet: "welcome", or what happened instead."""
    connect = bytes.fromhex("101100044d5154540402000f0005") + b"knock"
    try:
        with socket.create_connection(("127.0.0.1", port), WAIT_S) as plain, wrap(plain) as wire:
            wire.sendall(connect)
            answer = wire.recv(4)
    except OSError as error:
        return type(error).__name__
    return "welcome" if answer == b"\x20\x02\x00\x00" else f"refused {answer.hex()}"
