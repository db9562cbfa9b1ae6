"""A few hundred presses through cuts, repeats and kills: each is counted once (the bench takes 11,744)."""

import random
from pathlib import Path

import pytest

from bench.ratings_presses import Storm
from virtual_centre.bus_server import mosquitto_path


@pytest.mark.skipif(not mosquitto_path(), reason="needs Mosquitto")
@pytest.mark.timeout(300)
def test_every_press_that_was_thanked_for_is_counted_once_whatever_dies(tmp_path: Path) -> None:
    storm = Storm(tmp_path, presses=120, desks=6, dice=random.Random(5))
    assert storm.run() == 0
    assert storm.mischief > 0
