"""A box as a real process on a real bus, with a watched stage: started, killed as by a power cut, started again."""

import select
import sys
import time
from pathlib import Path
from typing import Any

import tomli_w

from tests.contract.watched_stage import WatchedStage
from virtual_centre.child import Child

READY_S = 60.0


class BoxProcess:
    """`python -m program` in `folder`, by the `clock` of its hub; `config` is what differs from a plain box on the bus
    at `bus_port`, None for a section that it lacks."""

    def __init__(
        self, folder: Path, program: str, device: str, bus_port: int, clock: dict[str, str], **config: Any
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.stage = WatchedStage()
        whole = {
            "device": {"id": device, "site": "ca-mau"},
            "data": {"dir": str(folder)},
            "bus": {"port": bus_port, "reconnect_s": 0.5},
            "clock": clock,
            "stage": {"address": self.stage.address},
        } | config
        path = folder / f"{device}.toml"
        whole = {section: settings for section, settings in whole.items() if settings is not None}
        path.write_text(tomli_w.dumps(whole), encoding="utf-8")
        self.child = Child(device, [sys.executable, "-m", program, "--config", str(path)], folder / f"{device}.log")

    def start(self) -> None:
        """Start it and return when it says READY=1."""
        self.child.start()
        limit = time.monotonic() + READY_S
        while not self.child.is_ready():
            assert self.child.running, self.child.last_words()
            assert time.monotonic() < limit, "not ready"
            select.select([self.child.notices, self.child.exit_pipe], [], [], 1.0)

    def kill(self) -> None:
        """As a power cut does."""
        self.child.kill()

    def close(self) -> None:
        """End it in good order."""
        self.child.stop()
        self.stage.close()
