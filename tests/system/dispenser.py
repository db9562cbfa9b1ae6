"""A kiosk as a process, with a printer made of software and a finger."""

from pathlib import Path

from appliance.runtime.stage_frames import Frame
from tests.hub_process import HubProcess
from tests.system.box_process import BoxProcess
from tests.waiting import Mailbox, eventually
from virtual_centre.bus_server import BusServer
from virtual_centre.printer.doors import Door
from virtual_centre.printer.emulator import PrinterEmulator


class Dispenser:
    """A kiosk with its printer, and a finger."""

    def __init__(
        self,
        folder: Path,
        bus: BusServer,
        hub: HubProcess,
        device: str = "kiosk-1",
        door: Door | None = None,
        deadline_s: float = 20.0,
        speed_mm_s: float = 0.0,
    ) -> None:
        self.paper = Mailbox()
        self.printer = PrinterEmulator(on_ticket=self.paper.post, door=door, speed_mm_s=speed_mm_s)
        self.printer.start()
        self.box = BoxProcess(
            folder,
            "kiosk",
            device,
            bus.port,
            hub.clock,
            hub={"url": f"http://127.0.0.1:{hub.port}"},
            screen={"driver": "sim"},
            printer={"address": self.printer.address, "deadline_s": deadline_s},
            times={"take_s": 60.0, "sorry_s": 60.0, "doubt_s": 60.0},
        )

    def start(self) -> "Dispenser":
        self.box.start()
        return self

    def page(self, name: str) -> Frame:
        """The picture on the screen, once it is the page `name`."""
        return eventually(lambda: self._newest(name))

    def touch(self, page: str, target: str) -> None:
        """Put a finger on a target of the page, once it is there."""
        x, y = eventually(lambda: self._place(page, target))
        self.box.stage.act("screen", "touch", x=x, y=y)

    def take(self) -> None:
        """From the start page, once it has all its parts and moves no more, to the touch that takes a number."""
        eventually(lambda: self._place("start", "Sought"))
        self.touch("start", "Chose tnmt")
        self.touch("services", "Wanted tnmt-nop")
        self.touch("review", "Took")

    def _place(self, page: str, target: str) -> tuple[float, float] | None:
        shown = self._newest(page)
        targets = shown.facts["targets"] if shown else []
        return next(((x, y) for name, x, y in targets if name == target), None)

    def _newest(self, page: str) -> Frame | None:
        pictures = [frame for frame in list(self.box.stage.frames) if frame.kind == "picture"]
        return pictures[-1] if pictures and pictures[-1].facts["page"] == page else None

    def close(self) -> None:
        self.box.close()
        self.printer.stop()
