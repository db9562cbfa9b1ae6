"""What most system tests begin with: a real bus and a hub as a process, anew for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub_process import HubProcess
from virtual_centre.bus_server import BusServer


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[BusServer]:
    with BusServer(tmp_path / "bus") as server:
        yield server


@pytest.fixture
def hub(tmp_path: Path, bus: BusServer) -> Iterator[HubProcess]:
    process = HubProcess(tmp_path / "hub", bus)
    process.start()
    yield process
    process.stop()
