"""A driver by name: only the chosen one is imported, and every mistake is told."""

import sys
from typing import get_args, get_type_hints

import pytest

from appliance.runtime.drivers import resolve
from appliance.runtime.errors import CannotStart, ConfigError
from desk_keypad import __main__ as keypad_main
from desk_keypad.config import DisplaySection, LampsSection
from desk_keypad.config import KeysSection as DeskKeysSection
from display_board import __main__ as board_main
from display_board.config import LedOutput, ScreenOutput
from kiosk import __main__ as kiosk_main
from kiosk.config import KeysSection, PrinterSection, ScannerSection, SoundSection
from kiosk.config import ScreenSection as KioskScreenSection
from rating_terminal import __main__ as rating_main
from rating_terminal.config import PanelSection

REGISTRY = {"sim": "colorsys:rgb_to_hsv", "real": "no_such_package.printer:Printer", "odd": "colorsys:no_such_thing"}


def test_only_the_chosen_driver_is_imported() -> None:
    sys.modules.pop("colorsys", None)
    with pytest.raises(ConfigError):
        resolve(REGISTRY, "other")
    assert "colorsys" not in sys.modules
    assert resolve(REGISTRY, "sim")(1, 1, 1) == (0.0, 0.0, 1)


def test_an_unknown_name_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(ConfigError, match="driver 'rael' is unknown; did you mean real"):
        resolve(REGISTRY, "rael")
    with pytest.raises(ConfigError, match="known: odd, real, sim"):
        resolve(REGISTRY, "xyz")


def test_a_missing_package_is_told_with_its_name() -> None:
    with pytest.raises(CannotStart, match="needs the Python package 'no_such_package'; install it"):
        resolve(REGISTRY, "real")


def test_a_registry_that_lies_is_our_fault_and_looks_like_it() -> None:
    with pytest.raises(AttributeError):
        resolve(REGISTRY, "odd")


CHOICES = [
    (KioskScreenSection, kiosk_main.SCREENS),
    (PrinterSection, kiosk_main.PRINTERS),
    (ScannerSection, kiosk_main.SCANNERS),
    (SoundSection, kiosk_main.VOICES),
    (KeysSection, kiosk_main.KEYS),
    (ScreenOutput, board_main.SCREENS),
    (LedOutput, board_main.LED_LINES),
    (PanelSection, rating_main.PANELS),
    (DeskKeysSection, keypad_main.KEYS),
    (LampsSection, keypad_main.LAMPS),
    (DisplaySection, keypad_main.DISPLAYS),
]


@pytest.mark.parametrize(("section", "registry"), CHOICES)
def test_a_configuration_takes_just_the_drivers_that_there_are(section: type, registry: dict[str, str]) -> None:
    """Otherwise --check-config says OK to a name that the box then refuses, or the other way round."""
    assert set(get_args(get_type_hints(section)["driver"])) == set(registry)
    for name in registry:
        assert callable(resolve(registry, name))
