"""What a centre is called and offers, in words: the body of `GET /api/v1/site`, read by every box that shows text.

The bus carries ids and a revision only (`state/site`); names are long, change rarely and travel here, with an ETag.
Rules: pure; tolerant of unknown fields, so that an older box lives with a newer hub; ids are those of the bus.
"""

import msgspec
from msgspec import Struct

from appliance.wire.ids import CounterId, DeskId, GroupId, Language, Level, QueueId, ServiceId

PATH = "/api/v1/site"
"""Where the hub serves a `SiteDocument`."""


class Text(Struct, kw_only=True, frozen=True):
    """A name in the languages of the centre. Vietnamese always stands; the others may be empty."""

    vi: str
    en: str = ""
    km: str = ""

    def to(self, language: str) -> str:
        """The name in `language`, or in Vietnamese where nobody has translated it yet."""
        return {"en": self.en, "km": self.km}.get(language, "") or self.vi


class ServiceWords(Struct, kw_only=True, frozen=True):
    """What a citizen may ask for. `department` is "" for a service of the centre itself; `bring` says what to prepare.

    `type` is `nop` submit, `tra` collect, `hoi` enquire, or a type of the centre's own such as `fee`, `post`.
    """

    id: ServiceId
    queue: QueueId
    department: str = ""
    type: str = ""
    name: Text
    bring: str = ""


class QueueWords(Struct, kw_only=True, frozen=True):
    """One number series: its letter, the counters that serve it and the departments behind it."""

    id: QueueId
    prefix: str
    name: Text
    counters: tuple[CounterId, ...] = ()
    departments: tuple[str, ...] = ()


class DepartmentWords(Struct, kw_only=True, frozen=True):
    """A department: its official name, and the field by which citizens know it."""

    id: str
    name: Text
    field: Text
    queue: QueueId


class CounterWords(Struct, kw_only=True, frozen=True):
    """A numbered place and the desks at it; `way` is where it lies seen from the main board: left, right, up, down."""

    id: CounterId
    label: Text
    desks: tuple[DeskId, ...] = ()
    way: str = ""


class DeskWords(Struct, kw_only=True, frozen=True):
    """A clerk's seat at a counter; `label` is what stands on it."""

    id: DeskId
    counter: CounterId
    label: str


class LevelWords(Struct, kw_only=True, frozen=True):
    """One rating level, 1 the best, and whether it counts as satisfied."""

    level: Level
    name: Text
    satisfied: bool


class AskedWords(Struct, kw_only=True, frozen=True):
    """What may be asked of who was not satisfied: a reason to choose, or a question of yes or no."""

    id: str
    name: Text


class GroupWords(Struct, kw_only=True, frozen=True):
    """A group that the director has given priority; `from_age` years, for one that a citizen's card proves, else 0."""

    id: GroupId
    name: Text
    from_age: int = 0


class ReceiptWords(Struct, kw_only=True, frozen=True):
    """The receipts of a department's dossiers: how their codes begin, up to a dot or a hyphen."""

    begins: str
    department: str


class SiteDocument(Struct, kw_only=True, frozen=True):
    """Everything a box needs to speak about its centre. `public_url` empty: no phone page, no QR on the ticket."""

    revision: str
    name: Text
    services: tuple[ServiceWords, ...] = ()
    queues: tuple[QueueWords, ...] = ()
    departments: tuple[DepartmentWords, ...] = ()
    counters: tuple[CounterWords, ...] = ()
    desks: tuple[DeskWords, ...] = ()
    levels: tuple[LevelWords, ...] = ()
    priority_groups: tuple[GroupWords, ...] = ()
    reasons: tuple[AskedWords, ...] = ()
    questions: tuple[AskedWords, ...] = ()
    languages: tuple[Language, ...] = ("vi",)
    timezone: str = "Asia/Ho_Chi_Minh"
    public_url: str = ""
    online_url: str = ""
    """Where procedures of level 3 and 4 are filed without coming; empty: no kiosk says so by a code."""
    receipts: tuple[ReceiptWords, ...] = ()
    appointment: str = ""
    """How the code of an appointment begins; empty: there are none."""
    appointments: bool = False
    """Whether a kiosk may check them in."""


_decoder = msgspec.json.Decoder(SiteDocument)


def read_site(body: bytes) -> SiteDocument:
    """The document in `body`. Raises msgspec.DecodeError when it is not one."""
    return _decoder.decode(body)
