"""A scanner that is not there: a person shows it a code on the stage.

Rules: `{"part": "scanner", "scan": TEXT}` is read like what a real scanner sends, and `{"part": "scanner", "fault":
"gone"}` unplugs it, null plugs it in again; what it tells is what the real drivers tell.
"""

import logging
from collections.abc import Callable
from typing import Any

from appliance.runtime.stage import Stage
from kiosk.config import ScannerSection
from kiosk.parts import CodeScanned, ScannerIs
from kiosk.scanned import Gatherer

logger = logging.getLogger(__name__)


class SimScanner:
    """Reads what is shown on `stage`; `tell` is called on the stage's thread and only enqueues."""

    def __init__(self, _section: ScannerSection, tell: Callable[[object], None], stage: Stage) -> None:
        self._tell = tell
        self._stage = stage
        self._gatherer = Gatherer()
        self._present = False

    def start(self) -> None:
        """Be there."""
        self._stage.listen("scanner", self._hear)
        self._plug(present=True)

    def stop(self) -> None:
        """Be gone."""

    @property
    def alive(self) -> bool:
        """It has no thread of its own."""
        return True

    def _hear(self, act: dict[str, Any]) -> None:
        shown = act.get("scan")
        if act.get("fault") == "gone" or ("fault" in act and act["fault"] is None):
            self._plug(present=act["fault"] is None)
        elif not isinstance(shown, str):
            logger.warning("scanner: no such act")
        elif self._present:
            for code in self._gatherer.feed(shown.encode(errors="replace")) + self._gatherer.pause():
                self._tell(CodeScanned(code))

    def _plug(self, *, present: bool) -> None:
        if present != self._present:
            self._present = present
            self._tell(ScannerIs(present, "" if present else "unplugged"))
        self._stage.show("scanner", "state", state="ready" if present else "gone")
