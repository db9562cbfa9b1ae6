"""The site document, fresh from the hub: the names and texts that every box shows.

Rules: those of `hub_document.py`; the box hears of it as an event.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from appliance.runtime.config import Section
from appliance.runtime.hub_document import HubDocument
from appliance.wire.site import PATH, SiteDocument, read_site


class HubSection(Section, frozen=True):
    """Where the hub's HTTP door is, such as `http://10.77.0.2:8080`."""

    url: str

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise ValueError("url must begin with http:// or https://")


class SiteHeard(NamedTuple):
    """There are (new) words: show these from now on."""

    site: SiteDocument


class Words(Protocol):
    """Who fetches the names and texts of the centre, and posts `SiteHeard`."""

    def start(self) -> None:
        """Begin; a copy from the disk comes at once."""

    def want(self, revision: str) -> None:
        """The hub has this revision now."""

    def stop(self) -> None:
        """End."""


class SiteWords(HubDocument[SiteDocument]):
    """Fetches the document from the hub at `url`, keeps it in the file `copy`, and posts SiteHeard."""

    def __init__(self, url: str, copy: Path, post: Callable[[object], None]) -> None:
        super().__init__(
            "words of the centre", url.rstrip("/") + PATH, read_site, copy, lambda site: post(SiteHeard(site))
        )
