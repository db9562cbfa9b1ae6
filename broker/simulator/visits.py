"""What a simulated citizen comes for and will do.

Rules: values only; drawn beforehand by whoever knows the demand.
"""

from random import Random

from msgspec import Struct

Span = tuple[float, float]


class Press(Struct, frozen=True):
    """A press on a rating button, `after_s` after the visit is finished."""

    level: int
    after_s: float


class Work(Struct, frozen=True):
    """What a desk has to do with a visit: at which queue, for how long with the citizen and how long afterwards."""

    queue: str
    contact_s: float
    wrap_up_s: float


class Visit(Struct, frozen=True, kw_only=True):
    """One citizen's visit. `at_s`: seconds after midnight at the kiosk; `works`: where to go, one after the other.

    `missed`: does not come when called, `back_after_s` later returns (0: never).
    """

    id: str
    service: str
    at_s: float
    group: str
    lang: str
    works: tuple[Work, ...]
    missed: bool = False
    back_after_s: float = 0.0
    presses: tuple[Press, ...] = ()


class Pace(Struct, frozen=True):
    """How fast people are: from the call to the desk (`walk_s`), from the end of one visit to the next key
    (`reaction_s`), both between two bounds in seconds.
    """

    walk_s: Span
    reaction_s: Span


def fresh_id(chance: Random) -> str:
    """A UUID drawn from `chance`, so that a run can be repeated."""
    digits = f"{chance.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
