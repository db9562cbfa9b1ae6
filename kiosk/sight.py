"""All that a page is made from: the flow, the words, the queues, the moment. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from appliance.wire.messages import QueueState
from appliance.wire.site import Text
from kiosk import phrases
from kiosk.catalogue import Catalogue
from kiosk.ruler import Ruler
from kiosk.states import Flow


@dataclass(frozen=True)
class Sight:
    """`moment` None: the clock is not to be trusted. `left_s`: seconds to tell, None while there is no hurry.

    `stride` counts up while something is under way, so that the page can show progress.
    """

    flow: Flow
    catalogue: Catalogue
    queues: Mapping[str, QueueState]
    moment: datetime | None
    width: int
    height: int
    ruler: Ruler
    left_s: int | None = None
    stride: int = 0
    notice: str = ""

    def say(self, text: Text) -> str:
        """`text` in the language of the page."""
        return text.to(self.flow.language)

    def waiting(self, queue: str) -> str:
        """One line about a queue."""
        return phrases.waiting(self.queues.get(queue), self.flow.language)

    def places(self, queue: str) -> str:
        """Where the counters of a queue are."""
        return phrases.places(self.catalogue.counters(queue), self.flow.language)
