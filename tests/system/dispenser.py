"""A kiosk as a process, with a printer made of software and a finger."""

from pathlib import Path

from tests.hub_process import HubProcess
from tests.system.box_process import BoxProcess
from tests.system.touched_kiosk import TouchedKiosk
from tests.waiting import Mailbox
from virtual_centre.bus_server import BusServer
from virtual_centre.printer.doors import Door
from virtual_centre.printer.emulator import PrinterEmulator


class Dispenser(TouchedKiosk):
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
        super().__init__(
            BoxProcess(
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
        )

    def start(self) -> "Dispenser":
        self.box.start()
        return self

    def close(self) -> None:
        self.box.close()
        self.printer.stop()
