"""What the centre offers, in the order in which a kiosk shows it, from the site document.

Rules: pure; built once per document; a field is a department with at least one service on offer, a service without a
department stands on the start page by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from appliance.wire.procedures import Procedure
from appliance.wire.site import DepartmentWords, GroupWords, ServiceWords, SiteDocument, Text
from kiosk.codes import Legend
from kiosk.search import SearchIndex

SUBMIT, COLLECT = "nop", "tra"
"""The types of a service that takes in dossiers, and of one that hands out results."""
NO_PROCEDURES = SearchIndex()


@dataclass(frozen=True)
class Field:
    """What citizens know a department by, and what they can do there."""

    id: str
    name: Text
    queue: str
    services: tuple[ServiceWords, ...]


class Catalogue:
    """The document, found by id."""

    def __init__(
        self,
        site: SiteDocument,
        offered: Iterable[str] | None = None,
        procedures: SearchIndex = NO_PROCEDURES,
        scans: bool = False,
    ) -> None:
        """`offered` are the services on offer now; None: all of them. `scans`: this kiosk's scanner is there."""
        self.site = site
        self.checks_in = scans and site.appointments
        self.procedures = procedures
        wanted = None if offered is None else frozenset(offered)
        services = [service for service in site.services if wanted is None or service.id in wanted]
        self._services = {service.id: service for service in services}
        self._counters = {counter.id: counter.label for counter in site.counters}
        self._queues = {queue.id: queue for queue in site.queues}
        self._groups = {group.id: group for group in site.priority_groups}
        self.fields = tuple(
            _field(department, mine)
            for department in site.departments
            if (mine := tuple(service for service in services if service.department == department.id))
        )
        self._fields = {field.id: field for field in self.fields}
        self._spoken = {department.id: department.field.vi for department in site.departments}
        self.own_services = tuple(service for service in services if not service.department)
        self.groups: tuple[GroupWords, ...] = site.priority_groups
        self.legend = Legend(
            ages=tuple((group.from_age, group.id) for group in self.groups if group.from_age),
            receipts=tuple((receipt.begins, receipt.department) for receipt in site.receipts),
            appointment=site.appointment,
        )

    def find(self, query: str) -> list[Procedure]:
        """The procedures that fit what was typed, the best first."""
        return self.procedures.find(query, self._spoken)

    def submission(self, department: str) -> str:
        """The service that takes in dossiers for a department; "" where none is on offer."""
        return self._of_type(department, SUBMIT)

    def collection(self, department: str) -> str:
        """The service that hands out the results of a department; "" where none is on offer."""
        return self._of_type(department, COLLECT)

    def _of_type(self, department: str, kind: str) -> str:
        field = self.field(department)
        mine = (service.id for service in field.services if service.type == kind) if field else ()
        return next(iter(mine), "")

    def field(self, field: str) -> Field | None:
        """The field of a department, or None when it offers nothing (any more)."""
        return self._fields.get(field)

    def service(self, service: str) -> ServiceWords | None:
        """A service on offer, or None."""
        return self._services.get(service)

    def group(self, group: str) -> GroupWords | None:
        """A priority group, or None."""
        return self._groups.get(group)

    def counters(self, queue: str) -> tuple[Text, ...]:
        """The labels of the counters that serve a queue."""
        found = self._queues.get(queue)
        return self.labels(found.counters if found else ())

    def labels(self, counters: Iterable[str]) -> tuple[Text, ...]:
        """The labels of these counters; an unknown one is called by its id."""
        return tuple(self._counters.get(counter) or Text(vi=counter.upper()) for counter in counters)


def _field(department: DepartmentWords, services: tuple[ServiceWords, ...]) -> Field:
    return Field(department.id, department.field, department.queue, services)


EMPTY = Catalogue(SiteDocument(revision="", name=Text(vi="")))
"""What is known before the first word came."""
