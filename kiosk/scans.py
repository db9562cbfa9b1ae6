"""What the flow hears of a scanned code.

Rules: pure; what stood in the code ends here.
"""

from datetime import date

from kiosk import codes
from kiosk.catalogue import Catalogue
from kiosk.shown import Puzzled, Remark, ShowedAppointment, ShowedCard, ShowedReceipt, Shown


def meaning(data: bytes, catalogue: Catalogue, today: date | None, key: bytes) -> Shown:
    """The event that a citizen makes by showing `data`; see `codes.read`."""
    match codes.read(data, catalogue.legend, today, key):
        case codes.Card(group, token):
            return ShowedCard(group, token)
        case codes.Receipt(department):
            service = catalogue.collection(department)
            return ShowedReceipt(department, service) if service else Puzzled(Remark.ELSEWHERE)
        case codes.Appointment(token):
            return ShowedAppointment(token) if catalogue.site.appointments else Puzzled(Remark.APPOINTMENT)
        case codes.Unknown():
            return Puzzled(Remark.UNKNOWN)
