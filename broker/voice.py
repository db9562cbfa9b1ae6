"""`goiso voice ...`: the clips that call citizens, made by espeak-ng or taken from a speaker's recordings.

    goiso voice list  [--site FOLDER]                                    what a speaker has to record, file by file
    goiso voice build --data DIR [--site FOLDER] [--from RECORDINGS]     makes DIR/voice
    goiso voice try   --data DIR [--number A012] [--place "Quầy 5"] [--out FILE]      one call, measured
    goiso voice name  WORDS [--language vi]                             the file that a kiosk looks for, for these words

A language with a folder in RECORDINGS (`RECORDINGS/vi/digit-0.wav` ...) is taken from there, whole, or not at all; the
others are synthesised. A `voice.toml` in the site's folder has its own phrasings. The exit code is 0 when the voice
stands, 1 when recordings are at fault, 2 when nothing could be done.

Rules: no network; the old voice stays until the new one is complete; every fault of every recording is told at once.
"""

import argparse
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from appliance.runtime.errors import ConfigError
from appliance.sound import wav
from appliance.sound.chime import chime
from appliance.sound.clip import Clip
from appliance.sound.clips import FOLDER, GAP_S, PHRASES, Clips, read_phrasings, write_phrasings
from appliance.sound.espeak import VOICES, NoVoice, synthesise
from appliance.sound.recordings import take_over
from appliance.sound.said import Said
from appliance.sound.sentences import CHIME, Phrasing, call, clips_of_calls, name_of
from broker.model import name_in
from broker.site_files import load_site
from broker.site_place import site_folder
from broker.site_rows import SiteError

STANDS, AT_FAULT, FAILED = 0, 1, 2


class Wanted(Struct, frozen=True):
    """What a centre's calls need: per language its phrasing, and its clips with their words."""

    phrasings: Mapping[str, Phrasing]
    clips: Mapping[str, Mapping[str, Said]]


def wanted(site_folder: Path) -> Wanted:
    """All clips of all calls of the centre in `site_folder`. Raises SiteError, ConfigError."""
    site = load_site(site_folder)
    known = read_phrasings(site_folder / PHRASES)
    phrasings = {language: known[language] for language in site.languages if language in known}
    letters = "".join(sorted({queue.prefix for queue in site.queues.values()}))
    return Wanted(
        phrasings,
        {
            language: clips_of_calls(
                phrasing,
                language,
                letters,
                [name_in(counter.names, language) for counter in site.counters.values()],
            )
            for language, phrasing in phrasings.items()
        },
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Make, record or try the voice that calls citizens."""
    arguments = _arguments(argv)
    try:
        code: int = arguments.run(arguments)
    except (SiteError, ConfigError, NoVoice, OSError) as error:
        sys.stderr.write(f"goiso voice: {error}\n")
        return FAILED
    return code


def _list(arguments: argparse.Namespace) -> int:
    for clips in wanted(arguments.site).clips.values():
        for name, said in sorted(clips.items()):
            sys.stdout.write(f"{name}.wav\t{said.words}\n")
    return STANDS


def _build(arguments: argparse.Namespace) -> int:
    what = wanted(arguments.site)
    made: dict[str, Clip] = {CHIME: chime()}
    kept: dict[str, Phrasing] = {}
    wrong: list[str] = []
    for language, clips in what.clips.items():
        if arguments.recordings and (arguments.recordings / language).is_dir():
            taken, faults = take_over(arguments.recordings, clips)
            made |= taken
            wrong += faults
            _tell(f"{language}: {len(taken)} of {len(clips)} clips recorded")
        elif language in VOICES:
            made |= {name: synthesise(said) for name, said in clips.items()}
            _tell(f"{language}: {len(clips)} clips by espeak-ng ({VOICES[language]})")
        else:
            _tell(f"{language}: left out, no voice speaks it; record it (goiso voice list)")
            continue
        kept[language] = what.phrasings[language]
    if wrong:
        sys.stdout.write("".join(f"{line}\n" for line in wrong))
        _tell(f"{len(wrong)} faults; the old voice stays as it is")
        return AT_FAULT
    _put(arguments.data / FOLDER, made, kept)
    seconds = sum(clip.length_s for clip in made.values())
    _tell(f"{arguments.data / FOLDER}: {len(made)} clips, {seconds:.0f} s")
    return STANDS


def _put(folder: Path, clips: Mapping[str, Clip], phrasings: Mapping[str, Phrasing]) -> None:
    """The whole folder at once: a board that starts meanwhile finds the old voice or the new one."""
    new, old = folder.with_name(f"{folder.name}.new"), folder.with_name(f"{folder.name}.old")
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    for name, clip in clips.items():
        path = new / f"{name}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wav.packed(clip))
    write_phrasings(new / PHRASES, phrasings)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _try(arguments: argparse.Namespace) -> int:
    folder = arguments.data / FOLDER
    clips, phrasings = Clips(folder), read_phrasings(folder / PHRASES)
    if arguments.language not in phrasings:
        raise ConfigError(f"{folder} does not speak {arguments.language!r}; build it for a site that does")
    names = (CHIME, *call(phrasings[arguments.language], arguments.language, arguments.number, arguments.place))
    sentence = clips.sentence(names)
    if sentence is None:
        raise ConfigError(f"{folder} lacks {', '.join(clips.missing(names))}; build it again for this site")
    for name in names:
        clip = clips.get(name)
        sys.stdout.write(f"{_measured(clip)}  {name}\n" if clip else "")
    sys.stdout.write(f"{_measured(sentence)}  in all, {GAP_S:.2f} s between two clips\n")
    if arguments.out:
        arguments.out.write_bytes(wav.packed(sentence))
    return STANDS


def _name(arguments: argparse.Namespace) -> int:
    sys.stdout.write(f"{name_of(Said(arguments.words, arguments.language))}.wav\n")
    return STANDS


def _measured(clip: Clip) -> str:
    return f"{clip.length_s:6.2f} s  {clip.loudness_dbfs:6.1f} dBFS  peak {clip.peak_dbfs:6.1f} dBFS"


def _tell(line: str) -> None:
    sys.stderr.write(f"goiso voice: {line}\n")


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="goiso voice", description="the voice that calls citizens")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, what in (
        ("list", _list, "what a speaker has to record: file and words"),
        ("build", _build, "make the clips, or take over recordings"),
        ("try", _try, "one call: its clips, length and loudness"),
        ("name", _name, "the file in a kiosk's recordings that says these words"),
    ):
        command = commands.add_parser(name, help=what, description=what)
        command.set_defaults(run=run)
        if run in (_list, _build):
            command.add_argument(
                "--site", type=Path, default=site_folder(), metavar="FOLDER", help="the centre's data files"
            )
        if run in (_build, _try):
            command.add_argument("--data", type=Path, required=True, metavar="DIR", help="the box's data folder")
        if run is _build:
            command.add_argument("--from", dest="recordings", type=Path, metavar="RECORDINGS", help="WAV files")
        if run is _name:
            command.add_argument("words", metavar="WORDS")
        if run in (_try, _name):
            command.add_argument("--language", default="vi")
        if run is _try:
            command.add_argument("--number", default="A012")
            command.add_argument("--place", default="Quầy 5", help="the label of the counter")
            command.add_argument("--out", type=Path, metavar="FILE", help="write the sentence as WAV")
    return parser.parse_args(argv)
