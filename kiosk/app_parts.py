"""What the kiosk's app is made of.

Rules: everything is handed in by the composition root, so that tests hand in their own.
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from appliance.runtime.clock import Clock
from appliance.runtime.link import Link
from appliance.runtime.outbox import Outbox
from appliance.runtime.site_words import Words
from appliance.runtime.stage import Stage
from appliance.sound.voice import Voice
from kiosk.ports import Keys, Printer, Scanner, Screen
from kiosk.ruler import Ruler
from kiosk.states import Times


@dataclass(frozen=True)
class Parts:
    """What the app is made of; `monotonic` gives the seconds of hands."""

    link: Link
    outbox: Outbox
    clock: Clock
    printer: Printer
    screen: Screen
    scanner: Scanner
    voice: Voice
    keys: Keys
    ruler: Ruler
    stage: Stage
    words: Words
    size: tuple[int, int]
    language: str
    times: Times
    monotonic: Callable[[], float] = time.monotonic
    boot: str = ""
    """Names this run of the machine."""
    new_id: Callable[[], str] = lambda: str(uuid.uuid4())
