"""LED panels without a line: what each would show goes to the stage.

It can play one fault of the real line: `{"part": "led", "kind": "fault", "name": "cut", "on": true}` cuts the cable,
the panels stay at what they showed last, and the part is reported as the serial driver reports a lost port.
"""

import threading
from typing import Any

from appliance.runtime.stage import Stage
from display_board.config import LedOutput
from display_board.led_frames import Template
from display_board.ports import Report
from display_board.views import LedView, PanelText

DASHES = "--"


class SimLedLine:
    """A `LedLine` that people see on the stage, part `output.part`, kind `panels`."""

    def __init__(self, output: LedOutput, report: Report, template: Template | None, stage: Stage) -> None:
        self._part = output.part
        self._report = report
        self._stage = stage
        self._kind = template.name if template else ""
        self._changing = threading.Lock()
        self._view = LedView()
        self._cut = False

    def start(self) -> None:
        """Take its place on the stage."""
        self._stage.listen(self._part, self._act)
        self._report("ready", "simulated")

    def show(self, view: LedView) -> None:
        """Show `view` on the stage."""
        with self._changing:
            self._view = view
            self._tell()

    def stop(self) -> None:
        """Nothing is open."""

    @property
    def alive(self) -> bool:
        """Always: it has no thread."""
        return True

    def _act(self, act: dict[str, Any]) -> None:
        if act["kind"] != "fault" or act.get("name") != "cut":
            return
        with self._changing:
            self._cut = bool(act.get("on"))
            self._report(*(("fault", "the line is cut") if self._cut else ("ready", "simulated")))
            self._tell()

    def _tell(self) -> None:
        if not self._cut:
            shown = [{"address": panel.address, "text": _shown(panel)} for panel in self._view.panels]
            self._stage.show(self._part, "panels", panels=shown, template=self._kind)


def _shown(panel: PanelText) -> str:
    return DASHES if panel.stale else panel.text
