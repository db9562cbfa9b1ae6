"""A kiosk without a scanner. Rules: it reads nothing and can break in no way."""

from collections.abc import Callable

from kiosk.config import ScannerSection


class NoScanner:
    """Nothing."""

    def __init__(self, _section: ScannerSection, _tell: Callable[[object], None]) -> None: ...

    def start(self) -> None:
        """There is nothing to look for."""

    def stop(self) -> None:
        """There is nothing to let go of."""

    @property
    def alive(self) -> bool:
        """Always."""
        return True
