"""A stranger with mosquitto_pub and mosquitto_sub: the examples of docs/mqtt.md, as they stand, on the real hub."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from tests.hub_process import HubProcess
from virtual_centre.bus_server import BusServer

PAGE = (Path(__file__).parents[2] / "docs/mqtt.md").read_text()
BLOCKS = re.findall(r"^```bash\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
MARK = "--- next block ---"
PATIENT_S = 60

pytestmark = pytest.mark.skipif(
    not (shutil.which("mosquitto_pub") and shutil.which("mosquitto_sub")),
    reason="Debian's package mosquitto-clients is not installed",
)


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The port of a bus on which a hub answers."""
    with BusServer(tmp_path / "bus") as bus:
        hub = HubProcess(tmp_path / "hub", bus)
        hub.start()
        yield bus.port
        hub.stop()


def follow_the_page(port: int) -> list[str]:
    """What each block of the page prints."""
    script = f'\necho "{MARK}"\n'.join(BLOCKS)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env={**os.environ, "PORT": str(port)},
        capture_output=True,
        text=True,
        timeout=PATIENT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout.split(MARK + "\n")


def answers(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


def test_a_stranger_takes_a_number_calls_it_and_rates_it_with_nothing_of_ours(port: int) -> None:
    _, _, taking, fate, calling, boards, rating, _, _ = follow_the_page(port)

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


def test_the_page_can_be_followed_twice_on_one_hub(port: int) -> None:
    follow_the_page(port)
    _, _, taking, _, calling, _, rating, _, _ = follow_the_page(port)
    assert answers(taking)[0]["ticket"]["number"] == "A002"
    opened, called = answers(calling)
    assert opened["error"] == "wrong_state"
    assert called["ticket"]["number"] == "A002"
    assert answers(rating)[1]["result"] == "accepted"


def test_the_digit_of_the_plainest_button_is_a_press_at_its_desk(port: int) -> None:
    follow_the_page(port)
    verdicts: Queue[bytes] = Queue()
    button = paho.Client(CallbackAPIVersion.VERSION2, client_id="rating-q01a")
    button.on_message = lambda _client, _data, message: verdicts.put(message.payload)
    button.on_subscribe = lambda *_: button.publish("goiso/v1/ca-mau/up/rating-q01a/rating", b"2", qos=1)
    button.connect("127.0.0.1", port)
    button.subscribe("goiso/v1/ca-mau/down/rating-q01a/answer", qos=1)
    button.loop_start()
    assert json.loads(verdicts.get(timeout=PATIENT_S))["result"] in ("corrected", "suppressed")
    button.disconnect()
    button.loop_stop()
