"""A keypad that is not there: a person presses its keys on the stage.

Rules: `{"part": "keys", "kind": "press", "key": "KEY_KPENTER"}` presses one, `{"kind": "fault", "fault": "gone"}` pulls
its plug and null puts it in again; what it tells is what a real keypad tells.
"""

import logging
from typing import Any

from appliance.runtime.stage import Stage
from desk_keypad.config import KeysSection
from desk_keypad.keymap import meanings
from desk_keypad.ports import KeyDown, KeysAre, Tell

logger = logging.getLogger(__name__)
PART = "keys"


class SimKeys:
    """Heard on `stage`; `tell` is called on the stage's thread and only enqueues."""

    def __init__(self, section: KeysSection, tell: Tell, stage: Stage) -> None:
        self._tell = tell
        self._stage = stage
        self._keys = tuple(meanings(section.names))
        self._present = True

    def start(self) -> tuple[bool, ...]:
        """Be there."""
        self._stage.listen(PART, self._act)
        self._plug(present=True)
        return ()

    def stop(self) -> None:
        """Be gone."""

    @property
    def alive(self) -> bool:
        """It has no thread of its own."""
        return True

    def _act(self, act: dict[str, Any]) -> None:
        match act.get("kind"):
            case "fault":
                self._plug(present=act.get("fault") is None)
            case "press" if act.get("key") not in self._keys:
                logger.warning("keys: no key is called %r", act.get("key"))
            case "press" if self._present:
                self._tell(KeyDown(str(act["key"])))

    def _plug(self, *, present: bool) -> None:
        self._present = present
        self._tell(KeysAre(present, "" if present else "unplugged"))
        self._stage.show(PART, "state", state="ready" if present else "gone", keys=list(self._keys))
