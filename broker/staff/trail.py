"""The audit trail: who did what to accounts, sessions and settings.

Rules: append-only, each row hashed over the one before; names, never passwords or tokens.
"""

from broker.staff.machine import Machine
from broker.staff.store import AuditRow, StaffStore


class Trail:
    """Writes the trail of one centre."""

    def __init__(self, store: StaffStore, machine: Machine) -> None:
        self._store = store
        self._machine = machine

    def write(self, actor: str, action: str, target: str, result: str = "ok", source: str = "console") -> None:
        """Append what `actor` did from the network address `source`."""
        wall = self._machine.wall()
        self._store.audit(AuditRow(at=wall, actor=actor, action=action, target=target, result=result, source=source))


def first_broken(rows: list[AuditRow]) -> int:
    """The `seq` of the first row that does not follow from the one before; 0 when the whole trail holds."""
    before = ""
    for row in rows:
        if row.hash != row.chained(before):
            return row.seq
        before = row.hash
    return 0
