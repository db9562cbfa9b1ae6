"""Health is told when it changes, and only then."""

import logging

import pytest

from appliance.runtime.health import Changed, HealthReport
from appliance.wire.messages import Health
from appliance.wire.told import Part

EPOCH = "3f2b8c1e-0000-4000-8000-000000000001"


def test_a_condition_is_logged_once_down_and_once_up(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    printer = Changed(logging.getLogger("kiosk"), "printer")
    for _ in range(3):
        printer.say("ready")
    for _ in range(3):
        printer.say("fault", "no paper")
    printer.say("fault", "cover open")
    printer.say("ready")
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("INFO", "printer: ready"),
        ("ERROR", "printer: fault, no paper"),
        ("ERROR", "printer: fault, cover open"),
        ("INFO", "printer: ready"),
    ]


@pytest.fixture
def sent() -> list[Health]:
    return []


@pytest.fixture
def report(sent: list[Health]) -> HealthReport:
    return HealthReport(sent.append, logging.getLogger("kiosk"), {"goiso": "0.1.0"})


def test_nothing_is_sent_while_nothing_changes(report: HealthReport, sent: list[Health]) -> None:
    for _ in range(3):
        report.part("printer", "fault", "no paper")
        report.clock("synced")
        report.hub(7)
        report.leases([EPOCH])
    assert len(sent) == 4


def test_every_message_is_the_whole(report: HealthReport, sent: list[Health]) -> None:
    report.journal(EPOCH, 12)
    report.part("printer", "degraded", "paper low")
    report.part("screen", "ready")
    report.hub(7)
    assert sent[-1] == Health(
        parts={"printer": Part(state="degraded", reason="paper low"), "screen": Part(state="ready")},
        versions={"goiso": "0.1.0"},
        epoch=EPOCH,
        seq=12,
        gen=7,
    )
    assert sent[0].parts.keys() == {"printer"}, "what was sent must not change afterwards"


def test_a_hub_that_started_anew_is_told_who_we_are_and_an_old_one_is_not_believed(
    report: HealthReport, sent: list[Health]
) -> None:
    report.hub(7)
    report.hub(8)
    report.hub(7)
    assert [health.gen for health in sent] == [7, 8]
