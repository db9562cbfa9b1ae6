"""A kiosk as a process, as its citizens have it: a page before their eyes, and a finger."""

from appliance.runtime.stage_frames import Frame
from tests.system.box_process import BoxProcess
from tests.waiting import eventually


class TouchedKiosk:
    """A finger on the simulated screen of `box`."""

    def __init__(self, box: BoxProcess) -> None:
        self.box = box

    def page(self, name: str) -> Frame:
        """The picture on the screen, once it is the page `name`."""
        return eventually(lambda: self._newest(name))

    def touch(self, page: str, target: str) -> None:
        """Put a finger on a target of the page, once it is there."""
        x, y = eventually(lambda: self._place(page, target))
        self.box.stage.act("screen", "touch", x=x, y=y)

    def settled(self) -> None:
        """Once the start page has all its parts and moves no more: the search comes last and pushes the rest down."""
        eventually(lambda: self._place("start", "Sought"))

    def take(self, field: str = "tnmt", service: str = "tnmt-nop") -> None:
        """From the start page to the touch that takes a number."""
        self.settled()
        self.touch("start", f"Chose {field}")
        self.touch("services", f"Wanted {service}")
        self.touch("review", "Took")

    def _place(self, page: str, target: str) -> tuple[float, float] | None:
        shown = self._newest(page)
        targets = shown.facts["targets"] if shown else []
        return next(((x, y) for name, x, y in targets if name == target), None)

    def _newest(self, page: str) -> Frame | None:
        pictures = [frame for frame in list(self.box.stage.frames) if frame.kind == "picture"]
        return pictures[-1] if pictures and pictures[-1].facts["page"] == page else None
