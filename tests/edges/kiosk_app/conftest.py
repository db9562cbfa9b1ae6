"""One kiosk at work, its bus and its hub."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.runtime.memory_link import MemoryBus
from tests.edges.kiosk_app.kiosk_at_work import Hub, Kiosk


@pytest.fixture
def bus() -> MemoryBus:
    return MemoryBus()


@pytest.fixture
def hub(bus: MemoryBus) -> Hub:
    return Hub(bus)


@pytest.fixture
def kiosk(bus: MemoryBus, hub: Hub, tmp_path: Path) -> Iterator[Kiosk]:
    made = Kiosk(bus, tmp_path)
    hub.open()
    made.say()
    assert made.page == "start"
    yield made
    made.outbox.close()
