"""From the session to what the panel shows. Rules: pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from appliance.wire.site import SiteDocument, Text
from rating_terminal.ports import Face
from rating_terminal.session import Session, lamps, say
from rating_terminal.words import PRIVACY, SAID, level_names


@dataclass(frozen=True)
class Shown:
    """How many levels there are and what they are called; the face shown last, None at first."""

    levels: int
    site: SiteDocument | None = None
    face: Face | None = None

    def named(self, site: SiteDocument) -> "Shown":
        """The same with the names that the centre gives."""
        return replace(self, site=site)

    def with_face(self, face: Face) -> "Shown":
        """The same after `face` was shown."""
        return replace(self, face=face)


def face(session: Session, shown: Shown, stuck: tuple[int, ...]) -> Face:
    """What the panel shows now."""
    names = level_names(shown.levels, shown.site.levels if shown.site else ())
    arming = session.arming
    said = say(session)
    return Face(
        state=session.state.value,
        lamps=lamps(session, shown.levels),
        number=arming.number if arming else "",
        until=arming.until if arming else 0.0,
        chosen=session.level,
        say=said.value,
        said=_all(SAID[said]),
        names=tuple(_all(name) for name in names),
        privacy=_all(PRIVACY),
        stuck=stuck,
    )


def _all(text: Text) -> Mapping[str, str]:
    return {"vi": text.vi, "en": text.en, "km": text.km}
