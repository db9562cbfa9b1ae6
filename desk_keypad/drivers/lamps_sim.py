"""Lamps and a display that are seen on the stage, part `lamps`. Rules: they show what real ones would, in words too."""

import dataclasses

from appliance.runtime.stage import Stage
from desk_keypad.config import LampsSection
from desk_keypad.ports import Face


class SimLamps:
    """Shown on `stage`."""

    def __init__(self, _section: LampsSection, stage: Stage) -> None:
        self._stage = stage

    def start(self) -> None:
        """There is nothing to open."""

    def show(self, face: Face) -> None:
        """Show them."""
        self._stage.show("lamps", "face", **dataclasses.asdict(face))

    def stop(self) -> None:
        """There is nothing to close."""

    @property
    def alive(self) -> bool:
        """It has no thread of its own."""
        return True
