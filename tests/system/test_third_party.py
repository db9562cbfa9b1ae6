"""A stranger with nothing of ours: the examples of docs/mqtt.md and docs/http.md, as they stand, on the real hub."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from typing import Any, NamedTuple

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from tests.hub_process import HubProcess
from virtual_centre.bus_server import BusServer

DOCS = Path(__file__).parents[2] / "docs"
MARK = "--- next block ---"
PATIENT_S = 60

needs_clients = pytest.mark.skipif(
    not (shutil.which("mosquitto_pub") and shutil.which("mosquitto_sub")),
    reason="Debian's package mosquitto-clients is not installed",
)
needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="Debian's package curl is not installed")


class Here(NamedTuple):
    """A hub that answers, and where."""

    bus_port: int
    hub: HubProcess


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Here]:
    with BusServer(tmp_path / "bus") as bus:
        hub = HubProcess(tmp_path / "hub", bus)
        hub.start()
        yield Here(bus.port, hub)
        hub.stop()


def follow(page: str, **settings: str) -> list[str]:
    """What each bash block of a page of docs/ prints, all in one shell."""
    blocks = re.findall(r"^```bash\n(.*?)^```$", (DOCS / page).read_text(), re.DOTALL | re.MULTILINE)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f'\necho "{MARK}"\n'.join(blocks)],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=PATIENT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout.split(MARK + "\n")


def follow_the_bus_page(here: Here) -> list[str]:
    return follow("mqtt.md", PORT=str(here.bus_port))


def answers(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


@needs_clients
def test_a_stranger_takes_a_number_calls_it_and_rates_it_with_nothing_of_ours(here: Here) -> None:
    _, _, taking, fate, calling, boards, rating, _, _ = follow_the_bus_page(here)

    (taken,) = answers(taking)
    assert taken["ok"] is True
    assert taken["ticket"]["number"] == "A001"
    assert taken["ticket"]["id"] == taken["re"]
    assert [answer["ok"] for answer in answers(fate)] == [True]

    opened, called = answers(calling)
    assert opened["status"] == "open"
    assert called["ticket"]["number"] == "A001"
    assert called["ticket"]["status"] == "called"

    calls, desk = answers(boards)
    assert [(call["number"], call["desk"]) for call in calls["calls"]] == [("A001", "q01a")]
    assert (desk["number"], desk["status"]) == ("A001", "open")

    finished, rated = answers(rating)
    assert finished["ok"] is True
    assert rated["result"] == "accepted"


@needs_clients
def test_the_page_can_be_followed_twice_on_one_hub(here: Here) -> None:
    follow_the_bus_page(here)
    _, _, taking, _, calling, _, rating, _, _ = follow_the_bus_page(here)
    assert answers(taking)[0]["ticket"]["number"] == "A002"
    opened, called = answers(calling)
    assert opened["error"] == "wrong_state"
    assert called["ticket"]["number"] == "A002"
    assert answers(rating)[1]["result"] == "accepted"


@needs_clients
def test_the_digit_of_the_plainest_button_is_a_press_at_its_desk(here: Here) -> None:
    follow_the_bus_page(here)
    verdicts: Queue[bytes] = Queue()
    button = paho.Client(CallbackAPIVersion.VERSION2, client_id="rating-q01a")
    button.on_message = lambda _client, _data, message: verdicts.put(message.payload)
    button.on_subscribe = lambda *_: button.publish("goiso/v1/ca-mau/up/rating-q01a/rating", b"2", qos=1)
    button.connect("127.0.0.1", here.bus_port)
    button.subscribe("goiso/v1/ca-mau/down/rating-q01a/answer", qos=1)
    button.loop_start()
    assert json.loads(verdicts.get(timeout=PATIENT_S))["result"] in ("corrected", "suppressed")
    button.disconnect()
    button.loop_stop()


@needs_curl
def test_a_stranger_does_the_same_with_curl(here: Here) -> None:
    url = f"http://127.0.0.1:{here.hub.port}"
    _, taking, working, figures, stream = follow("http.md", HUB=url, DATA=str(here.hub.directory))

    (taken,) = answers(taking)
    assert taken["ticket"]["number"] == "A001"
    opened, called, looked, finished, rated = answers(working)
    assert (opened["status"], called["ticket"]["number"]) == ("open", "A001")
    assert looked["ticket"]["id"] == taken["ticket"]["id"]
    assert finished["ok"] is True
    assert rated["result"] == "accepted"

    ratings, waits = answers(figures)
    assert [(row["told"], row["rated"], row["served"]) for row in ratings["rows"]] == [("not_yet", None, 1)]
    assert [row["key"] for row in waits["rows"] if row["served"]] == ["a"]
    assert '{"topic":"state/calls","state":' in stream
