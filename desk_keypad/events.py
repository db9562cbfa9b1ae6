"""What can happen to a keypad, when, and what is done about it.

Rules: pure values.
"""

from typing import NamedTuple

from msgspec import UNSET, UnsetType

from appliance.wire.messages import DeskState
from appliance.wire.told import Words
from desk_keypad.keymap import Struck
from desk_keypad.wishes import Plan, Wish


class Answered(NamedTuple):
    """The hub answered the press that is on its way: `number` is whom it speaks of, `words` why it was refused."""

    ok: bool
    number: str = ""
    words: Words | None = None


class HubCame(NamedTuple):
    """The hub is heard."""


class HubWent(NamedTuple):
    """The hub is heard no more."""


class DeskTold(NamedTuple):
    """The hub told the state of the desk; perhaps another visit is there."""


class TimeUp(NamedTuple):
    """Perhaps something is over."""


Event = Struck | Answered | HubCame | HubWent | DeskTold | TimeUp


class Send(NamedTuple):
    """Ask for this. `showing`: who was at the desk when the clerk began to wish it; `call_seq`: the last call there."""

    wish: Wish
    showing: str | UnsetType = UNSET
    call_seq: int | UnsetType = UNSET


class SendAgain(NamedTuple):
    """Ask for the same once more, under the same id."""


class Moment(NamedTuple):
    """When (monotonic s), and what is known of the desk."""

    elapsed: float
    desk: DeskState | None = None
    plan: Plan = Plan()

    @property
    def showing(self) -> str | UnsetType:
        """The visit at the desk, empty for none; UNSET while the desk is not known."""
        return UNSET if self.desk is None else self.desk.ticket or ""

    @property
    def call_seq(self) -> int | UnsetType:
        """The last call of that visit, 0 for none; UNSET while the desk is not known."""
        return UNSET if self.desk is None else self.desk.call_seq
