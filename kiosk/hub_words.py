"""What a kiosk fetches from the hub beside the bus: the words of the centre, and its procedures.

Rules: those of `hub_document.py`; the index of the procedures is made by who fetched them, so that the screen never
waits for it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from appliance.runtime.hub_document import HubDocument
from appliance.runtime.site_words import SiteWords
from appliance.wire.procedures import PATH, ProcedureList, read_procedures
from kiosk.search import SearchIndex


class ProceduresHeard(NamedTuple):
    """There are (new) procedures."""

    procedures: SearchIndex


class Procedures(HubDocument[ProcedureList]):
    """Fetches the procedures from the hub at `url`, keeps them in the file `copy`, and posts ProceduresHeard."""

    def __init__(self, url: str, copy: Path, post: Callable[[object], None]) -> None:
        super().__init__(
            "procedures",
            url.rstrip("/") + PATH,
            read_procedures,
            copy,
            lambda heard: post(ProceduresHeard(SearchIndex(heard.procedures))),
        )


class HubWords:
    """Both of them, one revision for both."""

    def __init__(self, site: SiteWords, procedures: Procedures) -> None:
        self._all = (site, procedures)

    def start(self) -> None:
        """Begin; copies from the disk come at once."""
        for one in self._all:
            one.start()

    def want(self, revision: str) -> None:
        """The hub has this revision now."""
        for one in self._all:
            one.want(revision)

    def stop(self) -> None:
        """End."""
        for one in self._all:
            one.stop()
