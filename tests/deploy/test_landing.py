"""What `firmware_configs/land` puts on a card is all that the role needs, and nothing that somebody changed is lost."""

import re
import subprocess
from pathlib import Path

import pytest

from broker.site_files import load_site
from broker.site_place import site_folder

LAND = Path(__file__).parents[2] / "firmware_configs/land"
ROLES = ("hub", "kiosk", "board", "led", "rating", "keypad")
MADE_BY_HAND = "/etc/goiso/pki/"


def land(root: Path, *roles: str) -> "subprocess.CompletedProcess[str]":
    command = [str(LAND), "--root", str(root), *roles]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


@pytest.mark.parametrize("role", ROLES)
def test_every_file_that_a_role_names_lands_with_it(tmp_path: Path, role: str) -> None:
    assert land(tmp_path, role).returncode == 0
    config = (tmp_path / f"etc/goiso/devices/{role}.toml").read_text()
    bus = tmp_path / "etc/mosquitto/mosquitto.conf"
    named = re.findall(r"/etc/[\w./-]+[\w]", config + (bus.read_text() if bus.exists() else ""))
    for path in named:
        if not path.startswith(MADE_BY_HAND):
            assert (tmp_path / path.lstrip("/")).exists(), path
    assert (tmp_path / f"etc/systemd/system/goiso-{role}.service").exists()


def test_what_a_technician_changed_is_kept(tmp_path: Path) -> None:
    land(tmp_path, "kiosk")
    config = tmp_path / "etc/goiso/devices/kiosk.toml"
    config.write_text("mine")
    done = land(tmp_path, "kiosk")
    assert config.read_text() == "mine"
    assert 'id = "kiosk-1"' in (tmp_path / "etc/goiso/devices/kiosk.toml.new").read_text()
    assert "kept your /etc/goiso/devices/kiosk.toml" in done.stdout


def test_landing_twice_changes_nothing(tmp_path: Path) -> None:
    land(tmp_path, *ROLES)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    land(tmp_path, *ROLES)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_technician_finds_the_command_and_it_the_centre(tmp_path: Path) -> None:
    land(tmp_path, "hub")
    command = (tmp_path / "usr/local/bin/goiso").readlink()
    unit = (tmp_path / "etc/systemd/system/goiso-hub.service").read_text()
    assert f"ExecStart={command.parent}/python " in unit
    assert load_site(site_folder(tmp_path / "etc/goiso/site")).id == "ca-mau"


def test_a_role_that_does_not_exist_lands_nothing(tmp_path: Path) -> None:
    assert land(tmp_path, "hub", "toaster").returncode == 2
    assert not any(tmp_path.iterdir())


def test_nothing_secret_can_be_read_by_everybody(tmp_path: Path) -> None:
    land(tmp_path, *ROLES)
    network = tmp_path / "etc/NetworkManager/system-connections/goiso.nmconnection"
    assert network.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.rglob("*.key"))


def test_a_box_brings_no_server(tmp_path: Path) -> None:
    land(tmp_path, "kiosk", "board", "led", "rating", "keypad")
    for server in ("mosquitto", "nginx", "chrony", "nftables.conf"):
        assert not (tmp_path / "etc" / server).exists()
