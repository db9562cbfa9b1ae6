"""Why a visit does not simply wait behind those who came before it.

Rules: pure; says of a visit in a line what gives it another place than its number shows, in the words in which calls
keep their reason; who waits as he came has none.
"""

from typing import Literal

from broker.lobby import Ticket

OrderReason = Literal["kept", "sent", "returned", "due", "moved", "appointment", "priority"]


def order_reasons(ticket: Ticket) -> tuple[OrderReason, ...]:
    """The reasons, the strongest first.

    `kept` for the desk that parked it, `sent` to one desk by another, `returned` after it missed its call, `due` after
    the break, `moved` here from another queue with the time of its issue, `appointment`: by its time, not by its issue,
    `priority`: its wait counts faster.
    """
    holds: dict[OrderReason, bool] = {
        "kept": bool(ticket.for_desk and ticket.parked_by),
        "sent": bool(ticket.for_desk and not ticket.parked_by),
        "returned": bool(ticket.returns),
        "due": bool(ticket.due),
        "moved": ticket.queue != ticket.series,
        "appointment": bool(ticket.appointment) and not ticket.late,
        "priority": ticket.priority,
    }
    return tuple(reason for reason, is_so in holds.items() if is_so)
