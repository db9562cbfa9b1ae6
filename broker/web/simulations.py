"""What would have been, over HTTP: a process of its own works a question out, and its answer stays for a while.

Rules: a question that makes no sense is refused before anything starts; the same question is worked out once.
"""

from msgspec import Struct
from msgspec.structs import replace

from broker.beside.jobs import FullError
from broker.simulator.answer import Answer, Question
from broker.simulator.change import ImpossibleError, hall_of
from broker.simulator.files import SimulationJob, read_answer, simulation_job
from broker.simulator.reading import months
from broker.staff.identity import Identity
from broker.web import exchange
from broker.web.context import Web
from broker.web.errors import Refusal


class SimulationReply(Struct, frozen=True, kw_only=True):
    """How far a question is, and its answer once it is `done`."""

    job: SimulationJob
    answer: Answer | None


def order(web: Web, _who: Identity) -> SimulationJob:
    """POST /simulations."""
    try:
        return order_of(web, exchange.body(Question, when_empty=b"{}"))
    except ImpossibleError as error:
        raise Refusal("malformed", str(error), error.words) from error


def order_of(web: Web, question: Question) -> SimulationJob:
    """Have it worked out. Raises ImpossibleError, and Refusal when too many wait already."""
    known = months_of(web)
    month = question.month or (known[0] if known else "")
    if month not in known:
        raise ImpossibleError(
            "Chưa có ngày nào đã kết thúc trong tháng này để học theo. Hãy chọn tháng khác.",
            "no day of this month has ended yet, so there is nothing to learn from; choose another month",
        )
    hall_of(web.site, question.change)
    today = web.today()
    until = today if today.startswith(month) else ""
    try:
        return web.simulations.start(simulation_job(replace(question, month=month), web.site.revision, until))
    except FullError:
        raise Refusal("busy", "too many simulations are waiting") from None


def months_of(web: Web) -> list[str]:
    """The months of which something can be learned, those that are over first, the newest first."""

    def read() -> list[str]:
        with web.readers.lend() as reader:
            return months(reader)

    return web.figures.get("months", read)


def jobs(web: Web, _who: Identity) -> list[SimulationJob]:
    """GET /simulations."""
    return web.simulations.all()


def job(web: Web, _who: Identity, job: str) -> SimulationReply:
    """GET /simulations/<job>."""
    return found(web, job)


def found(web: Web, job_id: str) -> SimulationReply:
    """A question that was asked. Raises Refusal."""
    job = web.simulations.find(job_id)
    if job is None:
        raise Refusal("not_found")
    return SimulationReply(job=job, answer=read_answer(web.simulations.path(job)) if job.state == "done" else None)
