"""The centre in words: the body of GET /api/v1/site.

Rules: pure; made once per revision of the site.
"""

from appliance.wire.site import (
    AskedWords,
    CounterWords,
    DepartmentWords,
    DeskWords,
    GroupWords,
    LevelWords,
    QueueWords,
    ReceiptWords,
    ServiceWords,
    SiteDocument,
    Text,
)
from broker.model import Names, Site


def text(names: Names) -> Text:
    """A name in the wire's form."""
    return Text(vi=names.get("vi", ""), en=names.get("en", ""), km=names.get("km", ""))


def site_document(site: Site) -> SiteDocument:
    """Everything a box needs to speak about `site`."""
    return SiteDocument(
        revision=site.revision,
        name=text(site.names),
        services=tuple(
            ServiceWords(
                id=service.id,
                queue=service.queue,
                department=service.department,
                type=service.type,
                name=text(service.names),
                bring=site.bring.get(service.id, ""),
            )
            for service in site.services.values()
        ),
        queues=tuple(
            QueueWords(
                id=queue.id,
                prefix=queue.prefix,
                name=text(queue.names),
                counters=queue.counters,
                departments=queue.departments,
            )
            for queue in site.queues.values()
        ),
        departments=tuple(
            DepartmentWords(id=each.id, name=text(each.names), field=text(each.field), queue=each.queue)
            for each in site.departments.values()
        ),
        counters=tuple(
            CounterWords(id=each.id, label=text(each.names), desks=each.desks, way=each.way)
            for each in site.counters.values()
        ),
        desks=tuple(DeskWords(id=each.id, counter=each.counter, label=each.label) for each in site.desks.values()),
        levels=tuple(
            LevelWords(level=each.level, name=text(each.names), satisfied=each.satisfied) for each in site.levels
        ),
        reasons=tuple(AskedWords(id=each.id, name=text(each.names)) for each in site.reasons),
        questions=tuple(AskedWords(id=each.id, name=text(each.names)) for each in site.questions),
        priority_groups=tuple(
            GroupWords(id=each.id, name=text(each.names), from_age=each.from_age) for each in site.groups.values()
        ),
        languages=site.languages,
        timezone=site.zone,
        public_url=site.public_url,
        online_url=site.online_url,
        receipts=tuple(
            ReceiptWords(begins=begins, department=department) for begins, department in site.receipts.items()
        ),
        appointment=site.appointment,
        appointments=site.appointments.on,
    )
