"""Facts into counts: what the read models add up.

Rules: pure; a fact says by itself what it counts; what is undone is counted off by the very same rules.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import Any

from broker import facts as f
from broker.appointment_facts import AppointmentFreed, AppointmentMissed
from broker.fact import AtDesk
from broker.foretold import Foretold
from broker.histogram import bucket_of
from broker.local_calendar import LocalCalendar
from broker.rating_facts import Rated, RatingExplained, RatingLate, RatingOrphan, RatingSuppressed
from broker.refusal_facts import NumberRefused, OfferTaken
from broker.register_facts import (
    REGISTER_FACTS,
    ComplaintFiled,
    DeliveryOrdered,
    FeeTaken,
    RegisterLine,
    RoundMade,
    Struck,
)
from broker.visit_facts import Cancelled, PriorityCorrected, Restored

Place = tuple[str, str, str, str]
"""queue, service, counter, desk; "" where it does not apply."""
Count = tuple[Place, str, int, int]
"""place, measure, bucket, amount."""
TallyKey = tuple[str, int, str, str, str, str, str, int]
"""day, hour, queue, service, counter, desk, measure, bucket."""
DailyKey = tuple[str, str, str, str, int]
"""dimension, day, key, measure, bucket."""


def counts(fact: f.AnyFact) -> Iterator[Count]:
    """What one fact adds to the tallies."""
    rule = _COUNTS.get(type(fact))
    return rule(fact) if rule else iter(())


class Sums:
    """Counts of many facts, added up before they are written."""

    def __init__(self, calendar: LocalCalendar) -> None:
        self._calendar = calendar
        self.tally: Counter[TallyKey] = Counter()

    def add(self, fact: f.AnyFact, at_ms: int) -> None:
        """Count a fact of the log row written at `at_ms`."""
        booked = _booked(fact) or at_ms
        day, hour = self._calendar.day(booked), self._calendar.hour(booked)
        for place, measure, bucket, amount in counts(fact):
            self.tally[day, hour, *place, measure, bucket] += amount

    def daily(self, besides: Collection[str] = ()) -> Counter[DailyKey]:
        """The coarse counts: the same sums by one dimension at a time, of all days but some."""
        coarse: Counter[DailyKey] = Counter()
        for (day, hour, queue, service, counter, desk, measure, bucket), amount in self.tally.items():
            if day in besides:
                continue
            coarse["site", day, "-", measure, bucket] += amount
            coarse["hour", day, f"{hour:02d}", measure, bucket] += amount
            for dimension, key in (("queue", queue), ("service", service), ("counter", counter), ("desk", desk)):
                if key:
                    coarse[dimension, day, key, measure, bucket] += amount
        return coarse


def _booked(fact: f.AnyFact) -> int:
    """The time (ms) that a fact is counted under where it is not the time of its row, else 0."""
    match fact:
        case (
            f.Undone(at=time)
            | PriorityCorrected(at=time)
            | Restored(at=time)
            | AppointmentFreed(at=time)
            | Rated(hour=time)
            | RatingExplained(week=time)
            | f.Issued(issued_at=time)
        ):
            return time
        case _:
            return 0


def _issued(fact: f.Issued) -> Iterator[Count]:
    place = (fact.queue, fact.service, "", "")
    yield place, "issued", 0, 1
    if fact.priority:
        yield place, "priority", 0, 1
    if fact.appointment:
        yield place, "appointment_kept" if fact.clock0 else "appointment_late", 0, 1


def _paper(fact: f.PaperChanged) -> Iterator[Count]:
    if fact.state != "printing":
        yield (fact.queue, fact.service, "", ""), fact.state, 0, 1


def _in_queue(fact: f.Voided | f.Stranded | Cancelled | AppointmentMissed) -> Iterator[Count]:
    yield (fact.queue, fact.service, "", ""), f.kind(fact), 0, 1


def _refused(fact: NumberRefused) -> Iterator[Count]:
    yield (fact.queue, fact.service, "", ""), f"refused_{fact.why}", 0, 1


def _accepted(fact: OfferTaken) -> Iterator[Count]:
    yield (fact.queue, fact.service, "", ""), "refused_accepted", 0, 1


def _freed(fact: AppointmentFreed) -> Iterator[Count]:
    yield (fact.queue, fact.service, "", ""), "appointment_late" if fact.late else "appointment_kept", 0, -1


def _priority(fact: PriorityCorrected) -> Iterator[Count]:
    place = (fact.series, fact.service, "", "")
    yield place, "priority_corrected", 0, 1
    if fact.after != fact.before:
        yield place, "priority", 0, int(fact.after) - int(fact.before)


def _restored(fact: Restored) -> Iterator[Count]:
    yield (fact.queue, fact.service, "", ""), "cancelled", 0, -1


def _place(fact: f.OfTicket) -> Place:
    return (fact.queue, fact.service, fact.counter, fact.desk)


def _open(fact: AtDesk, busy: bool = False) -> Iterator[Count]:
    """How long the desk was open, as far as the log says it, and whether it served all that time."""
    if fact.open_s:
        place = ("", "", fact.counter, fact.desk)
        yield place, "open_s", 0, fact.open_s
        if busy:
            yield place, "busy_s", 0, fact.open_s


def _at_desk(fact: f.OfTicket) -> Iterator[Count]:
    yield _place(fact), f.kind(fact), 0, 1
    yield from _open(fact)


def _called(fact: f.Called) -> Iterator[Count]:
    place = _place(fact)
    yield place, "called", 0, 1
    yield from _open(fact)
    if fact.reason == "taken":
        yield place, "taken", 0, 1
    if fact.overtook:
        yield place, "overtake", 0, fact.overtook
    if fact.why:
        yield place, f"why_{fact.why}", 0, 1
        if fact.reason == "backup":
            yield place, "helped", 0, 1
        if fact.overtook:
            yield place, f"overtake_{fact.why}", 0, fact.overtook
    if fact.first:
        yield from _waited(place, fact)
    if fact.after_slot_s is not None:
        yield place, "after_slot", bucket_of(fact.after_slot_s), 1
        yield place, "after_slot_s", 0, fact.after_slot_s
    if fact.tidy_s is not None:
        yield place, "tidy", bucket_of(fact.tidy_s), 1
        yield place, "tidy_s", 0, fact.tidy_s


def _waited(place: Place, fact: f.Called) -> Iterator[Count]:
    yield place, "wait", bucket_of(fact.wait_s), 1
    yield place, "wait_s", 0, fact.wait_s
    if fact.priority:
        yield place, "wait_priority", bucket_of(fact.wait_s), 1
        yield place, "wait_priority_s", 0, fact.wait_s
    if fact.low_s or fact.high_s:
        yield from _promise(place, fact)
    if fact.foretold:
        yield from _foretold(place, fact.foretold)


def _promise(place: Place, fact: f.Called) -> Iterator[Count]:
    """How a promise was kept, how wide it was, and how far its middle was from what came."""
    outcome = "early" if fact.wait_s < fact.low_s else "late" if fact.wait_s > fact.high_s else "kept"
    yield place, f"promise_{outcome}", 0, 1
    yield place, "promise_width_s", 0, fact.high_s - fact.low_s
    yield place, "promise_error_s", 0, abs(fact.wait_s - (fact.low_s + fact.high_s) // 2)


def _foretold(place: Place, told: Foretold) -> Iterator[Count]:
    """The same of what was told before it was rounded, in seconds of work."""
    yield place, f"foretold_{told.outcome}", 0, 1
    yield place, "foretold_width_s", 0, told.high_s - told.low_s
    yield place, "foretold_error_s", 0, abs(told.worked_s - told.mid_s)


def _service_time(fact: f.Served | f.Parked | f.Transferred) -> Iterator[Count]:
    place = _place(fact)
    yield place, f.kind(fact), 0, 1
    if isinstance(fact, f.Served) and fact.forgotten:
        return
    yield place, "service", bucket_of(fact.service_s), 1
    yield place, "service_s", 0, fact.service_s
    yield from _open(fact, busy=True)


def _rated(fact: Rated) -> Iterator[Count]:
    place = (fact.queue, fact.service, fact.counter, fact.desk)
    measures = ["rating_channel_compared" if fact.compared else "rating"]
    if fact.channel == "phone":
        measures.append("rating_channel_phone")
    for measure in measures:
        yield place, measure, fact.level, 1
        if fact.replaces:
            yield place, measure, fact.replaces, -1


def _explained(fact: RatingExplained) -> Iterator[Count]:
    place = (fact.queue, fact.service, fact.counter, fact.desk)
    yield place, "rating_explained", 0, 1
    for reason in fact.reasons:
        yield place, f"rating_reason_{reason}", 0, 1
    for question, yes in fact.answers.items():
        yield place, f"rating_answer_{question}", int(yes), 1


def _uncounted_rating(fact: RatingSuppressed | RatingOrphan | RatingLate) -> Iterator[Count]:
    yield ("", "", fact.counter, fact.desk), f.kind(fact), fact.level, 1


def _register(fact: RegisterLine | Struck) -> Iterator[Count]:
    for measure, amount in _of_register(fact):
        yield ("", "", "", ""), measure, 0, amount


def _of_register(fact: RegisterLine | Struck) -> Iterator[tuple[str, int]]:
    match fact:
        case DeliveryOrdered():
            yield "delivery", fact.dossiers
            yield f"delivery_to_{fact.zone}", fact.dossiers
            yield "delivery_vnd", fact.fee_vnd
        case FeeTaken():
            yield "fee", 1
            yield "fee_vnd", fact.amount_vnd
        case RoundMade():
            yield "courier_round", 1
            yield "courier_dossiers", fact.dossiers
        case ComplaintFiled():
            yield "complaint", 1
        case Struck():
            yield from ((measure, -amount) for measure, amount in _of_register(fact.fact))


def _undone(fact: f.Undone) -> Iterator[Count]:
    for taken_back in fact.facts:
        for place, measure, bucket, amount in counts(taken_back):
            yield place, measure, bucket, -amount


_COUNTS: dict[type, Callable[[Any], Iterator[Count]]] = {
    f.Issued: _issued,
    f.PaperChanged: _paper,
    f.Voided: _in_queue,
    f.Stranded: _in_queue,
    Cancelled: _in_queue,
    Restored: _restored,
    PriorityCorrected: _priority,
    AppointmentFreed: _freed,
    AppointmentMissed: _in_queue,
    NumberRefused: _refused,
    OfferTaken: _accepted,
    f.DeskPaused: _open,
    f.DeskClosed: _open,
    f.Called: _called,
    f.Recalled: _at_desk,
    f.Missed: _at_desk,
    f.Returned: _at_desk,
    f.Parked: _service_time,
    f.Transferred: _service_time,
    f.Served: _service_time,
    Rated: _rated,
    RatingSuppressed: _uncounted_rating,
    RatingOrphan: _uncounted_rating,
    RatingLate: _uncounted_rating,
    RatingExplained: _explained,
    **dict.fromkeys(REGISTER_FACTS, _register),
    f.Undone: _undone,
}
