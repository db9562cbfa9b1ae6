"""A keypad without lamps: the counter's own screen and the voice in the hall tell the clerk enough. Rules: nothing."""

from desk_keypad.config import LampsSection
from desk_keypad.ports import Face


class NoLamps:
    """Nothing."""

    def __init__(self, _section: LampsSection) -> None: ...

    def start(self) -> None:
        """There is nothing to open."""

    def show(self, _face: Face) -> None:
        """There is nothing to see."""

    def stop(self) -> None:
        """There is nothing to close."""
