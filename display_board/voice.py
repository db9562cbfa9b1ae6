"""The spoken board: every new call becomes a sentence of clips, one after the other.

Rules: no clock and no thread of its own; the player tells the end of each sentence, which begins the next; a player
that never does holds up no call for long; what cannot be said is rung for with the chime, and told once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property

from appliance.sound.chime import chime
from appliance.sound.clip import Clip, join
from appliance.sound.clips import PAUSE_S, Clips
from appliance.sound.player import Player, Sound, SoundEnded
from appliance.sound.sentences import CHIME, Phrasing, call, words
from appliance.wire.choices import PartState
from appliance.wire.site import Text
from display_board import speech as s
from display_board.calls import Called
from display_board.compose import Choice, Moment, Scene

OVERDUE_S = 10.0
"""So long after a sentence should have ended the next one begins; every player gives up before, if it works at all."""


@dataclass(frozen=True)
class Manner:
    """How a loudspeaker speaks: of which calls, always in which languages too, and when not."""

    choice: Choice
    phrasings: Mapping[str, Phrasing]
    always: tuple[str, ...] = ("vi",)
    quiet: Sequence[tuple[time, time]] = ()


class VoiceFeed:
    """An output of the board that is heard: `player` says what `clips` hold."""

    def __init__(
        self, manner: Manner, clips: Clips, player: Player, part: str, report: Callable[[PartState, str], None]
    ) -> None:
        self._manner = manner
        self._clips = clips
        self._player = player
        self._part = part
        self._report = report
        self._speech = s.Speech()
        self._over_at: float | None = None
        """The monotonic second at which what is being said counts as over, whatever the player says."""
        self._mute = False
        self._places: Mapping[str, Text] = {}
        self._lacking: dict[str, str] = {}
        """For each language that cannot be spoken, the first clip that was missed."""

    def start(self) -> None:
        """Be ready to speak."""
        self._player.start()
        self._tell()

    def refresh(self, scene: Scene) -> float | None:
        """Note the call that this scene announces: `speak` begins with it when nothing is being said."""
        now = scene.moment.elapsed
        if scene.words is not None:
            self._places = {counter.id: counter.label for counter in scene.words.counters}
        lead = scene.lead
        if lead is not None and self._manner.choice.takes(lead) and not self._is_quiet(scene.moment):
            self._speech = s.add(self._speech, lead)
        if self._over_at is not None and now >= self._over_at:
            self._mute = True
            self._next(now)
        return self._over_at

    def speak(self, now: float) -> float | None:
        """Begin with what waits, after a silence always with the chime; when that counts as over, or None.

        The app calls it when it has written down what was announced: a board that dies between rings no second time.
        """
        self._go_on(now, ring=True)
        return self._over_at

    def heard(self, end: SoundEnded, now: float) -> None:
        """A sentence is over; the next one may begin at monotonic second `now`."""
        speaking = self._speech.speaking
        if speaking is not None and end.job == _job(self._part, speaking):
            self._mute = False
            self._next(now)

    def stop(self) -> None:
        """Be silent."""
        self._player.stop()

    def _next(self, now: float) -> None:
        self._speech, self._over_at = s.ended(self._speech), None
        self._go_on(now)
        self._tell()

    def _go_on(self, now: float, ring: bool = False) -> None:
        self._speech, called = s.begin(self._speech)
        if called is not None:
            sound = self._sound(called, s.form(self._speech), ring)
            self._over_at = now + sound.clip.length_s + OVERDUE_S
            self._tell()
            self._player.play(sound)

    def _sound(self, called: Called, form: s.Form, ring: bool) -> Sound:
        """What is heard of a call; the chime alone when it cannot be said in any language."""
        sentences = self._sentences(called, s.tongues(called, self._manner.always, form), form)
        sentences = sentences or self._sentences(called, self._manner.always, form)
        parts = [sentence for _, sentence in sentences]
        if ring or form is s.Form.FULL or not parts:
            parts.insert(0, self._chime)
        said = " ".join(f"{sentence}." for sentence, _ in sentences) or f"{called.number} → {called.label}"
        return Sound(_job(self._part, called), join(parts, PAUSE_S), said)

    def _sentences(self, called: Called, languages: Sequence[str], form: s.Form) -> list[tuple[str, Clip]]:
        """What can be said of a call in these languages, words and sound; what cannot is remembered."""
        found = []
        for language in languages:
            phrasing = self._manner.phrasings.get(language)
            if phrasing is None:
                self._lacking.setdefault(language, f"{language}, no phrasing")
                continue
            said = (phrasing.bare() if form is s.Form.BARE else phrasing, language, called.number)
            place = self._place(called, language)
            names = call(*said, place)
            sentence = self._clips.sentence(names)
            if sentence is None:
                self._lacking.setdefault(language, next(iter(self._clips.missing(names)), called.number))
            else:
                found.append((words(*said, place), sentence))
        return found

    @cached_property
    def _chime(self) -> Clip:
        """The folder's own, else ours: a call that is not even rung for is not noticed."""
        return self._clips.get(CHIME) or chime()

    def _place(self, called: Called, language: str) -> str:
        label = self._places.get(called.counter)
        return label.to(language) if label else called.label

    def _is_quiet(self, moment: Moment) -> bool:
        if moment.quality == "unset":
            return False
        return s.is_quiet(self._manner.quiet, datetime.fromtimestamp(moment.now, moment.zone))

    def _tell(self) -> None:
        lacking = ", ".join(name for name in self._lacking.values() if self._clips.get(name) is None)
        if self._player.fault or self._mute:
            self._report("fault", self._player.fault or "the loudspeaker does not come to an end of what it plays")
        elif lacking:
            self._report("degraded", f"no clip for {lacking}; run goiso voice build")
        else:
            self._report("ready", "")


def _job(part: str, called: Called) -> str:
    return f"{part}.{called.seq}.{called.times}"
