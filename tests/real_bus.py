"""The demo's bus, Mosquitto for sure, with what tests do to it: other ways in, and a stranger who publishes."""

import subprocess
from pathlib import Path

import pytest

from virtual_centre.bus_server import BusServer, mosquitto_path


class RealBus(BusServer):
    """Mosquitto in `folder`; `access` says who may come in, in its own words."""

    def __init__(self, folder: Path, access: str = "allow_anonymous true") -> None:
        if not mosquitto_path():
            pytest.skip("no mosquitto on this machine")
        super().__init__(folder / "bus", program="mosquitto")
        configuration = folder / "bus" / "mosquitto.conf"
        configuration.write_text(configuration.read_text().replace("allow_anonymous true", access))

    def pub(self, topic: str, payload: bytes, *options: str) -> None:
        """A stranger publishes with mosquitto_pub."""
        source = "-s" if payload else "-n"
        command = ["mosquitto_pub", "-p", str(self.port), "-q", "1", "-t", topic, source, *options]
        subprocess.run(command, input=payload, check=True, timeout=10)
