"""The centre as configured: what is offered, by whom, under which rules.

Rules: pure and frozen; everything here comes from the site's data files (`site_files`), nothing is a constant of one
centre.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from appliance.wire.ids import CODE_PATTERN
from broker.appointment_model import Appointments
from broker.register_model import Round, Zone

Names = Mapping[str, str]
"""What something is called, per language: `{"vi": ..., "en": ..., "km": ...}`; Vietnamese is always there."""


def name_in(names: Names, language: str) -> str:
    """The name in `language`, or in Vietnamese where nobody has translated it yet."""
    return names.get(language) or names.get("vi", "")


Policy = Literal["fifo", "apq", "strict"]
Channels = Literal["button", "either", "both"]
Span = tuple[int, int]
"""Local minutes after midnight; the end is excluded."""


def minute_of(clock: str) -> int:
    """Minutes after midnight of `HH:MM`. Raises ValueError."""
    hour, mark, minute = clock.partition(":")
    if not (mark and hour.isdecimal() and minute.isdecimal()):
        raise ValueError(f"{clock!r} is no time of day; write it as 06:45")
    return int(hour) * 60 + int(minute)


class Department(Struct, frozen=True, kw_only=True):
    """An office whose procedures the centre receives."""

    id: str
    names: Names
    field: Names
    queue: str
    delegated: bool


class Service(Struct, frozen=True, kw_only=True):
    """What a citizen asks for; `department` is empty for the centre's own services (fee, post, advice, complaint)."""

    id: str
    queue: str
    department: str
    type: str
    names: Names


class Queue(Struct, frozen=True, kw_only=True):
    """One number series of a day, such as A001, A002, ..."""

    id: str
    prefix: str
    names: Names
    counters: tuple[str, ...]
    departments: tuple[str, ...]


class Desk(Struct, frozen=True, kw_only=True):
    """A clerk's seat: `skills` are the queues it serves, `backups` those it helps when nothing of its own waits."""

    id: str
    counter: str
    label: str
    skills: tuple[str, ...]
    backups: tuple[str, ...]


class Counter(Struct, frozen=True, kw_only=True):
    """A numbered place in the hall; `way`: where it lies seen from the main board (left, right, up, down), or ""."""

    id: str
    names: Names
    kind: str
    owner: str
    serves: Names
    desks: tuple[str, ...]
    queue: str
    way: str = ""


class RatingLevel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One button: 1 is best; `satisfied` says whether it counts as satisfied."""

    level: int
    code: str
    names: Names
    satisfied: bool


class Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be asked of who was not satisfied: a reason to choose, or a question of yes or no."""

    id: Annotated[str, Meta(pattern=CODE_PATTERN)]
    names: Names


class Group(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A priority group, as signed off by the director; a card proves it from `from_age` years on, 0 not at all."""

    id: str
    names: Names
    from_age: int = 0


class Tickets(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules of a number from its call on. All spans in seconds."""

    backup_after_s: int = 600
    recall_times: int = 3
    recall_gap_s: int = 20
    no_show_after_s: int = 70
    reinstate_within_s: int = 1800
    reinstate_after: int = 3
    undo_s: int = 10


class Rules(Tickets, frozen=True, kw_only=True):
    """The centre's rules. All spans in seconds.

    `channels` by which a visit is rated: its desk's `button` only; `either`, the button or the citizen's phone, whoever
    is first; `both`, each once, the first one being the vote and the other standing beside it for comparison.
    """

    policy: Policy = "apq"
    priority_rate: float = 4.0
    arm_window_s: int = 180
    correct_within_s: int = 5
    channels: Channels = "button"
    phone_window_s: int = 8 * 3600


class Hours(Struct, frozen=True, kw_only=True):
    """On which weekdays (0 is Monday) and when numbers are issued, and when clerks serve."""

    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    spans: tuple[Span, ...] = ((0, 24 * 60),)
    clerks: tuple[Span, ...] = ((0, 24 * 60),)


class Forecasting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How waits are foretold.

    Until a queue has calls of its own to learn from, a call is taken to last `prior_s` on average, give or take
    `prior_cv` times that; this assumption weighs as much as `prior_calls` calls. Learned from are today and the newest
    `learned_days` days before. The printed range is to hold for a share `confidence`, is rounded outward to `step_min`
    minutes, and is not printed where it is wider than `widest_min`. `method` gamma goes by the length of the line;
    drawn plays the line through many times, from `least_days` finished days on, and is gamma until then; none tells
    nobody anything.
    """

    method: Literal["drawn", "gamma", "none"] = "drawn"
    prior_s: Annotated[int, Meta(gt=0)] = 600
    prior_cv: Annotated[float, Meta(gt=0)] = 0.8
    prior_calls: Annotated[int, Meta(gt=0)] = 10
    learned_days: Annotated[int, Meta(gt=0)] = 20
    least_days: Annotated[int, Meta(gt=0)] = 10
    confidence: Annotated[float, Meta(gt=0, lt=1)] = 0.8
    step_min: Annotated[int, Meta(gt=0)] = 5
    widest_min: Annotated[int, Meta(gt=0)] = 60


class Closing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When no more numbers are given although the hour has not come.

    `none`: never. `cutoff`: from `cutoff_s` before the bell on. `predicted`: when the number would be called by
    `grace_s` after the bell with less than `confidence`. Who is refused before a break may have a number for after it;
    or one all the same, in the evening only with `anyway_in_the_evening`.
    """

    rule: Literal["none", "cutoff", "predicted"] = "none"
    confidence: Annotated[float, Meta(gt=0, lt=1)] = 0.9
    grace_s: Annotated[int, Meta(ge=0)] = 600
    cutoff_s: Annotated[int, Meta(ge=0)] = 3600
    anyway_in_the_evening: bool = False


class Alerting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a manager is told of.

    Who waits longer than `wait_s`; a queue of more than `waiting`; a desk that serves nobody while a queue which it
    helps has waited for `idle_s`; an open desk that has called nobody for `silent_s`; a day on which less than the
    share `coverage` of at least `ranges_at_least` printed ranges came true.
    """

    wait_s: Annotated[int, Meta(gt=0)] = 1800
    waiting: Annotated[int, Meta(gt=0)] = 12
    idle_s: Annotated[int, Meta(gt=0)] = 300
    silent_s: Annotated[int, Meta(gt=0)] = 1200
    coverage: Annotated[float, Meta(gt=0, lt=1)] = 0.65
    ranges_at_least: Annotated[int, Meta(gt=0)] = 20


class Site(Struct, frozen=True, kw_only=True):
    """A centre. `revision` changes whenever anything in it does."""

    id: str
    names: Names
    zone: str
    languages: tuple[str, ...]
    departments: Mapping[str, Department]
    services: Mapping[str, Service]
    queues: Mapping[str, Queue]
    counters: Mapping[str, Counter]
    desks: Mapping[str, Desk]
    levels: tuple[RatingLevel, ...]
    groups: Mapping[str, Group]
    rules: Rules
    hours: Hours
    revision: str
    forecasting: Forecasting = Forecasting()
    closing: Closing = Closing()
    alerting: Alerting = Alerting()
    public_url: str = ""
    online_url: str = ""
    bring: Mapping[str, str] = {}
    reasons: tuple[Asked, ...] = ()
    questions: tuple[Asked, ...] = ()
    zones: Mapping[str, Zone] = {}
    rounds: Mapping[str, Round] = {}
    receipts: Mapping[str, str] = {}
    """How the code of a dossier's receipt begins, up to a dot or a hyphen → its department."""
    appointment: str = ""
    """How the code of an appointment begins; empty: there are none."""
    appointments: Appointments = Appointments()

    @property
    def satisfied(self) -> tuple[int, ...]:
        """The levels that count as satisfied."""
        return tuple(level.level for level in self.levels if level.satisfied)
