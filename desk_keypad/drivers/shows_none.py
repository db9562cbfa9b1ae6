"""A keypad without lamps or without a display: the other, or the counter's own screen, says enough. Rules: nothing."""

from desk_keypad.ports import Face


class ShowsNothing:
    """Nothing."""

    alive = True

    def __init__(self, *_: object) -> None: ...

    def start(self) -> None:
        """There is nothing to open."""

    def show(self, _face: Face) -> None:
        """There is nothing to see."""

    def stop(self) -> None:
        """There is nothing to close."""
