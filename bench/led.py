"""LED panels on a line that misbehaves: how long after its end every panel shows the truth again.

The real driver on a port (TCP, as behind a serial-to-Ethernet adapter), panels that read its bytes by themselves.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from appliance.runtime.config import load
from appliance.runtime.errors import CannotStart
from bench.report import Figure
from display_board.config import LedOutput, PanelSection
from display_board.drivers.led_serial import SerialLedLine
from display_board.led_frames import Template
from display_board.views import LedView, PanelText
from virtual_centre.led.line import LedServer, Panels

KINDS = ("value-sum8", "ascii-lrc", "modbus-text")
FOLDER = Path(__file__).parents[1] / "firmware_configs" / "led"
ADDRESSES = range(1, 9)
PATIENCE_S, LOOK_S = 10.0, 0.002


def figures() -> list[Figure]:
    """Noise, bytes that get lost, a cable pulled: each with each kind of panel."""
    times = [time_s for kind in KINDS for time_s in _of_kind(kind)]
    return [
        Figure(name="led_recover_s_p50", value=statistics.median(times), unit="s"),
        Figure(name="led_recover_s_max", value=max(times), unit="s", at_most=2.0),
    ]


def _of_kind(kind: str) -> Iterator[float]:
    with _wall(kind) as (server, line):
        panels, faults = server.panels, server.panels.faults
        for number, fault in enumerate(("noise", "deaf", "cut"), 100):
            bad = panels.decoder.bad + panels.lost
            setattr(faults, "deaf" if fault == "cut" else fault, True)
            line.show(_view(number))
            _wait(lambda bad=bad: panels.decoder.bad + panels.lost > bad)
            if fault == "cut":
                server.cut()
            faults.noise = faults.deaf = False
            ended = time.monotonic()
            _wait(lambda number=number: all(text.endswith(str(number)) for text in panels.texts.values()))
            yield time.monotonic() - ended


@contextmanager
def _wall(kind: str) -> Iterator[tuple[LedServer, SerialLedLine]]:
    server = LedServer(Panels(load(FOLDER / f"{kind}.toml", Template), ADDRESSES))
    server.start()
    sections = tuple(PanelSection(address=address, desks=("q01a",)) for address in ADDRESSES)
    template = server.panels.decoder.template
    line = SerialLedLine(LedOutput(panels=sections, url=server.url), lambda *_: None, template)
    line.start()
    line.show(_view(999))
    try:
        _wait(lambda: all(text.endswith("999") for text in server.panels.texts.values()))
        yield server, line
    finally:
        line.stop()
        server.stop()


def _view(number: int) -> LedView:
    return LedView(tuple(PanelText(address, f"A{number}") for address in ADDRESSES))


def _wait(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > end:
            raise CannotStart(f"no panel was right again within {PATIENCE_S} s")
        time.sleep(LOOK_S)
