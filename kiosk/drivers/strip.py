"""A strip of dots on its way to the paper. Pure.

Rules: a row is one integer whose highest bit is the leftmost dot; 1 is black.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Strip:
    """Rows of dots as wide as the paper (half as wide where `doubled`), and `feed` white rows after them."""

    rows: tuple[int, ...]
    doubled: bool = False
    feed: int = 0
