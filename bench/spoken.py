"""What a loudspeaker makes of a crowd of calls: nothing lost, nothing out of order, and how far it falls behind.

What a board hears over the real bus during a burst is noted, with its moments, and then told to the board's own app
with its own queue and the centre's clips; only the loudspeaker and the time are made of software, so that a quarter of
an hour of speech takes a second.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from appliance.runtime.clock import ManualClock
from appliance.runtime.config import BusSection
from appliance.runtime.link import Heard, MqttLink
from appliance.runtime.memory_link import MemoryBus, MemoryLink
from appliance.runtime.outbox import Outbox
from appliance.runtime.stage import Stage
from appliance.sound.clips import PHRASES, Clips, read_phrasings
from appliance.sound.player import Sound, SoundEnded
from appliance.wire.messages import CallsState, DeskState
from bench.burst import lost
from bench.report import Figure
from bench.stand import SITE, Stand
from broker import voice
from display_board.app import HEARS, BoardApp, Parts
from display_board.config import VoiceOutput
from display_board.voice import VoiceFeed
from virtual_centre.ports import HOST

PART, DEVICE, SITE_ID = "speaker", "board-ears", "ca-mau"
Told = tuple[float, Heard]
"""What a board heard, and when (monotonic seconds)."""


class Said(Struct, frozen=True):
    """The sound of one call: when it began (monotonic seconds), and how long it is."""

    seq: int
    at: float
    length_s: float


class Loudspeaker:
    """Plays in the time that `now` tells; `under_way` is what it plays and when that ends."""

    fault = ""
    alive = True

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.under_way: tuple[Sound, float] | None = None
        self.said: list[Said] = []
        self.overlaps = 0

    def start(self) -> None:
        """Nothing to open."""

    def play(self, sound: Sound) -> None:
        """Begin; whoever begins too early is counted."""
        self.overlaps += self.under_way is not None
        self.under_way = sound, self._now() + sound.clip.length_s
        self.said.append(Said(int(sound.job.split(".")[1]), self._now(), sound.clip.length_s))

    def hush(self) -> None:
        """Nobody asks for it here."""

    def stop(self) -> None:
        """Nothing to close."""


@contextmanager
def overheard(stand: Stand) -> Iterator[list[Told]]:
    """All that a board hears meanwhile."""
    told: list[Told] = []

    def note(event: object) -> None:
        if isinstance(event, Heard):
            told.append((time.monotonic(), event))

    link = MqttLink(BusSection(host=HOST, port=stand.bus.port), SITE_ID, DEVICE, HEARS, note)
    link.start()
    try:
        yield told
    finally:
        link.stop()


def figures(told: Sequence[Told], calls: range, folder: Path) -> list[Figure]:
    """What became of `calls`; nothing on a machine where no voice can be made."""
    if voice.main(["build", "--data", str(folder), "--site", str(SITE)]) != voice.STANDS:
        return []
    speaker = _replayed(told, folder)
    of_burst = [said for said in speaker.said if said.seq in calls]
    heard = _first_heard(told)
    end = max(said.at + said.length_s for said in of_burst)
    lengths = [said.length_s for said in of_burst]
    return [
        Figure(name="spoken_lost", value=lost(calls, {said.seq: said.at for said in of_burst}), at_most=0),
        Figure(name="spoken_overlaps", value=speaker.overlaps, at_most=0),
        Figure(name="spoken_call_s_max", value=max(lengths), unit="s"),
        Figure(name="spoken_call_s_mean", value=sum(lengths) / len(lengths), unit="s", baseline="spoken_call_s_max"),
        Figure(name="spoken_all_s", value=end - min(heard[seq] for seq in calls), unit="s"),
        Figure(name="spoken_backlog_s_max", value=max(said.at - heard[said.seq] for said in of_burst), unit="s"),
    ]


def _replayed(told: Sequence[Told], folder: Path) -> Loudspeaker:
    now = told[0][0]
    speaker = Loudspeaker(lambda: now)
    clips = folder / voice.FOLDER
    manner = VoiceOutput(clips=str(clips)).manner(read_phrasings(clips / PHRASES))
    feed = VoiceFeed(manner, Clips(clips), speaker, PART, lambda *_: None)
    parts = Parts(
        link=MemoryLink(MemoryBus(), SITE_ID, DEVICE, HEARS, lambda _: None),
        outbox=Outbox(folder / "ears.sqlite"),
        clock=ManualClock(),
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        feeds=[feed],
        stage=Stage("", DEVICE),
        voices=[feed],
        monotonic=lambda: now,
    )
    app = BoardApp(parts, {})
    app.start()
    left = list(reversed(told))
    while left or speaker.under_way:
        if speaker.under_way and (not left or speaker.under_way[1] <= left[-1][0]):
            (sound, now), speaker.under_way = speaker.under_way, None
            app.handle(SoundEnded(sound.job, whole=True))
        else:
            now, event = left.pop()
            app.handle(event)
    app.stop()
    return speaker


def _first_heard(told: Sequence[Told]) -> dict[int, float]:
    """When the board heard of each call for the first time."""
    first: dict[int, float] = {}
    for at, event in told:
        match event.message:
            case CallsState(calls=calls):
                seqs = [call.seq for call in calls]
            case DeskState(call_seq=seq):
                seqs = [seq]
            case _:
                seqs = []
        for seq in seqs:
            first.setdefault(seq, at)
    return first
