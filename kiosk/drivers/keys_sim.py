"""Keys that are not there: a person presses them on the stage.

Rules: `{"part": "keys", "kind": "press", "key": "next"}` presses one; which keys there are is shown.
"""

import logging
from collections.abc import Callable
from typing import Any

from appliance.runtime.stage import Stage
from kiosk.config import KeysSection
from kiosk.keys import Key, KeyPressed, KeysAre

logger = logging.getLogger(__name__)


class SimKeys:
    """Heard on `stage`; `tell` is called on the stage's thread and only enqueues."""

    def __init__(self, _section: KeysSection, tell: Callable[[object], None], stage: Stage) -> None:
        self._tell = tell
        self._stage = stage

    def start(self) -> None:
        """Be there."""
        self._stage.listen("keys", self._pressed)
        self._stage.show("keys", "state", keys=[key.value for key in Key])
        self._tell(KeysAre(present=True))

    def stop(self) -> None:
        """Be gone."""

    @property
    def alive(self) -> bool:
        """It has no thread of its own."""
        return True

    def _pressed(self, act: dict[str, Any]) -> None:
        key = next((key for key in Key if key.value == act.get("key")), None)
        if key is None:
            logger.warning("keys: no key is called %r", act.get("key"))
        else:
            self._tell(KeyPressed(key))
