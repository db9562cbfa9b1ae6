"""`goiso led-test` as a technician runs it, on panels made of software."""

import subprocess
import sys
from pathlib import Path

from appliance.runtime.config import load
from display_board.led_frames import Template
from virtual_centre.led.line import LedServer, Panels

FOLDER = Path(__file__).parents[2] / "firmware_configs" / "led"


def led_test(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "display_board.led_test", *arguments]
    return subprocess.run(command, input=typed, capture_output=True, text=True, timeout=60, check=False)


def panels(kind: str, *addresses: int) -> LedServer:
    server = LedServer(Panels(load(FOLDER / f"{kind}.toml", Template), addresses))
    server.start()
    return server


def test_the_makers_example_goes_out_as_published() -> None:
    server = panels("value-sum8", 5)
    file = str(FOLDER / "value-sum8.toml")
    try:
        done = led_test("--port", server.url, "--template", file, "--addresses", "5", "--show", "999")
        assert (done.returncode, done.stdout) == (0, "05 03 E7 EF\n"), done.stderr
        assert server.panels.texts == {5: "999"}
    finally:
        server.stop()


def test_a_panel_that_answers_is_found_without_a_question() -> None:
    server = panels("modbus-text", 3)
    try:
        done = led_test("--port", server.url, "--addresses", "1-4", "--bauds", "9600")
        assert done.returncode == 0, done.stderr
        assert "modbus-text.toml" in done.stdout
        assert "address = 3," in done.stdout
        assert server.panels.texts == {3: "003"}
    finally:
        server.stop()


def test_a_panel_that_only_listens_is_found_by_what_the_technician_types() -> None:
    server = panels("ascii-lrc", 2)
    file = str(FOLDER / "ascii-lrc.toml")
    try:
        done = led_test("--port", server.url, "--template", file, "--addresses", "1-3", typed="101\n2\n")
        assert done.returncode == 0, done.stderr
        assert "address = 2," in done.stdout
    finally:
        server.stop()


def test_a_port_that_is_not_there_is_one_line_and_what_to_do() -> None:
    done = led_test("--port", "/dev/nothing-here")
    assert done.returncode == 1
    assert "/dev/nothing-here" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_command_line_is_told() -> None:
    assert led_test("--port", "loop://", "--show", "1").returncode == 2
    assert led_test("--port", "loop://", "--addresses", "a-b").returncode == 2
    assert led_test("--port", "loop://", "--template", "/nowhere.toml").returncode == 2
