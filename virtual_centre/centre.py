"""The virtual centre, put together: bus, hub and boxes as processes, their simulated parts and the page around them.

Rules: everything here is started once and stopped once, in reverse order; the boxes are the very programs that run in a
real centre, told by their configuration that their parts are simulated.
"""

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from appliance.runtime.config import load
from appliance.runtime.errors import CannotStart
from broker.site_files import load_site
from display_board.config import BoardConfig, LedOutput
from display_board.led_frames import Template
from virtual_centre import hands
from virtual_centre.bus_server import BusServer, Program
from virtual_centre.cast import TOUCH_DESK, Cast, terminal_of
from virtual_centre.child import Child
from virtual_centre.clock_keeper import ClockKeeper
from virtual_centre.demo_files import LED_TEMPLATE, SHIPPED, SITE, DemoFiles
from virtual_centre.edge_loop import EdgeLoop
from virtual_centre.family import Family
from virtual_centre.front import Front
from virtual_centre.gallery import Gallery
from virtual_centre.led.line import LedServer, Panels
from virtual_centre.observer import Observer
from virtual_centre.page.app import THREADS, Page
from virtual_centre.page_server import PageServer
from virtual_centre.ports import free_port
from virtual_centre.printer.emulator import PrinterEmulator
from virtual_centre.printer.nv_memory import NvMemory
from virtual_centre.stage_server import StageServer
from virtual_centre.terminals import Terminals
from virtual_centre.watcher import Watcher

PRINTER_MM_S = 150.0
HOPELESS = (2, 3)
"""Exit codes of a box that is wrongly configured or cannot start: trying again changes nothing."""
MOST_DEATHS = 3
"""A box that has died so often while the centre opens will not live."""


@dataclass(frozen=True)
class Options:
    """What the command line says. `home` keeps the data."""

    port: int
    bus_port: int
    home: Path
    pace: float
    bus: Program


class _Part(Protocol):
    def start(self) -> None: ...
    def stop(self) -> None: ...


_Started = TypeVar("_Started", bound=_Part)


class VirtualCentre:
    """The whole centre. `start`, `run` and `stop` belong to the main thread."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._files = DemoFiles(options.home)
        self._site = load_site(SITE, "9999-12-31")
        self._first_desk = next(iter(self._site.desks))
        self._family = Family()
        self._gallery = Gallery()
        self._open = ExitStack()
        self._watcher: Watcher | None = None
        self._bus = BusServer(self._files.box("bus"), options.bus_port, options.bus)

    def start(self, within_s: float) -> bool:
        """Bring everything up; whether every program is ready (or else `end` was called). Raises CannotStart."""
        loop = self._begin(EdgeLoop())
        stage = self._begin(StageServer(loop, self._gallery))
        panels = self._panels()
        observer = Observer(self._gallery, stage, self._site.zone, panels)
        memory = NvMemory(path=self._files.box("printer") / "memory")
        printer = self._begin(PrinterEmulator(on_ticket=observer.ticket, speed_mm_s=PRINTER_MM_S, memory=memory))
        led = self._begin(LedServer(Panels(load(LED_TEMPLATE, Template), list(panels), observer.panel)))
        hub_port = free_port()
        cast = Cast(self._files, loop, self._bus.port, hub_port, stage.port)
        self._open.callback(cast.stop)
        clock = self._begin(
            ClockKeeper(
                self._files.clock, self._files.last_time, self._options.pace, observer.time, observer.look_around
            )
        )
        terminals = self._terminals(cast, observer)
        faults = hands.faults(self._family, cast, printer, stage, observer, self._first_desk)
        page = Page(
            self._gallery, hands.CentreHands(self._site, stage, self._family, clock, terminals, faults, observer)
        )
        server = self._begin(PageServer(page.app(), THREADS))
        self._begin(Front(loop, self._options.port, server.port, hub_port, observer.request))
        self._make_voice()
        self._start_programs(cast, observer, printer.address, led.url)
        terminals.look(TOUCH_DESK)
        terminals.look(self._first_desk)
        ready = self._family.run(self._is_complete, within_s)
        if not ready and not self._family.ending:
            raise CannotStart(f"not ready after {within_s:.0f} s: {', '.join(self._missing())}; see {self._files.logs}")
        if ready:
            self._watcher = Watcher(self._bus.port, self._site.id, observer.called)
            self._watcher.start()
        return ready

    def run(self) -> None:
        """Keep everything alive until `end`."""
        self._family.run()

    def end(self) -> None:
        """Let `start` and `run` return. Also from a signal handler."""
        self._family.end()

    def stop(self) -> None:
        """End every program, thread and port."""
        self._gallery.close()
        if self._watcher is not None:  # before the bus, or it would complain of its loss
            self._watcher.stop()
        self._family.stop()
        self._open.close()

    def _begin(self, part: _Started) -> _Started:
        part.start()
        self._open.callback(part.stop)
        return part

    def _start_programs(self, cast: Cast, observer: Observer, printer: str, led: str) -> None:
        self._family.add(self._bus.child, observer.condition("bus"), self._bus.start)
        self._add("hub", observer, "broker", cast.hub())
        self._add("kiosk", observer, "kiosk", cast.kiosk(printer))
        self._add("board", observer, "display_board", cast.board())
        self._add("led", observer, "display_board", cast.led(led))
        self._add("keypad", observer, "desk_keypad", cast.keypad())
        for name in ("bus", "hub", "kiosk", "board", "led", "keypad"):
            self._family.switch(name, on=True)
        self._add("crowd", observer, "virtual_centre.crowd_app", cast.crowd())

    def _make_voice(self) -> None:
        """The clips of the hall's loudspeaker, beside everything else; a machine without espeak-ng calls in writing."""
        if not self._files.voice.exists():
            command = [sys.executable, "-m", "appliance.cli", "voice", "build", "--data", str(self._files.home)]
            self._begin(Child("voice", command, self._files.log("voice")))

    def _add(self, name: str, observer: Observer, module: str, config: Path) -> None:
        command = [sys.executable, "-m", module, "--config", str(config)]
        self._family.add(Child(name, command, self._files.log(name)), observer.condition(name))

    def _terminals(self, cast: Cast, observer: Observer) -> Terminals:
        def begin(desk: str) -> None:
            self._add(terminal_of(desk), observer, "rating_terminal", cast.terminal(desk))
            self._family.switch(terminal_of(desk), on=True)

        return Terminals(self._site.desks, begin, lambda desk: self._family.remove(terminal_of(desk)))

    def _is_complete(self) -> bool:
        """Whether everybody who was switched on is ready. Raises CannotStart for one who never will be."""
        for name, child in self._family.children().items():
            if child.ended_with in HOPELESS or self._family.deaths(name) >= MOST_DEATHS:
                raise CannotStart(f"{name} cannot start: {child.last_words()}")
        return not self._missing()

    def _missing(self) -> list[str]:
        return [name for name in self._family.children() if self._family.condition(name) in ("starting", "dead")]

    def _panels(self) -> dict[int, str]:
        """The LED panels that the shipped configuration speaks to, and the counter where each hangs."""
        outputs = load(SHIPPED / "led.toml", BoardConfig).output
        panels = [panel for output in outputs if isinstance(output, LedOutput) for panel in output.panels]
        desks, counters = self._site.desks, self._site.counters
        return {panel.address: counters[desks[panel.desks[0]].counter].names["vi"] for panel in panels}
