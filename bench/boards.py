"""A board: from a key to its pixels, what it costs while nothing happens, and what a crowd of calls does to it.

Presses are measured with everything in its own process over a real bus, beside a bare round trip of that bus and a bare
commit of that disk. Drawing and encoding are timed in this process, beside the least that any screen must do (filling
one as large); the idle board has the real screen driver on a display that SDL only pretends to have.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pygame

from appliance.display.canvas import Canvas
from appliance.display.picture import PictureWriter
from appliance.runtime.config import BusSection, DataSection, DeviceSection, dump
from appliance.runtime.link import MqttLink
from appliance.wire.messages import CallsState, HubBeat
from appliance.wire.told import Call
from bench import browser_board, burst, led, restart, spoken
from bench.bare_commits import commit_times
from bench.lines import MqttLine, bodies, drive
from bench.picture import Keypads, watched_board
from bench.process_figures import cpu_s, rss_mb
from bench.report import Figure
from bench.stand import Stand
from display_board.config import BoardConfig, ScreenOutput
from display_board.drivers.paint import paint
from display_board.views import BoardView, CallLine, Mode, QueueLine
from virtual_centre.bus_server import BusServer
from virtual_centre.child import Child
from virtual_centre.ports import HOST

SIZES = {"720p": (1280, 720), "1080p": (1920, 1080), "4k": (3840, 2160)}
TIMES, SETTLE_S, IDLE_S, BEAT_S = 60, 5.0, 20.0, 2.0
ALONE_S = 2.0
FRAME_MS = 1000 / 60


def run(say: Callable[[str], None]) -> list[Figure]:
    """All figures of a board."""
    figures = _presses(say)
    for name, size in SIZES.items():
        say(f"drawing at {name}")
        figures += _pictures(name, size)
    say("LED panels on a bad line")
    panels = led.figures()
    say(f"an idle board at 1080p, {SETTLE_S + IDLE_S:.0f} s")
    cpu, rss = _idle()
    return [
        *figures,
        *panels,
        Figure(name="idle_cpu_percent", value=cpu, unit="%", at_most=1.0),
        Figure(name="rss_mb", value=rss, unit="MB", at_most=60.0),
    ]


def _presses(say: Callable[[str], None]) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="goiso-bench-") as directory:
        folder = Path(directory)
        stand = Stand(folder)
        say("the hub")
        stand.start()
        try:
            say("the disk alone, and the bus alone")
            commit = 1000 * statistics.median(commit_times(folder, ALONE_S))
            echo = MqttLine(stand.bus.port, "echo", "bench/echo", "bench/echo", bodies(dict))
            trip = drive([echo], ALONE_S).p50_ms
            echo.close()
            with watched_board(stand) as arrivals:
                say("from press to pixels")
                with Keypads(stand) as keypads:
                    presses = keypads.press_each(arrivals.of)
                say("a burst of calls")
                with spoken.overheard(stand) as told:
                    crowd = burst.measure(stand, arrivals)
            say("the same calls, spoken")
            speech = spoken.figures(told, crowd.calls, folder)
            say("a board that is killed in the middle of a call")
            killed = restart.figures(stand)
            say("from press to the page of a smart TV")
            page = browser_board.measure(stand)
        finally:
            stand.stop()
    p50, p95, p99 = _percentiles(presses.to_picture)
    figures = [
        Figure(name="bus_rtt_ms_p50", value=trip, unit="ms"),
        Figure(name="commit_ms_p50", value=commit, unit="ms"),
        Figure(name="press_to_answer_ms_p50", value=_percentiles(presses.to_answer)[0], unit="ms"),
        Figure(name="press_to_pixels_ms_p50", value=p50, unit="ms", baseline="bus_rtt_ms_p50"),
        Figure(name="press_to_pixels_ms_p95", value=p95, unit="ms", baseline="bus_rtt_ms_p50"),
        Figure(name="press_to_pixels_ms_p99", value=p99, unit="ms", baseline="bus_rtt_ms_p50"),
        Figure(name="press_to_pixels_excess_ms_p95", value=p95 - trip - commit, unit="ms", at_most=FRAME_MS),
        Figure(name="burst_calls_lost", value=crowd.lost, at_most=0),
        Figure(name="burst_called_s", value=crowd.called_s, unit="s"),
        Figure(name="burst_shown_s", value=crowd.shown_s, unit="s", baseline="burst_called_s"),
        *speech,
        *killed,
    ]
    if page is None:
        say("no Chromium on this machine: the page was not measured")
        return figures
    busy, crowded = (_percentiles(found.to_picture) for found in page)
    return [
        *figures,
        Figure(name="browser_press_to_pixels_ms_p50", value=busy[0], unit="ms", baseline="bus_rtt_ms_p50"),
        Figure(name="browser_press_to_pixels_ms_p95", value=busy[1], unit="ms", baseline="bus_rtt_ms_p50"),
        Figure(
            name="browser_press_to_pixels_excess_ms_p95",
            value=busy[1] - trip - commit,
            unit="ms",
            at_most=FRAME_MS,
        ),
        Figure(name="browser_crowded_excess_ms_p95", value=crowded[1] - trip - commit, unit="ms"),
    ]


def _percentiles(times: list[float]) -> tuple[float, float, float]:
    """Median, 95th and 99th percentile."""
    cuts = statistics.quantiles(times, n=100)
    return cuts[49], cuts[94], cuts[98]


def _pictures(name: str, size: tuple[int, int]) -> list[Figure]:
    surface = pygame.Surface(size)
    canvas, writer = Canvas(surface), PictureWriter(*size)
    paint(canvas, _view(0))
    fills = _timed(lambda n: canvas.fill((n, n, n)))
    draws = _timed(lambda n: paint(canvas, _view(n)))
    encodes = _timed(lambda _: writer.png(surface))
    goal = 20.0 if name == "720p" else None
    return [
        Figure(name=f"fill_{name}_ms_p95", value=fills, unit="ms"),
        Figure(name=f"draw_{name}_ms_p95", value=draws, unit="ms", baseline=f"fill_{name}_ms_p95"),
        Figure(name=f"encode_{name}_ms_p95", value=encodes, unit="ms", baseline=f"fill_{name}_ms_p95"),
        Figure(name=f"draw_and_encode_{name}_ms_p95", value=draws + encodes, unit="ms", at_most=goal),
    ]


def _timed(work: Callable[[int], object]) -> float:
    times = []
    for n in range(TIMES):
        began = time.perf_counter()
        work(n)
        times.append(1000 * (time.perf_counter() - began))
    return statistics.quantiles(times, n=20)[18]


def _view(n: int) -> BoardView:
    """A busy hall; another number each time, as every call is."""
    letters = "AHKLMN"
    numbers = [f"{letters[k % 6]}{(k * 7 + n) % 1000:03d}" for k in range(1, 8)]
    calls = [
        CallLine(seq=k, times=1, number=number, place=f"Quầy {k}", place_short=str(k))
        for k, number in enumerate(numbers, 1)
    ]
    queues = tuple(QueueLine(letter, "Đất đai, môi trường", 6, (15, 25)) for letter in "AHKL")
    view = BoardView(Mode.CALLING, hero=calls[0], calls=tuple(calls[1:]), queues=queues, waiting=24, clock="07:42")
    return replace(view, turn=n)


def _idle() -> tuple[float, float]:
    """CPU in percent of one core and resident memory in MB of a board that shows seven calls."""
    with tempfile.TemporaryDirectory() as folder, BusServer(Path(folder) / "bus") as bus:
        section = BusSection(host=HOST, port=bus.port)
        hub = MqttLink(section, "ca-mau", "hub", [], lambda _: None)
        hub.start()
        config = BoardConfig(
            device=DeviceSection(id="board-bench", site="ca-mau"),
            data=DataSection(dir=folder),
            bus=section,
            output=(ScreenOutput(fullscreen=False),),
        )
        path = Path(folder) / "board.toml"
        path.write_text(dump(config), encoding="utf-8")
        command = [sys.executable, "-m", "display_board", "--config", str(path)]
        board = Child("board", command, Path(folder) / "board.log", {"SDL_VIDEODRIVER": "dummy"})
        board.start()
        try:
            _beat(hub, SETTLE_S)
            before = cpu_s(board.pid)
            _beat(hub, IDLE_S)
            return 100 * (cpu_s(board.pid) - before) / IDLE_S, rss_mb(board.pid)
        finally:
            board.stop()
            hub.stop()


def _beat(hub: MqttLink, seconds: float) -> None:
    """What a hub says in a quiet hour."""
    at = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
    calls = [
        Call(
            seq=k,
            ticket=f"00000000-0000-4000-8000-{k:012d}",
            number=f"A{k:03d}",
            desk="q01a",
            counter="q01",
            label="Quầy 1",
            lang="vi",
            at=at,
            times=1,
        )
        for k in range(7, 0, -1)
    ]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        hub.publish(CallsState(gen=1, rev=1, calls=tuple(calls)))
        hub.publish(HubBeat(gen=1, at=time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())))
        time.sleep(BEAT_S)
