"""All that hub and printer told the kiosk, and what follows: what is on offer, and whether it may be had.

Rules: told things replace older ones; nothing is asked for here. Times are monotonic seconds.
"""

from appliance.wire.cards import CardKey
from appliance.wire.messages import Down
from appliance.wire.site import SiteDocument
from kiosk.catalogue import EMPTY, NO_PROCEDURES, Catalogue
from kiosk.centre import Centre
from kiosk.events import Outage
from kiosk.parts import PrinterState
from kiosk.search import SearchIndex


class Known:
    """What is known since `now`, when the newest hub that was ever heard was of generation `gen`."""

    def __init__(self, now: float, gen: int) -> None:
        self.centre = Centre(since=now, gen=gen)
        self.catalogue: Catalogue = EMPTY
        self.printer: PrinterState | None = None
        """None: not heard of yet."""
        self.card_key = b""
        """The key of the day's card tokens, while the hub is there."""
        self._scans = False
        self._site: SiteDocument | None = None
        self._procedures: SearchIndex = NO_PROCEDURES

    def hear(self, message: Down, place: str, now: float) -> None:
        """A state of the hub."""
        if isinstance(message, CardKey):
            self.card_key = bytes.fromhex(message.key)
        services = self._offered()
        self.centre = self.centre.hear(message, place, now)
        if self._offered() != services:
            self._look_up()

    def lose(self) -> None:
        """The line to the bus is down."""
        self.centre = self.centre.lose()
        self.card_key = b""

    def name(self, site: SiteDocument) -> None:
        """Names and texts of the centre."""
        self._site = site
        self._look_up()

    def index(self, procedures: SearchIndex) -> None:
        """The procedures of the centre."""
        self._procedures = procedures
        self._look_up()

    def plug(self, scanner: bool) -> None:
        """The scanner came, or is gone."""
        self._scans = scanner
        self._look_up()

    def outage(self, now: float, alone: bool) -> Outage | None:
        """Why no number can be had. `alone`: this kiosk has numbers of its own."""
        outage = self.centre.outage(self.printer, now, alone)
        return Outage.STARTING if outage is None and self._site is None else outage

    def _offered(self) -> tuple[str, ...] | None:
        return self.centre.site.services if self.centre.site else None

    def _look_up(self) -> None:
        if self._site is not None:
            self.catalogue = Catalogue(self._site, self._offered(), self._procedures, self._scans)
