"""What ESPHome itself says of the microcontrollers that we ship, and whether they speak the wire's topics."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from msgspec import convert

from appliance.wire.messages import Rating
from appliance.wire.topics import TABLE
from tests.deploy.centre_bus import Authority

FOLDER = Path(__file__).parents[2] / "firmware_configs" / "esphome"
FILES = sorted(path for path in FOLDER.glob("*.yaml"))
PROGRAM = Path(sys.prefix) / "esphome" / "bin" / "esphome"
needs_esphome = pytest.mark.skipif(not PROGRAM.exists(), reason="ESPHome is not installed: ./run test installs it")


def check(file: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """`esphome config` on a copy, with keys that were never used before."""
    copy = Path(shutil.copy(file, folder))
    authority = Authority(folder / "pki")
    authority.issue("digits-01")
    files = {"ca": "ca.crt", "certificate": "digits-01.crt", "key": "digits-01.key"}
    texts = {name: authority.folder.joinpath(made).read_text() for name, made in files.items()}
    folder.joinpath("secrets.yaml").write_text("".join(f"{name}: |\n{_indented(text)}" for name, text in texts.items()))
    command = [str(PROGRAM), "-q", "config", str(copy)]
    return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.strip().splitlines())


@needs_esphome
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_esphome_accepts_what_we_ship(file: Path, tmp_path: Path) -> None:
    done = check(file, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@needs_esphome
def test_esphome_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt" / FILES[0].name
    spoilt.parent.mkdir()
    spoilt.write_text(FILES[0].read_text(encoding="utf-8").replace("keepalive:", "keep_alive:"), encoding="utf-8")
    assert check(spoilt, tmp_path).returncode != 0


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_topic_is_one_of_the_wires(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    topics = re.findall(r"\$\{root\}/([\w/${}-]+)", text)
    places = {"${device}": "{device}", "${desk}": "{desk}"}
    said = {re.sub(r"\$\{\w+\}", lambda found: places[found.group()], topic) for topic in topics}
    assert said, "it says and hears nothing"
    assert said <= {topic.pattern for topic in TABLE}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_key_and_no_password_is_shipped(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "BEGIN" not in text
    for name in ("certificate_authority", "client_certificate", "client_certificate_key"):
        assert re.search(rf"^  {name}: !secret \w+$", text, re.MULTILINE)


def test_a_press_of_the_plain_buttons_is_a_rating_with_an_id_that_is_never_the_same() -> None:
    """The numbers that the chip draws, put into the text that it makes, as its C would."""
    text = (FOLDER / "rating-buttons.yaml").read_text(encoding="utf-8")
    (pattern,) = re.findall(r'snprintf\(id, sizeof\(id\), "([^"]+)"', text)
    widths = [int(width) for width in re.findall(r"%0(\d)x", pattern)]
    said = [pattern % tuple(draw.getrandbits(4 * width) for width in widths) for draw in map(Random, range(50))]
    for request in said:
        assert convert({"id": request, "level": 1}, Rating).id == request
    assert len(set(said)) == len(said)
    assert re.findall(r'root\["(\w+)"\]', text) == ["id", "level"]
