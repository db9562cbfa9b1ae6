"""A real Mosquitto on a free loopback port, started, killed and started again; and its own command-line clients."""

import getpass
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from tests.waiting import eventually

HOST = "127.0.0.1"
SERVER = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")


class RealBus:
    """As the demo has it: anybody may come, nothing is kept on disk."""

    def __init__(self, folder: Path, access: str = "allow_anonymous true") -> None:
        if SERVER is None:
            pytest.skip("no mosquitto on this machine")
        with socket.create_server((HOST, 0)) as free:
            self.port = free.getsockname()[1]
        self._config = folder / "bus.conf"
        lines = [f"listener {self.port} {HOST}", access, "set_tcp_nodelay true"]
        lines.append("max_queued_messages 0")  # a burst of a test is no flood
        lines.append(f"user {getpass.getuser()}")  # who may read what the test has written
        self._config.write_text("\n".join(lines) + "\n")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert SERVER is not None
        self._process = subprocess.Popen([SERVER, "-c", self._config], stderr=subprocess.DEVNULL)
        eventually(self._is_open)

    def _is_open(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((HOST, self.port)) == 0

    def kill(self) -> None:
        """As a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def pub(self, topic: str, payload: bytes, *options: str) -> None:
        """A stranger publishes with mosquitto_pub."""
        source = "-s" if payload else "-n"
        command = ["mosquitto_pub", "-p", str(self.port), "-q", "1", "-t", topic, source, *options]
        subprocess.run(command, input=payload, check=True, timeout=10)

    def kept(self, topic: str) -> bytes:
        """What a newcomer finds on `topic`."""
        command = ["mosquitto_sub", "-p", str(self.port), "-q", "1", "-t", topic, "-C", "1", "-W", "5", "-N"]
        return subprocess.run(command, capture_output=True, check=False, timeout=10).stdout
