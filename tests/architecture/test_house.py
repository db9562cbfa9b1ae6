"""The walls of the house stand: docs/architecture.md, held against the tree as it is today."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture import rules
from tests.architecture.rules import BOXES, PRODUCT, ROOT, Module, Rule, modules

PRODUCT_MODULES = modules(*PRODUCT)
TEST_MODULES = modules("tests")
ALL_MODULES = [*PRODUCT_MODULES, *TEST_MODULES, *modules("bench", "docs")]
NAMES = {module.name for module in PRODUCT_MODULES}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["id"]: contract for contract in PROJECT["tool"]["importlinter"]["contracts"]}
CORE = {
    "appliance.wire.codec",
    "appliance.wire.ids",
    "appliance.wire.messages",
    "appliance.wire.topics",
    "appliance.runtime.addresses",
    "appliance.runtime.hearing",
    "broker.apply",
    "broker.decide",
    "broker.facts",
    "broker.histogram",
    "broker.lobby",
    "broker.model",
    "broker.numbering",
    "broker.ratings",
    "broker.scheduling",
    "broker.tallies",
    "display_board.announce",
    "display_board.board",
    "display_board.led_frames",
    "kiosk.flow",
    "kiosk.screens",
    "kiosk.ticket",
    "appliance.input.debounce",
    "rating_terminal.session",
}
"""What can never stop being pure, whatever its docstring says one day."""


def offences(rule: Rule, among: list[Module]) -> list[str]:
    return [f"{module.path} {words}" for module in among for words in rule(module)]


@pytest.mark.parametrize("rule", rules.OF_PRODUCT, ids=lambda rule: rule.__name__)
def test_product_code_keeps(rule: Rule) -> None:
    assert not offences(rule, PRODUCT_MODULES)


@pytest.mark.parametrize("rule", rules.OF_ALL, ids=lambda rule: rule.__name__)
def test_every_file_keeps(rule: Rule) -> None:
    assert not offences(rule, ALL_MODULES)


@pytest.mark.parametrize("rule", rules.OF_TESTS, ids=lambda rule: rule.__name__)
def test_tests_keep(rule: Rule) -> None:
    assert not offences(rule, TEST_MODULES)


def test_every_library_from_outside_has_an_owner() -> None:
    known = frozenset(sys.stdlib_module_names) | {*PRODUCT}
    found = [
        f"{module.path} {words}"
        for module in PRODUCT_MODULES
        for words in rules.every_library_has_an_owner(module, known)
    ]
    assert not found


def test_the_contracts_of_imports_are_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_contracts_cover_the_whole_house() -> None:
    assert set(PROJECT["tool"]["importlinter"]["root_packages"]) == set(PRODUCT)
    assert {re.sub(r"\s", "", name) for name in CONTRACTS["house"]["layers"][1].split("|")} == set(BOXES)
    assert set(CONTRACTS["drivers"]["protected_modules"]) == {f"{box}.drivers" for box in BOXES if box != "broker"}


def test_what_calls_itself_pure_is_held_to_it_and_the_core_is_pure() -> None:
    held = set(CONTRACTS["pure"]["source_modules"])
    claims = {
        module.name
        for module in PRODUCT_MODULES
        if re.search(r"\bpure\b", module.docstring, re.IGNORECASE) and not module.path.endswith("__init__.py")
    }
    assert held - NAMES == set(), "gone: remove them from the contract `pure` in pyproject.toml"
    assert claims - held == set(), "add them to the contract `pure` in pyproject.toml"
    assert CORE - held == set(), "the core of the house is pure"


def test_the_word_pure_means_something() -> None:
    forbidden = set(CONTRACTS["pure"]["forbidden_modules"])
    assert {
        "time",
        "random",
        "secrets",
        "uuid",
        "logging",
        "os",
        "pathlib",
        "socket",
        "sqlite3",
        "threading",
    } <= forbidden
    assert {name for name in rules.OWNERS if name not in ("msgspec", "usb")} <= forbidden


@pytest.mark.parametrize("box", BOXES)
def test_every_box_has_the_same_shape(box: str) -> None:
    wanted = {"__main__", "config"} if box == "broker" else {"__main__", "config", "ports", "app", "drivers"}
    assert {f"{box}.{part}" for part in wanted} <= NAMES
    ports = ROOT / box / "ports.py"
    if ports.exists():
        assert ports.read_text(encoding="utf-8").count("\n") <= 80


IMPORT_ALL = """
import importlib, sys, threading
names, root = sys.argv[2:], sys.argv[1]
opened = []
def hook(event, args):
    if event == "open":
        path, mode = str(args[0]), args[1] or "r"
        mine = path.startswith(root) and "/.venv/" not in path
        if mine and not path.endswith((".py", ".pyc", ".so")) and "__pycache__" not in path:
            opened.append(f"{event} {path}")
    elif event in ("socket.connect", "socket.bind", "sqlite3.connect", "os.mkdir", "os.remove"):
        opened.append(f"{event} {args}")
sys.addaudithook(hook)
missing = []
for name in names:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing.append(f"{name} needs {error.name}")
    if threading.active_count() > 1:
        opened.append(f"a thread in {name}")
    if opened:
        sys.exit(f"{name}: {opened}")
print("\\n".join(missing))
"""


def test_importing_a_module_opens_nothing_and_starts_no_thread() -> None:
    command = [sys.executable, "-c", IMPORT_ALL, str(ROOT), *sorted(NAMES)]
    quiet = {**os.environ, "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    done = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    missing = {line for line in done.stdout.splitlines() if line}
    assert not {line for line in missing if line.split()[-1] not in ("lgpio", "RPi", "smbus")}, missing


LIGHT = {
    "appliance.runtime.service": ("paho", "sqlite3", "ssl", "tomli_w", "asyncio", "ctypes"),
    "appliance.runtime.outbox": ("paho", "ssl", "asyncio"),
    "appliance.runtime.link": ("sqlite3", "asyncio", "tomli_w"),
    "appliance.cli": ("msgspec", "paho", "argparse"),
}


@pytest.mark.parametrize("name", LIGHT)
def test_a_small_machine_loads_nothing_it_does_not_use(name: str) -> None:
    program = f"import sys, {name}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert not set(LIGHT[name]) & set(done.stdout.split())


def test_ratings_are_counted_for_publication_only() -> None:
    """Whoever reads the measure `rating` beside these could tell of one clerk what decision 0027 keeps back."""
    counted = re.compile(r"measure\s*=\s*'rating|(?<!NOT )LIKE 'rating|\bIN \('rating")
    readers = {module.path for module in PRODUCT_MODULES if any(counted.search(text) for _, text in module.strings)}
    assert readers == {"broker/channels.py", "broker/published.py", "broker/publishing.py"}
