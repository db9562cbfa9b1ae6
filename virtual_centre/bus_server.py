"""A real bus on loopback for the demo, the tests and the benches: Mosquitto where it is installed, else amqtt.

Rules: listens on 127.0.0.1 only, keeps nothing on disk, accepts plain local clients. Nothing of ours relies on what a
bus remembers, so losing it costs nothing.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Literal

from appliance.runtime.errors import CannotStart
from virtual_centre.child import Child
from virtual_centre.ports import HOST, free_port, wait_until_open

Program = Literal["mosquitto", "amqtt"]

READY_S = 15.0

_CONFIGURATION = """\
# Written anew at each start.
listener {port} {host}
allow_anonymous true
persistence false
# Without it a request and its answer wait for each other's delayed acknowledgement: 88 ms instead of 1 ms.
set_tcp_nodelay true
max_inflight_messages 0
max_queued_messages 0
max_packet_size 16384
log_type error
log_type warning
{user}
"""


def mosquitto_path() -> str:
    """Where Mosquitto is; empty when it is not installed. Debian keeps it outside an ordinary user's path."""
    return shutil.which("mosquitto", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin") or ""


def installed_program() -> Program:
    """The bus server to use on this machine."""
    return "mosquitto" if mosquitto_path() else "amqtt"


class BusServer:
    """A bus server whose files lie in `directory`. Port 0: any free one, known after `start()`; kept over restarts."""

    def __init__(self, directory: Path, port: int = 0, program: Program | None = None) -> None:
        self.port = port or free_port()
        self.program: Program = program or installed_program()
        directory.mkdir(parents=True, exist_ok=True)
        self.child = Child("bus", self._command(directory), directory / "bus.log")

    def _command(self, directory: Path) -> list[str]:
        if self.program == "amqtt":
            return [sys.executable, "-m", "virtual_centre.amqtt_bus", "--port", str(self.port)]
        configuration = directory / "mosquitto.conf"
        # As root, Mosquitto would change its user, and the kernel would take the leash off.
        user = "user root" if os.getuid() == 0 else ""
        configuration.write_text(_CONFIGURATION.format(port=self.port, host=HOST, user=user))
        return [mosquitto_path(), "-c", str(configuration)]

    def start(self) -> None:
        """Start it and return once it accepts clients. Raises CannotStart."""
        self.child.start()
        if not wait_until_open(self.port, READY_S, self.child.exit_pipe):
            self.child.stop()
            raise CannotStart(f"{self.program} does not answer on port {self.port}: {self.child.last_words()}")

    def stop(self) -> None:
        """End it in good order."""
        self.child.stop()

    def kill(self) -> None:
        """End it as a power cut would; `start()` brings it back on the same port, with nothing remembered."""
        self.child.kill()

    def __enter__(self) -> "BusServer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
