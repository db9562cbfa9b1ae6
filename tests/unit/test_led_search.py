"""An unknown LED panel is found by what it shows, whatever its kind, speed, parity and address are."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from appliance.runtime.config import load
from display_board.config import BoardConfig
from display_board.led_frames import Reply, Template
from display_board.led_test.dialogue import Talk, find, show
from display_board.led_test.search import Trial, configuration, frames, meant, trials
from virtual_centre.led.line import Panels

FOLDER = Path(__file__).parents[2] / "firmware_configs" / "led"
KINDS = [(path.name, load(path, Template)) for path in sorted(FOLDER.glob("*.toml"))]
BAUDS = (9600, 19200, 4800)
TRIED = trials(KINDS, BAUDS, ("N", "E"))


class Wall:
    """Panels of one kind on a wall, and a technician who reads what they show."""

    def __init__(self, kind: Template, addresses: list[int]) -> None:
        self.panels = Panels(kind, addresses)
        self.kind = kind
        self.said: list[str] = []
        self.asked: list[str] = []

    @contextmanager
    def opened(self, kind: Template) -> Iterator["WallLine"]:
        yield WallLine(self, kind)

    def read_off(self, question: str) -> str:
        self.asked.append(question)
        return " ".join(text for text in self.panels.texts.values() if text)

    @property
    def talk(self) -> Talk:
        return Talk(self.opened, self.said.append, self.read_off)


class WallLine:
    """A line that is set as `kind` says: panels that are set otherwise hear nothing of it."""

    def __init__(self, wall: Wall, kind: Template) -> None:
        self.wall = wall
        own = wall.kind
        self.understood = (kind.baud, kind.parity) == (own.baud, own.parity)

    def write(self, frame: bytes) -> None:
        if self.understood:
            self.wall.panels.hear(frame)
            self.wall.panels.decoder.quiet()

    def ask(self, frame: bytes, reply: Reply) -> bool:
        if not self.understood:
            return False
        answer = self.wall.panels.hear(frame)
        self.wall.panels.decoder.quiet()
        return len(answer) == reply.length


@settings(max_examples=25)
@given(st.sampled_from(KINDS), st.sampled_from(BAUDS), st.sampled_from(["N", "E"]), st.integers(1, 32))
def test_a_single_panel_is_found_whatever_it_is_set_to(
    kind: tuple[str, Template], baud: int, parity: str, address: int
) -> None:
    wall = Wall(replace(kind[1], baud=baud, parity=parity), [address])
    assert find(wall.talk, TRIED, range(1, 33), "/dev/queue-led")
    assert f'template = "{kind[0]}"' in wall.said[-1]
    assert f"address = {address}," in wall.said[-1]
    assert f'baud = {baud}, parity = "{parity}"' in wall.said[-1]


def test_every_panel_of_a_line_is_listed() -> None:
    wall = Wall(dict(KINDS)["ascii-lrc.toml"], [3, 7, 12])
    assert find(wall.talk, TRIED, range(1, 33), "/dev/queue-led")
    assert [wall.said[-1].count(f"address = {address},") for address in (3, 7, 12, 5)] == [1, 1, 1, 0]


def test_a_dark_panel_ends_the_search_with_advice() -> None:
    wall = Wall(dict(KINDS)["value-sum8.toml"], [200])
    assert not find(wall.talk, TRIED, range(1, 33), "/dev/queue-led")
    assert "--addresses" in wall.said[-1]


def test_no_two_settings_write_the_same_number_and_the_kinds_own_come_first() -> None:
    assert len({trial.mark for trial in TRIED}) == len(TRIED) == len(KINDS) * len(BAUDS) * 2
    assert [trial.kind for trial in TRIED[: len(KINDS)]] == [kind for _, kind in KINDS]


@pytest.mark.parametrize("said", ["", "x", "7", "1 0", "99999999"])
def test_a_misread_number_names_no_setting(said: str) -> None:
    assert meant(said, TRIED) is None


def test_a_number_read_with_its_dark_signs_names_its_setting() -> None:
    assert meant(" 102 \n", TRIED) == TRIED[1]


def test_too_many_settings_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer"):
        trials(KINDS, range(1200, 1200 + 400), ("N",))


def test_an_address_that_a_kind_does_not_know_is_left_out() -> None:
    assert [address for address, _ in frames(dict(KINDS)["ascii-lrc.toml"], [0, 99, 100])] == [99]
    wall = Wall(KINDS[0][1], [1])
    assert not show(wall.talk, Trial(0, *KINDS[0]), 100, "1")


def test_what_is_to_be_configured_is_a_configuration(tmp_path: Path) -> None:
    file = tmp_path / "output.toml"
    head = '[device]\nid = "led-1"\nsite = "ca-mau"\n[data]\ndir = "d"\n'
    file.write_text(head + configuration(TRIED[0], "/dev/queue-led", [3]).replace('"..."', '"q01a"'))

    assert load(file, BoardConfig).output[0].part == "led"
