"""After its start a hub hears the kiosks out before it gives out new numbers: its data may be an older copy.

Rules: no clock of its own (`now` is `time.monotonic()`); whoever asks for a number is let wait, never refused; a kiosk
that says nothing holds the hall up for `SILENCE_S` once the bus is there, one that is still telling for `TELLING_S`, a
bus that does not come for `NO_BUS_S`, and no longer.
"""

from collections.abc import Iterable

from msgspec import UNSET

from appliance.wire.messages import Health, TicketRequest
from broker.hub_jobs import Job
from broker.journals import Journals

SILENCE_S = 1.0
TELLING_S = 5.0
NO_BUS_S = 3.0
LOOK_S = 0.02
"""How often those who wait are looked after."""


class RollCall:
    """Of the `kiosks` that were ever known."""

    def __init__(self, kiosks: Iterable[str]) -> None:
        self._silent = set(kiosks)
        self._telling: dict[str, tuple[str, int]] = {}
        self._waiting: list[Job] = []
        self._since: float | None = None
        self._began: float | None = None
        self._open = not self._silent

    def begin(self, now: float) -> None:
        """The bus is there: from now on they can answer."""
        self._began = now if self._began is None else self._began

    def answered(self, device: str, health: Health, gen: int) -> None:
        """A device says how far its journal is; it counts when it has heard of this run of the hub, `gen`."""
        if health.gen >= gen:
            self._silent.discard(device)
            self._telling[device] = (health.epoch or "", health.seq)

    def admit(self, jobs: list[Job], journals: Journals, now: float) -> list[Job]:
        """Those of `jobs` that may be carried out now, after those that waited, if it is their time."""
        self._since = now if self._since is None else self._since
        patience = SILENCE_S if self._silent else TELLING_S
        ends = self._since + NO_BUS_S if self._began is None else self._began + patience
        self._open = self._open or now >= ends or not (self._silent or self._owed(journals))
        if self._open:
            ready, self._waiting = self._waiting + jobs, []
            return ready
        self._waiting += [job for job in jobs if _wants_a_number(job)]
        return [job for job in jobs if not _wants_a_number(job)]

    def pause(self) -> float:
        """In how many seconds `admit` must be asked again."""
        return LOOK_S if self._waiting else float("inf")

    def _owed(self, journals: Journals) -> bool:
        held = {(job.command.device, *_place(job)) for job in self._waiting}
        return any(
            (device, epoch, n) not in held
            for device, (epoch, seq) in self._telling.items()
            for n in range(journals.upto(device, epoch) + 1, seq + 1)
        )


def _wants_a_number(job: Job) -> bool:
    message = job.command.message
    return isinstance(message, TicketRequest) and message.given is UNSET


def _place(job: Job) -> tuple[object, object]:
    message = job.command.message
    return getattr(message, "epoch", UNSET), getattr(message, "seq", UNSET)
