"""The spoken board: every new call becomes a sentence of clips, one after the other.

Rules: no clock and no thread of its own; the player tells the end of each sentence, which begins the next; what cannot
be said is shown all the same, and said about once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from appliance.sound.clip import Clip, join
from appliance.sound.clips import Clips
from appliance.sound.player import Player, Sound, SoundEnded
from appliance.sound.sentences import Phrasing, call, words
from appliance.wire.choices import PartState
from appliance.wire.site import Text
from display_board import speech as s
from display_board.calls import Called
from display_board.compose import Choice, Moment, Scene

PAUSE_S = 0.45
"""Between the chime and the words, and between two languages."""


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
        self._places: Mapping[str, Text] = {}
        self._lacking: dict[str, str] = {}
        """For each language that cannot be spoken, the first clip that was missed."""

    def start(self) -> None:
        """Be ready to speak."""
        self._player.start()
        self._tell("")

    def refresh(self, scene: Scene) -> float | None:
        """Say the call that this scene announces, as soon as the ones before it are said."""
        if scene.words is not None:
            self._places = {counter.id: counter.label for counter in scene.words.counters}
        lead = scene.lead
        if lead is not None and self._manner.choice.takes(lead) and not self._is_quiet(scene.moment):
            self._speech = s.add(self._speech, lead)
            self._go_on()
        return None

    def heard(self, end: SoundEnded) -> None:
        """A sentence is over; the next one may begin."""
        speaking = self._speech.speaking
        if speaking is not None and end.job == _job(self._part, speaking):
            self._speech = s.ended(self._speech)
            self._go_on()

    def stop(self) -> None:
        """Be silent."""
        self._player.stop()

    def _go_on(self) -> None:
        self._speech, called = s.begin(self._speech)
        while called is not None and not self._said(called):
            self._speech, called = s.begin(s.ended(self._speech))

    def _said(self, called: Called) -> bool:
        """Whether the player has it; its end will be told then."""
        brief = s.is_brief(self._speech)
        sentences = self._sentences(called, s.tongues(called, self._manner.always, brief))
        sentences = sentences or self._sentences(called, self._manner.always)
        lacking = ", ".join(self._lacking.values())
        self._tell(f"no clip for {lacking}; run goiso voice build" if lacking else "")
        if not sentences:
            return False
        opening = self._clips.sentence(s.opening(brief))
        parts = [part for part in (opening, *(sentence for _, sentence in sentences)) if part is not None]
        said = " ".join(f"{self._words(called, language)}." for language, _ in sentences)
        self._player.play(Sound(_job(self._part, called), join(parts, PAUSE_S), said))
        return True

    def _sentences(self, called: Called, languages: Sequence[str]) -> list[tuple[str, Clip]]:
        """What can be said of a call, in these languages; what cannot is remembered."""
        found = []
        for language in languages:
            names = self._names(called, language)
            sentence = self._clips.sentence(names)
            if sentence is None:
                self._lacking.setdefault(language, next(iter(self._clips.missing(names)), f"{language}, no phrasing"))
            else:
                found.append((language, sentence))
        return found

    def _names(self, called: Called, language: str) -> tuple[str, ...]:
        phrasing = self._manner.phrasings.get(language)
        return call(phrasing, language, called.number, self._place(called, language)) if phrasing else ()

    def _words(self, called: Called, language: str) -> str:
        return words(self._manner.phrasings[language], language, called.number, self._place(called, language))

    def _place(self, called: Called, language: str) -> str:
        label = self._places.get(called.counter)
        return label.to(language) if label else called.label

    def _is_quiet(self, moment: Moment) -> bool:
        if moment.quality == "unset":
            return False
        return s.is_quiet(self._manner.quiet, datetime.fromtimestamp(moment.now, moment.zone))

    def _tell(self, lacking: str) -> None:
        fault = self._player.fault
        self._report("fault" if fault else "degraded" if lacking else "ready", fault or lacking)


def _job(part: str, called: Called) -> str:
    return f"{part}.{called.seq}.{called.times}"
