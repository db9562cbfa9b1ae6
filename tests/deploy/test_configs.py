"""Every configuration that ships is one that its box accepts, and they agree with each other."""

import ipaddress
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from appliance.runtime.config import load
from broker.site_files import load_site
from broker.web.app import MAX_BODY
from display_board.led_frames import Template
from virtual_centre.year_plan import load_plan

REPOSITORY = Path(__file__).parents[2]
SHIPPED = REPOSITORY / "firmware_configs"
DEVICES = sorted((SHIPPED / "etc/goiso/devices").glob("*.toml"))
DEMO = sorted((SHIPPED / "demo").glob("*.toml"))
UNITS = REPOSITORY / "systemd/etc/systemd/system"
BOXES = {
    "hub": "broker",
    "kiosk": "kiosk",
    "board": "display_board",
    "led": "display_board",
    "rating": "rating_terminal",
    "keypad": "desk_keypad",
}
PROCESSES = BOXES | {"crowd": "virtual_centre.crowd_app"}
NETWORK = ipaddress.ip_network("10.77.0.0/24")
HUB = "10.77.0.2"


def box(path: Path) -> str:
    """The program that a file is for, by the first word of the file's name."""
    return PROCESSES[re.split(r"\W|_|\d", path.stem)[0]]


def landed(tmp_path: Path) -> Path:
    """The hub's file beside a centre's folder, as both lie on the hub."""
    shutil.copytree(SHIPPED / "site/ca-mau", tmp_path / "site")
    path = tmp_path / "hub.toml"
    shipped = (SHIPPED / "etc/goiso/devices/hub.toml").read_text()
    assert '"/etc/goiso/site/ca-mau"' in shipped
    path.write_text(shipped.replace("/etc/goiso/site/ca-mau", str(tmp_path / "site")))
    return path


def check(path: Path, box: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", box, "--config", str(path), "--check-config"]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=False)


def short(path: Path) -> str:
    return str(path.relative_to(SHIPPED))


@pytest.mark.parametrize("path", [*DEVICES, *DEMO], ids=short)
def test_a_box_accepts_the_configuration_that_ships_for_it(path: Path, tmp_path: Path) -> None:
    done = check(landed(tmp_path) if short(path) == "etc/goiso/devices/hub.toml" else path, box(path))
    assert (done.returncode, done.stdout) == (0, "OK\n"), done.stderr


def test_there_is_one_for_each_unit() -> None:
    assert [path.stem for path in DEVICES] == sorted(BOXES)
    assert DEMO


def test_a_misspelt_key_is_named_with_file_and_section(tmp_path: Path) -> None:
    wrong = tmp_path / "hub.toml"
    wrong.write_text((SHIPPED / "etc/goiso/devices/hub.toml").read_text().replace("[data]\ndir", "[data]\nfolder"))
    done = check(wrong, "broker")
    assert done.returncode == 2
    assert f"{wrong}:data.folder: unknown key" in done.stderr


def test_what_is_wrong_with_the_centre_shows_before_the_hub_is_started_again(tmp_path: Path) -> None:
    path = landed(tmp_path)
    centre = tmp_path / "site/centre.toml"
    centre.write_text(centre.read_text().replace("credit_s = 600", "credits = 600"))
    done = check(path, "broker")
    assert (done.returncode, done.stderr) == (
        3,
        "hub: centre.toml: appointments.credits: unknown key; did you mean credit_s?\n",
    )


@pytest.mark.parametrize("path", DEVICES, ids=short)
def test_a_box_reads_and_writes_where_its_unit_lets_it(path: Path) -> None:
    config = tomllib.loads(path.read_text())
    name = path.stem
    unit = (UNITS / f"goiso-{name}.service").read_text()
    assert f"-m {BOXES[name]} --config /etc/goiso/devices/{name}.toml" in unit
    assert name == "keypad" or config["data"]["dir"] == f"/var/lib/goiso-{name}"  # a keypad keeps nothing
    assert config["bus"]["key_file"] == f"/run/credentials/goiso-{name}.service/device.key"


@pytest.mark.parametrize("path", DEVICES, ids=short)
def test_a_box_speaks_to_no_address_that_its_unit_forbids(path: Path) -> None:
    common = (UNITS / "goiso-.service.d/10-harden.conf").read_text()
    assert f"IPAddressAllow={NETWORK}" in common
    for address in re.findall(r"\b\d+\.\d+\.\d+\.\d+\b", path.read_text()):
        place = ipaddress.ip_address(address)
        assert place.is_loopback or place in NETWORK, address


def test_the_proxy_lets_through_what_the_hub_takes() -> None:
    proxy = (SHIPPED / "etc/nginx/sites-available/goiso").read_text()
    assert f"client_max_body_size {MAX_BODY // 1024}k;" in proxy


def test_everybody_means_the_same_hub() -> None:
    bus = (SHIPPED / "etc/mosquitto/mosquitto.conf").read_text()
    hub = configuration("hub")
    assert f"listener 8883 {HUB}" in bus
    assert f"\nuser {hub['device']['id']}\n" in (SHIPPED / "etc/mosquitto/acl").read_text()
    assert hub["web"]["host"] == HUB
    for name in ("kiosk", "board", "led", "rating", "keypad"):
        config = configuration(name)
        assert (config["bus"]["host"], config["bus"]["port"]) == (HUB, 8883)
        if "hub" in config:
            assert config["hub"]["url"] == f"http://{HUB}:{hub['web']['port']}"


def configuration(name: str) -> dict[str, Any]:
    return tomllib.loads((SHIPPED / f"etc/goiso/devices/{name}.toml").read_text())


def test_the_first_centre_s_own_files_make_a_site() -> None:
    site = load_site(SHIPPED / "site/ca-mau", "2026-11-23")
    assert site.id == configuration("hub")["device"]["site"]
    assert load_plan(SHIPPED / "site/ca-mau")


def test_the_led_line_shows_desks_that_the_centre_has() -> None:
    site = load_site(SHIPPED / "site/ca-mau", "2026-11-23")
    for output in configuration("led")["output"]:
        for panel in output["panels"]:
            assert set(panel["desks"]) <= set(site.desks)
        first, last = load(SHIPPED / output["template"].removeprefix("/etc/goiso/"), Template).addresses
        assert all(first <= panel["address"] <= last for panel in output["panels"])
