"""What happened to appointments: part of the log's one list in `broker.facts`.

Rules: pure; a fact names no code and no token: only that there was an appointment, and its slot.
"""

from broker.fact import Fact


class AppointmentsBooked(Fact, frozen=True, tag="appointments_booked"):
    """A file of appointments was taken: how many are new, changed, cancelled."""

    new: int
    changed: int
    cancelled: int
    actor: str


class AppointmentFreed(Fact, frozen=True, tag="appointment_freed"):
    """The number of who came for an appointment is void, so he has not come. It was counted at `at` (ms)."""

    queue: str
    service: str
    late: bool
    at: int


class AppointmentMissed(Fact, frozen=True, tag="appointment_missed"):
    """The day ended, and nobody had come for the appointment at `slot` (ms)."""

    queue: str
    service: str
    slot: int


AppointmentFact = AppointmentsBooked | AppointmentFreed | AppointmentMissed
