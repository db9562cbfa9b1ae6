"""The units as they land on a Pi, put into a scratch root and judged by systemd itself."""

import json
import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
SHIPPED = REPOSITORY / "systemd"
UNITS = SHIPPED / "etc/systemd/system"
COMMON = UNITS / "goiso-.service.d/10-harden.conf"
SERVICES = sorted(path.name for path in UNITS.glob("goiso-*.service"))
DEBIAN = Path("/lib/systemd/system")
README = (SHIPPED / "README.md").read_text()
WORST_EXPOSURE = 2.0

pytestmark = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="Debian's package systemd is not installed"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A file system with Debian's own units, ours, and something at the place of each program they start."""
    shutil.copytree(DEBIAN, tmp_path / "usr/lib/systemd/system", symlinks=True)
    shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
    for program in ("opt/goiso/bin/python", "usr/sbin/mosquitto", "bin/kill"):
        path = tmp_path / program
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o755)
    return tmp_path


def systemd(*command: str, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=30, check=False)


def complaints(root: Path, unit: str) -> str:
    done = systemd("systemd-analyze", "verify", f"--root={root}", "--man=no", unit, cwd=root / "etc/systemd/system")
    return done.stdout + done.stderr + ("" if done.returncode == 0 else f"exit {done.returncode}")


def exposure(root: Path, unit: str) -> float:
    done = systemd("systemd-analyze", "security", "--no-pager", f"--root={root}", "--offline=true", unit)
    found = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    return float(found.group(1))


def read(path: Path) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None, comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # because systemd's keys have capitals
    parser.read(path)
    return parser


@pytest.mark.parametrize("unit", [*SERVICES, "goiso.target"])
def test_systemd_has_nothing_to_say_against_a_unit(root: Path, unit: str) -> None:
    assert complaints(root, unit) == ""


@pytest.mark.parametrize("unit", SERVICES)
def test_a_unit_that_is_taken_over_can_do_little_and_the_readme_says_how_little(root: Path, unit: str) -> None:
    found = exposure(root, unit)
    assert found < WORST_EXPOSURE
    (row,) = [line for line in README.splitlines() if line.startswith(f"| `{unit.removesuffix('.service')}` |")]
    assert row.endswith(f"| {found} |")


@pytest.mark.skipif(not (DEBIAN / "mosquitto.service").exists(), reason="Debian's package mosquitto is not installed")
def test_the_bus_is_as_locked_in_as_the_boxes(root: Path) -> None:
    assert complaints(root, "mosquitto.service") == ""
    assert exposure(root, "mosquitto.service") < WORST_EXPOSURE


def test_a_misspelt_key_or_a_missing_program_is_seen(root: Path) -> None:
    unit = root / "etc/systemd/system/goiso-hub.service"
    unit.write_text(unit.read_text().replace("OOMScoreAdjust=", "OOMScore=").replace("bin/python", "bin/pyton"))
    said = complaints(root, "goiso-hub.service")
    assert "Unknown key" in said
    assert "not executable" in said


def test_without_the_drop_in_the_exposure_would_be_noticed(root: Path) -> None:
    shutil.rmtree(root / "etc/systemd/system/goiso-.service.d")
    assert exposure(root, "goiso-led.service") > WORST_EXPOSURE


@pytest.mark.parametrize("unit", SERVICES)
def test_a_unit_starts_a_box_that_exists_with_a_configuration_that_ships(unit: str) -> None:
    found = re.fullmatch(r"/opt/goiso/bin/python -m (\w+) --config /(\S+)", read(UNITS / unit)["Service"]["ExecStart"])
    assert found, unit
    box, config = found.groups()
    assert (REPOSITORY / box / "__main__.py").is_file()
    assert (REPOSITORY / "firmware_configs" / config).is_file()


def test_each_unit_has_an_account_of_its_own_that_is_created(root: Path) -> None:
    accounts = [read(UNITS / unit)["Service"]["User"] for unit in SERVICES]
    assert len(set(accounts)) == len(SERVICES)
    done = systemd("systemd-sysusers", f"--root={root}", "--dry-run", "goiso.conf")
    for account in accounts:
        assert f"Creating user '{account}'" in done.stdout + done.stderr


def test_every_unit_keeps_the_watchdog_and_comes_back_for_ever() -> None:
    for line in ("Type=notify", "NotifyAccess=main", "WatchdogSec=20", "Restart=always", "StartLimitIntervalSec=0"):
        assert line in COMMON.read_text().splitlines()


@pytest.mark.parametrize("unit", SERVICES)
def test_a_unit_says_nothing_that_the_drop_in_would_silently_overrule(unit: str) -> None:
    additive = {"After", "Wants", "Environment"}
    common = read(COMMON)
    for section in ("Unit", "Service"):
        assert set(read(UNITS / unit)[section]) & set(common[section]) <= additive


@pytest.mark.parametrize(
    ("unit", "relaxed"),
    [
        ("goiso-hub.service", "ProtectClock"),
        ("goiso-hub.service", "ProcSubset"),
        ("goiso-kiosk.service", "MemoryDenyWriteExecute"),
        ("goiso-board.service", "MemoryDenyWriteExecute"),
        ("goiso-rating.service", "ProcSubset"),
        ("goiso-keypad.service", "ProcSubset"),
    ],
)
def test_what_a_part_needs_really_is_opened(root: Path, unit: str, relaxed: str) -> None:
    done = systemd("systemd-analyze", "security", "--json=short", f"--root={root}", "--offline=true", unit)
    assert [row["set"] for row in json.loads(done.stdout) if row["json_field"] == relaxed] == [False]
