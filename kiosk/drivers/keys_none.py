"""A kiosk without keys for the guide. Rules: nothing is ever pressed, and nothing can break."""

from collections.abc import Callable

from kiosk.config import KeysSection


class NoKeys:
    """Nothing."""

    def __init__(self, _section: KeysSection, _tell: Callable[[object], None]) -> None: ...

    def start(self) -> None:
        """There is nothing to look for."""

    def stop(self) -> None:
        """There is nothing to let go of."""

    @property
    def alive(self) -> bool:
        """Always."""
        return True
