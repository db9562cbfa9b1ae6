"""What a kiosk has heard of its centre, and whether it may hand out numbers.

Rules: pure; a state with a lower (gen, rev) than the last one of its place is stale and ignored; the hub is away when
no heartbeat came for `STALE_S`, whatever the line says, and the first one after a LinkUp proves nothing: the bus may
have kept it from a hub that is long dead. Times are monotonic seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from appliance.wire.messages import Down, HubBeat, QueueState, SiteState, State
from kiosk.events import Outage
from kiosk.parts import PrinterState

STALE_S = 5.0

_OUTAGES = {
    PrinterState.PAPER_OUT: Outage.PAPER_OUT,
    PrinterState.COVER_OPEN: Outage.COVER_OPEN,
    PrinterState.ERROR: Outage.PRINTER_FAULT,
    PrinterState.SILENT: Outage.PRINTER_FAULT,
    PrinterState.GONE: Outage.PRINTER_FAULT,
}


@dataclass(frozen=True)
class Centre:
    """The newest states, and when the hub was last heard. `since` is when this box began to listen."""

    since: float
    site: SiteState | None = None
    queues: Mapping[str, QueueState] = field(default_factory=dict)
    beat: str = ""
    beat_at: float | None = None
    gen: int = 0

    def hear(self, message: Down, place: str, now: float) -> "Centre":
        """What is known after `message` came at `now`."""
        known = replace(self, gen=max(self.gen, message.gen))
        if isinstance(message, HubBeat):
            return known._hear_beat(message, now)
        if isinstance(message, SiteState) and _is_newer(message, self.site):
            return replace(known, site=message)
        if isinstance(message, QueueState) and _is_newer(message, self.queues.get(place)):
            return replace(known, queues={**self.queues, place: message})
        return self

    def lose(self) -> "Centre":
        """What is known without a line to the bus."""
        return replace(self, beat="", beat_at=None)

    def stale_at(self) -> float:
        """When the hub counts as away if nothing more is heard; long past when it is away already."""
        return (self.since if self.beat_at is None else self.beat_at) + STALE_S

    def silent(self, now: float) -> bool:
        """Whether the hub is away, so that asking it is in vain."""
        return self.beat_at is None or self.site is None or now >= self.stale_at()

    def outage(self, printer: PrinterState | None, now: float, alone: bool = False) -> Outage | None:
        """Why no number can be had, the most telling reason first. `printer` None: not heard of yet.

        `alone`: this kiosk has numbers of its own. What a silent hub last said of opening hours means nothing then.
        """
        if self.silent(now) and now < self.since + STALE_S:
            return Outage.STARTING
        if self.silent(now) and not alone:
            return Outage.HUB_AWAY
        if self.site and not self.site.open and not self.silent(now):
            return Outage.CLOSED
        return Outage.STARTING if printer is None else _OUTAGES.get(printer)

    def _hear_beat(self, beat: HubBeat, now: float) -> "Centre":
        if beat.gen < self.gen or beat.at == self.beat:
            return self
        return replace(self, beat=beat.at, beat_at=now if self.beat else self.beat_at)


def _is_newer(state: State, last: State | None) -> bool:
    return last is None or (state.gen, state.rev) >= (last.gen, last.rev)
