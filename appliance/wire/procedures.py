"""The administrative procedures of a centre: the body of `GET /api/v1/procedures`, read by the kiosks.

Apart from the site document, for it is two hundred times as long and no other box shows it. Rules: pure; tolerant of
unknown fields; `revision` is that of the site document.
"""

import msgspec
from msgspec import Struct

from appliance.wire.site import Text

PATH = "/api/v1/procedures"
"""Where the hub serves a `ProcedureList`."""
FROM_HOME = (3, 4)
"""The levels of online service at which a dossier can be filed without coming to the centre."""


class Procedure(Struct, kw_only=True, frozen=True):
    """One procedure. `level` is that of its online service, 1 to 4; `bring` names the papers, separated by `;`.

    `sample`: the name is made up, and whoever shows it must say so.
    """

    id: str
    department: str
    name: Text
    level: int = 1
    on_the_spot: bool = False
    bring: str = ""
    sample: bool = False

    @property
    def from_home(self) -> bool:
        """Whether it can be filed online."""
        return self.level in FROM_HOME


class ProcedureList(Struct, kw_only=True, frozen=True):
    """All procedures that the centre receives."""

    revision: str
    procedures: tuple[Procedure, ...] = ()


_decoder = msgspec.json.Decoder(ProcedureList)


def read_procedures(body: bytes) -> ProcedureList:
    """The list in `body`. Raises msgspec.DecodeError when it is none."""
    return _decoder.decode(body)
