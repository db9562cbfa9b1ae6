"""What is to be different in a simulated hall, and the hall that comes of it.

Rules: pure; whatever cannot be is refused with a sentence for the manager; nothing but what is asked for changes.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from appliance.wire.told import Words
from broker.model import Desk, Policy, Site, Span
from broker.simulator.learned import Learned

MOST_DEMAND = 3.0
MOST_DESKS = 20
MOST_HELP_S = 4 * 3600
MOST_RATE = 100.0
MOST_BREAK_MIN = 120.0
MOST_SPANS = 4


class ImpossibleError(ValueError):
    """No hall can be like this; `words` say why, to a manager."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.words = Words(vi=vi, en=en)


class Change(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be different; what is left out stays as it is.

    `demand`: so many times the visitors. `desks`: queue and how many desks more, or fewer. `moves`: from which queue to
    which a clerk goes, one by one. `clerks`, `numbers`: when clerks serve and when numbers are given, in minutes
    after midnight. `backup_after_s`: after how long others help. `policy`, `priority_rate`, `priority_share`: who is
    next, and how many have priority. `breaks_min`: a clerk's break in each part of the day that no key tells of; it is
    taken to be there already.
    """

    demand: float = 1.0
    desks: Mapping[str, int] = {}
    moves: tuple[tuple[str, str], ...] = ()
    clerks: tuple[Span, ...] | None = None
    numbers: tuple[Span, ...] | None = None
    backup_after_s: int | None = None
    policy: Policy | None = None
    priority_rate: float | None = None
    priority_share: float | None = None
    breaks_min: tuple[float, ...] = ()


def demand_of(learned: Learned, change: Change) -> Learned:
    """Who comes after `change`."""
    priority = learned.priority if change.priority_share is None else change.priority_share
    return replace(learned, demand=change.demand * learned.demand, priority=priority)


def hall_of(site: Site, change: Change, present: Mapping[str, float] | None = None) -> Site:
    """The hall after `change`; `present` says how much each desk is there, so that a clerk is taken who is.

    Raises ImpossibleError.
    """
    _check_figures(change)
    rules, hours = site.rules, site.hours
    for name in ("backup_after_s", "policy", "priority_rate"):
        value = getattr(change, name)
        rules = rules if value is None else replace(rules, **{name: value})
    hours = replace(hours, clerks=change.clerks or hours.clerks, spans=change.numbers or hours.spans)
    _check_hours(hours.spans)
    _check_hours(hours.clerks)
    if hours.spans[-1][1] > hours.clerks[-1][1]:
        late, over = _clock(hours.spans[-1][1]), _clock(hours.clerks[-1][1])
        raise ImpossibleError(
            f"Phát số đến {late}, nhưng cán bộ chỉ tiếp đến {over}: người đến sau sẽ không được gọi."
            " Hãy dừng phát số sớm hơn.",
            f"Numbers are given until {late}, but clerks serve until {over}: whoever comes later is not called."
            " Stop giving numbers earlier.",
        )
    return replace(site, rules=rules, hours=hours, desks=_desks(site, change, present or {}))


class _Seating:
    """Desks that are added, taken away and moved one after the other."""

    def __init__(self, site: Site, present: Mapping[str, float]) -> None:
        self._site, self._present = site, present
        self.desks = dict(site.desks)

    def add(self, queue: str, n: int) -> None:
        """The `n`th desk more."""
        desk = replace(self._own(queue)[-1], id=f"{queue}-more-{n}")
        self.desks[desk.id] = desk

    def remove(self, queue: str) -> None:
        """One desk fewer."""
        del self.desks[self._leaving(queue)]

    def move(self, source: str, target: str) -> None:
        """A clerk does the work of another queue, and no longer that of his own."""
        if source == target:
            raise ImpossibleError(
                "Hàng chuyển đi và hàng chuyển đến là một. Hãy chọn hai hàng khác nhau.",
                "a clerk is moved to the queue that he comes from; choose two queues",
            )
        moved = self._leaving(source)
        self.desks[moved] = replace(self._own(target)[-1], id=moved)

    def check(self) -> None:
        """Nobody may wait for a desk that is no more."""
        for queue in dict.fromkeys(queue for desk in self._site.desks.values() for queue in desk.skills):
            if not any(queue in desk.skills for desk in self.desks.values()):
                raise _no_desk_left(self._site, queue)

    def _own(self, queue: str) -> list[Desk]:
        """The desks of a queue as they were, who is there most last."""
        found = [desk for desk in self._site.desks.values() if queue in desk.skills]
        if not found:
            raise ImpossibleError(
                f"Không có bàn nào tiếp hàng {queue.upper()}. Các hàng: {_names(self._site)}.",
                f"no desk serves a queue {queue.upper()}; queues are {_names(self._site)}",
            )
        return sorted(found, key=lambda desk: self._present.get(desk.id, 0.0))

    def _leaving(self, queue: str) -> str:
        left = [desk.id for desk in self._own(queue) if self.desks.get(desk.id) is desk]
        if not left:
            raise _no_desk_left(self._site, queue)
        return left[-1]


def _desks(site: Site, change: Change, present: Mapping[str, float]) -> dict[str, Desk]:
    seating = _Seating(site, present)
    for queue, more in change.desks.items():
        for n in range(more):
            seating.add(queue, n + 1)
        for _ in range(-more):
            seating.remove(queue)
    for source, target in change.moves:
        seating.move(source, target)
    seating.check()
    return seating.desks


def _no_desk_left(site: Site, queue: str) -> ImpossibleError:
    have = sum(queue in desk.skills for desk in site.desks.values())
    return ImpossibleError(
        f"Hàng {queue.upper()} có {have} bàn: phải còn lại ít nhất một bàn.",
        f"queue {queue.upper()} has {have} desk(s): one must be left",
    )


def _names(site: Site) -> str:
    return ", ".join(sorted(queue.upper() for queue in site.queues))


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _check_hours(spans: tuple[Span, ...]) -> None:
    told = ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in spans)
    if any(not 0 <= start < end <= 24 * 60 for start, end in spans):
        raise ImpossibleError(
            f"Giờ {told}: giờ bắt đầu phải trước giờ kết thúc.", f"hours {told}: each part must begin before it ends"
        )
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        raise ImpossibleError(
            f"Giờ {told}: buổi sau phải bắt đầu khi buổi trước đã hết.",
            f"hours {told}: each part must begin after the one before has ended",
        )
    if len(spans) > MOST_SPANS:
        raise ImpossibleError(f"Một ngày có nhiều nhất {MOST_SPANS} buổi.", f"a day has at most {MOST_SPANS} parts")


def _check_figures(change: Change) -> None:
    for reason in _wrong(change):
        raise reason


def _wrong(change: Change) -> Iterator[ImpossibleError]:
    if not 0 < change.demand <= MOST_DEMAND:
        yield ImpossibleError(
            f"Lượng khách phải lớn hơn 0 và nhiều nhất là {MOST_DEMAND:.0f} lần hiện nay.",
            f"demand must be more than 0 and at most {MOST_DEMAND:.0f} times that of today",
        )
    if sum(map(abs, change.desks.values())) + len(change.moves) > MOST_DESKS:
        yield ImpossibleError(
            f"Mỗi lần chỉ thêm, bớt hoặc chuyển nhiều nhất {MOST_DESKS} bàn.",
            f"at most {MOST_DESKS} desks can be added, removed or moved at once",
        )
    if not 0 <= (change.backup_after_s or 0) <= MOST_HELP_S:
        yield ImpossibleError(
            f"Bàn khác hỗ trợ sau 0 đến {MOST_HELP_S // 60} phút.",
            f"others help after 0 to {MOST_HELP_S // 60} minutes",
        )
    if change.priority_rate is not None and not 1 <= change.priority_rate <= MOST_RATE:
        yield ImpossibleError(
            f"Hệ số ưu tiên phải từ 1 đến {MOST_RATE:.0f}.", f"the priority rate must be from 1 to {MOST_RATE:.0f}"
        )
    if not 0 <= (change.priority_share or 0) <= 1:
        yield ImpossibleError(
            "Tỷ lệ người ưu tiên phải từ 0 đến 100 %.", "the share with priority must be from 0 to 100 %"
        )
    if any(not 0 <= minutes <= MOST_BREAK_MIN for minutes in change.breaks_min):
        yield ImpossibleError(
            f"Giờ nghỉ giữa buổi phải từ 0 đến {MOST_BREAK_MIN:.0f} phút.",
            f"a break must be from 0 to {MOST_BREAK_MIN:.0f} minutes",
        )
