"""Carries out what a person on the page does."""

import time
from typing import Any

from broker.model import Site
from desk_keypad.keymap import USB_KEYPAD
from virtual_centre.cast import KEYPAD, KEYPAD_DESK, KIOSK, TOUCH_DESK, Cast, terminal_of
from virtual_centre.clock_keeper import ClockKeeper
from virtual_centre.family import Family
from virtual_centre.faults import Fault, FaultBoard, Pile
from virtual_centre.observer import Observer
from virtual_centre.page.deeds import AnyDeed, Key, LetCome, OpenTerminal, Press, SetPace, Show, Switch, Touch
from virtual_centre.printer.emulator import PrinterEmulator
from virtual_centre.printer.faults import Fault as PrinterFault
from virtual_centre.stage_server import StageServer
from virtual_centre.terminals import Terminals
from virtual_centre.wallet import WALLET


class CentreHands:
    """The `Hands` of the page: reach for the stage, the family of programs, the clock, the terminals and the faults."""

    def __init__(
        self,
        site: Site,
        stage: StageServer,
        family: Family,
        clock: ClockKeeper,
        terminals: Terminals,
        faults: FaultBoard,
        observer: Observer,
    ) -> None:
        self._site = site
        self._observer = observer
        self._stage = stage
        self._family = family
        self._clock = clock
        self._terminals = terminals
        self._faults = faults

    def desks(self) -> list[dict[str, Any]]:
        """The desks a terminal can be opened for; `touch`: it is a screen."""
        desks = self._site.desks.values()
        return [{"id": desk.id, "label": desk.label, "touch": desk.id == TOUCH_DESK} for desk in desks]

    def do(self, deed: AnyDeed) -> None:
        """Carry it out, soon. Raises LookupError, with words for a person, when there is nothing to do it to."""
        match deed:
            case Touch(device, part, x, y):
                self._reach(device, part, "touch", x=x, y=y)
            case Key(device, part, button, kind):
                self._reach(device, part, kind, button=button)
            case Press(device, key):
                self._press(device, key)
            case Show(device, thing):
                if thing not in WALLET:
                    raise LookupError("Không có thứ này · there is no such thing")
                self._reach(device, "scanner", "show", scan=WALLET[thing])
            case Switch(fault, on):
                self._faults.switch(fault, on)
            case LetCome(on):
                self._let_come(on)
            case SetPace(pace):
                self._clock.set_pace(pace)
            case OpenTerminal(desk):
                self._terminals.look(desk)

    def _press(self, device: str, key: str) -> None:
        if device == KEYPAD:
            calls = key in (*USB_KEYPAD["next"], *USB_KEYPAD["recall"])
            self._observer.pressed(KEYPAD_DESK, time.monotonic(), calls=calls)
        self._reach(device, "keys", "press", key=key)

    def _let_come(self, on: bool) -> None:
        if on:
            self._family.switch("crowd", on=True)
        else:
            self._family.dismiss("crowd")
            self._clock.set_pace(1.0)  # whoever goes on by hand needs time to press

    def _reach(self, device: str, part: str, kind: str, **what: Any) -> None:
        if not self._stage.send(device, part, kind, **what):
            raise LookupError("Thiết bị này đang không chạy · this device is not running now")


def faults(
    family: Family, cast: Cast, printer: PrinterEmulator, stage: StageServer, observer: Observer, desk: str
) -> FaultBoard:
    """Every fault of the demo. The stuck button is that of the terminal at `desk`."""
    paper: Pile[PrinterFault] = Pile(printer.fault)
    kiosk, keypad = cast.cable(KIOSK), cast.cable(KEYPAD)

    def stuck(kind: str) -> None:
        stage.send(terminal_of(desk), "panel", kind, button=1)

    def power(name: str) -> Fault:
        return Fault(lambda: family.switch(name, on=False), lambda: family.switch(name, on=True))

    return FaultBoard(
        {
            "paper_out": paper.fault("paper_out"),
            "cover_open": paper.fault("cover_open"),
            "cutter": paper.fault("error"),
            "printer_dies": paper.fault("dies"),
            "cable": Fault(kiosk.pull, kiosk.mend),
            "keypad": Fault(keypad.pull, keypad.mend),
            "hub": power("hub"),
            "bus": power("bus"),
            "stuck": Fault(lambda: stuck("hold"), lambda: stuck("release")),
        },
        observer.faults,
    )
