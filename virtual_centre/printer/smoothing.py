"""Letters enlarged with smooth edges, as printers do after `GS b`.

Rules: pure; stairs become slopes by the rule of Scale2x: a quarter of a dot takes the colour of two like neighbours
that meet at its corner.
"""

import functools


@functools.lru_cache(maxsize=256)
def smoothed(rows: tuple[int, ...], width: int, wide: int, tall: int) -> tuple[int, ...]:
    """`rows` of `width` dots, `wide` and `tall` times as large."""
    times, fine = 1, list(rows)
    while times < max(wide, tall):
        fine = _twice(fine, width * times)
        times *= 2
    heights = [at * times // tall for at in range(len(rows) * tall)]
    return tuple(_narrowed(fine[at], width * times, width * wide) for at in heights)


def _twice(rows: list[int], width: int) -> list[int]:
    full = (1 << width) - 1
    out: list[int] = []
    for at, here in enumerate(rows):
        above = rows[at - 1] if at else 0
        below = rows[at + 1] if at + 1 < len(rows) else 0
        left, right = here >> 1, here << 1 & full
        for near, far in ((above, below), (below, above)):
            west = _corner(here, near, left, far, right, full)
            east = _corner(here, near, right, far, left, full)
            out.append(_interleaved(west, east, width))
    return out


def _corner(here: int, near: int, side: int, far: int, other: int, full: int) -> int:
    """Where `near` and `side` are alike and their opposites are not, that; elsewhere `here`."""
    takes = ~(near ^ side) & (side ^ far) & (near ^ other) & full
    return (near & takes) | (here & ~takes & full)


def _interleaved(west: int, east: int, width: int) -> int:
    return int("".join(a + b for a, b in zip(f"{west:0{width}b}", f"{east:0{width}b}", strict=True)), 2)


def _narrowed(row: int, width: int, room: int) -> int:
    digits = f"{row:0{width}b}"
    return int("".join(digits[at * width // room] for at in range(room)), 2)
