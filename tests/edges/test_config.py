"""A mistake in a configuration file is told with file, section and key, and what to do about it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.runtime.config import (
    BusSection,
    ClockSection,
    ConfigError,
    DataSection,
    DeviceSection,
    Section,
    StageSection,
    dump,
    load,
)


class Lamp(Section, frozen=True):
    pin: int
    colour: str = "green"


class Button(Section, frozen=True):
    level: int
    lamp: Lamp | None = None


class Box(Section, frozen=True):
    device: DeviceSection
    bus: BusSection = BusSection()
    clock: ClockSection = ClockSection()
    data: DataSection = DataSection(dir="/var/lib/goiso")
    stage: StageSection = StageSection()
    buttons: tuple[Button, ...] = ()
    lamps: dict[str, Lamp] = {}  # noqa: RUF012  # because msgspec copies it for each instance

    def __post_init__(self) -> None:
        if len(self.buttons) > 5:
            raise ValueError("more buttons than a person can tell apart; take some out")


GOOD = '[device]\nid = "kiosk-1"\nsite = "ca-mau"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.toml"


def complaint(file: Path, text: str) -> str:
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(file, Box)
    words = str(caught.value)
    assert words.startswith(f"{file}:"), words
    assert "\n" not in words
    return words.removeprefix(f"{file}:").strip()


def test_what_is_left_out_has_its_default(file: Path) -> None:
    file.write_text(GOOD)
    assert load(file, Box) == Box(device=DeviceSection(id="kiosk-1", site="ca-mau"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD + "[bus]\nhots = 1\n", "bus.hots: unknown key; did you mean host?"),
        (GOOD + "[bus]\nxyzzy = 1\n", "bus.xyzzy: unknown key; known here: ca_file, cert_file, host,"),
        (GOOD + "[buss]\n", "buss: unknown key; did you mean bus?"),
        (GOOD + "[bus]\nport = 'x'\n", "bus.port: must be int, is str; correct the value"),
        (GOOD + "[bus]\nport = 0\n", "bus.port: expected `int` >= 1; correct the value"),
        (GOOD + "[bus]\nport = 70000\n", "bus.port: expected `int` <= 65535; correct the value"),
        ("[device]\nid = 'kiosk-1'\n", "device.site: missing; add it"),
        ("", "device: missing; add it"),
        ("[device]\nid = 'Kiosk 1'\nsite = 'ca-mau'\n", "device.id: expected `str` matching regex"),
        (GOOD + "[clock]\ndriver = 'sundial'\n", "clock.driver: there is no 'sundial'; known here: shared, system"),
        (GOOD + "[clock]\ndriver = 'systen'\n", "clock.driver: there is no 'systen'; did you mean system?"),
        (GOOD + "[clock]\ndriver = 'shared'\n", "clock: driver shared needs path"),
        (GOOD + "[bus]\ncert_file = 'a'\n", "bus: cert_file and key_file belong together; set both or neither"),
        (GOOD + "[[buttons]]\nlevel = 1\nlamp.pim = 3\n", "buttons[0].lamp.pim: unknown key; did you mean pin?"),
        (GOOD + "[[buttons]]\nlevel = 1\nlamp = {}\n", "buttons[0].lamp.pin: missing; add it"),
        (GOOD + "[[buttons]]\nlevel = 1\n[[buttons]]\n", "buttons[1].level: missing; add it"),
        (GOOD + "[lamps.left]\npin = 'x'\n", "lamps.left.pin: must be int, is str; correct the value"),
        (GOOD + "[lamps.right]\npin = 1\n[lamps.left]\npim = 1\n", "lamps.left.pim: unknown key; did you mean pin?"),
        (GOOD + "bus = 1\n[x]\n", "device.bus: unknown key; known here: id, site"),
    ],
)
def test_a_mistake_is_told_where_it_is_and_how_to_mend_it(file: Path, text: str, words: str) -> None:
    assert complaint(file, text).startswith(words)


def test_a_mistake_of_the_file_as_a_whole_names_the_file(file: Path) -> None:
    assert (
        complaint(file, GOOD + "[[buttons]]\nlevel = 1\n" * 6)
        == "more buttons than a person can tell apart; take some out"
    )


def test_a_file_that_is_no_toml_is_told_with_its_line(file: Path) -> None:
    assert "line 4" in complaint(file, GOOD + "[bus\nport = 1\n")


def test_a_file_in_another_encoding_is_told(file: Path) -> None:
    file.write_bytes(GOOD.encode() + b"# \xe0\xff")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(file, Box)


@pytest.mark.parametrize("name", ["nowhere.toml", "."])
def test_a_file_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="give a readable file"):
        load(tmp_path / name, Box)


words = st.text(st.characters(codec="utf-8"), max_size=20)
boxes = st.builds(
    Box,
    device=st.just(DeviceSection(id="kiosk-1", site="ca-mau")),
    bus=st.builds(BusSection, host=words, port=st.integers(1, 65535), reconnect_s=st.floats(0.1, 1e9)),
    stage=st.builds(StageSection, address=words),
    buttons=st.lists(
        st.builds(
            Button, level=st.integers(-(2**62), 2**62), lamp=st.none() | st.builds(Lamp, pin=st.just(4), colour=words)
        ),
        max_size=3,
    ).map(tuple),
    lamps=st.dictionaries(words, st.builds(Lamp, pin=st.just(4)), max_size=3),
)


@given(boxes)
def test_what_is_dumped_can_be_loaded_again(tmp_path_factory: pytest.TempPathFactory, box: Box) -> None:
    file = tmp_path_factory.mktemp("dump") / "box.toml"
    file.write_bytes(dump(box).encode())
    assert load(file, Box) == box


def test_the_dump_is_complete(file: Path) -> None:
    file.write_text(GOOD)
    text = dump(load(file, Box))
    for line in ("[device]", "[bus]", "port = 1883", "keepalive_s = 15", "trusted = false", 'driver = "system"'):
        assert line in text
