"""What a person on the page can do, as messages, and whose hands carry it out.

Rules: pure; every deed is checked here once; nobody on the page can do what is not in this list.
"""

from typing import Annotated, Any, Protocol

import msgspec

from appliance.wire.ids import DeskId, DeviceId

Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z_]{1,31}$")]
KeyName = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][A-Za-z0-9_]{1,31}$")]
Fraction = Annotated[float, msgspec.Meta(ge=0, le=1)]
Pace = Annotated[float, msgspec.Meta(ge=1, le=60)]


class Deed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="deed"):
    """Something a person did."""


class Touch(Deed, frozen=True, tag="touch"):
    """A finger on a screen, as fractions of its width and height."""

    device: DeviceId
    part: Name
    x: Fraction
    y: Fraction


class Key(Deed, frozen=True, tag="key"):
    """A finger on button `button` of a panel: pressed and let go, or held down (stuck), or let go."""

    device: DeviceId
    part: Name
    button: Annotated[int, msgspec.Meta(ge=1, le=5)]
    kind: Name = "press"


class Show(Deed, frozen=True, tag="show"):
    """A card or a code out of the wallet is held before a scanner."""

    device: DeviceId
    thing: Name


class Press(Deed, frozen=True, tag="press"):
    """One of the keys of a kiosk's spoken guide, or of a desk's keypad, is pressed."""

    device: DeviceId
    key: KeyName


class Switch(Deed, frozen=True, tag="switch"):
    """A fault begins or ends."""

    fault: Name
    on: bool


class LetCome(Deed, frozen=True, tag="crowd"):
    """Simulated citizens and clerks come, or go home."""

    on: bool


class SetPace(Deed, frozen=True, tag="pace"):
    """The clock of the whole centre goes so many times as fast as the world's."""

    pace: Pace


class OpenTerminal(Deed, frozen=True, tag="terminal"):
    """Somebody wants to see the rating terminal of a desk."""

    desk: DeskId


AnyDeed = Touch | Key | Press | Show | Switch | LetCome | SetPace | OpenTerminal

decode_deed = msgspec.json.Decoder(AnyDeed).decode


class Hands(Protocol):
    """Whoever carries deeds out."""

    def do(self, deed: AnyDeed) -> None:
        """Carry it out, soon. Raises LookupError, with words for a person, when there is nothing to do it to."""

    def desks(self) -> list[dict[str, Any]]:
        """The desks a terminal can be opened for: `id`, `label`, `counter`."""
