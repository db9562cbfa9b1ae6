"""Every house rule finds the offence it is there for, and lets the honest neighbour pass."""

from collections.abc import Iterator

import pytest

from tests.architecture import rules
from tests.architecture.rules import Module, Rule

GUILTY: list[tuple[Rule, str, str]] = [
    (rules.libraries_stay_with_their_owners, "kiosk/flow.py", "import pygame.font"),
    (rules.libraries_stay_with_their_owners, "kiosk/app.py", "from paho.mqtt import client"),
    (rules.libraries_stay_with_their_owners, "broker/hub.py", "def f():\n    import flask"),
    (rules.no_topic_is_written_by_hand, "broker/bus.py", "x = 'goiso/v1/ca-mau/up'"),
    (rules.no_topic_is_written_by_hand, "broker/bus.py", "x = f'state/desk/{desk}'"),
    (rules.no_topic_is_written_by_hand, "broker/bus.py", "x = 'presence/+'"),
    (rules.drivers_are_named_by_the_composition_root, "kiosk/app.py", "x = 'kiosk.drivers.sim:SimPrinter'"),
    (rules.nobody_asks_the_machine_for_the_time, "broker/hub.py", "import time\nx = time.time()"),
    (rules.nobody_asks_the_machine_for_the_time, "broker/hub.py", "x = datetime.datetime.now(zone)"),
    (rules.no_code_for_tests, "kiosk/app.py", "from tests.waiting import eventually"),
    (rules.no_code_for_tests, "kiosk/app.py", "if is_testing_env:\n    pass"),
    (rules.no_code_for_tests, "kiosk/app.py", "if config.testing:\n    pass"),
    (rules.every_exemption_has_its_reason, "kiosk/app.py", "x = 1  # noqa: E501"),
    (rules.every_exemption_has_its_reason, "kiosk/app.py", "x = 1  # type: ignore[arg-type]"),
    (rules.every_exemption_has_its_reason, "kiosk/app.py", "x = 1  # noqa: E501  # sorry"),
    (rules.a_link_is_watched, "kiosk/__main__.py", "link = MqttLink(bus)"),
    (rules.every_section_refuses_unknown_keys, "kiosk/config.py", "class A(msgspec.Struct): pass"),
    (rules.every_module_says_what_it_is, "kiosk/app.py", "x = 1"),
    (rules.files_are_small, "kiosk/app.py", "x = 1\n" * 301),
    (rules.no_drawer_for_odds_and_ends, "kiosk/utils.py", ""),
    (rules.no_error_is_swallowed, "kiosk/app.py", "try:\n    f()\nexcept Exception:\n    pass"),
    (rules.no_error_is_swallowed, "kiosk/app.py", "for x in y:\n    try:\n        f()\n    except:\n        continue"),
    (rules.tests_never_sleep, "tests/unit/test_x.py", "time.sleep(1)"),
    (rules.tests_never_sleep, "tests/unit/test_x.py", "from time import sleep\nsleep(1)"),
    (rules.tests_patch_nothing, "tests/unit/test_x.py", "from unittest.mock import Mock"),
    (rules.tests_patch_nothing, "tests/unit/test_x.py", "monkeypatch.setattr(kiosk, 'x', 1)"),
]
INNOCENT: list[tuple[Rule, str, str]] = [
    (rules.libraries_stay_with_their_owners, "kiosk/drivers/screen.py", "import pygame"),
    (rules.no_topic_is_written_by_hand, "broker/bus.py", '"""Hears `goiso/v1/ca-mau/up/+/ticket`."""\nx = "state"'),
    (rules.no_topic_is_written_by_hand, "broker/web/routes.py", "x = '/api/v1/desks'"),
    (rules.drivers_are_named_by_the_composition_root, "kiosk/__main__.py", "x = 'kiosk.drivers.sim:SimPrinter'"),
    (rules.nobody_asks_the_machine_for_the_time, "kiosk/app.py", "x = time.monotonic() + clock.now()"),
    (rules.no_code_for_tests, "kiosk/app.py", "latest = fastest = tests_passed = 1"),
    (rules.every_exemption_has_its_reason, "kiosk/app.py", "x = 1  # noqa: E501  # because the table is wide"),
    (rules.a_link_is_watched, "kiosk/__main__.py", "link = MqttLink(bus)\nloop.watch(link)"),
    (rules.every_section_refuses_unknown_keys, "kiosk/config.py", "class A(Section, frozen=True): pass"),
    (rules.no_error_is_swallowed, "kiosk/app.py", "try:\n    f()\nexcept OSError:\n    pass"),
    (rules.tests_never_sleep, "tests/system/test_x.py", "run('time.sleep(60)')"),
    (rules.tests_patch_nothing, "tests/unit/test_x.py", "monkeypatch.setattr('sys.stdin', words)"),
    (rules.tests_patch_nothing, "tests/unit/test_x.py", "monkeypatch.setenv('A', 'b'); client.patch_level()"),
]


def found(rule: Rule, path: str, text: str) -> Iterator[str]:
    return rule(Module(path, text))


@pytest.mark.parametrize(("rule", "path", "text"), GUILTY)
def test_an_offence_is_found(rule: Rule, path: str, text: str) -> None:
    assert list(found(rule, path, text))


@pytest.mark.parametrize(("rule", "path", "text"), INNOCENT)
def test_an_honest_module_passes(rule: Rule, path: str, text: str) -> None:
    assert not list(found(rule, path, text))


def test_every_rule_has_its_planted_offence() -> None:
    assert {rule for rule, _, _ in GUILTY} == {*rules.OF_PRODUCT, *rules.OF_ALL, *rules.OF_TESTS}
