"""`/manager/what-if`: how long people would wait with other desks, hours, rules or demand.

Rules: asking is a form that is sent; an answer has an address of its own, to be kept and shared; it says how far it can
be believed before it says anything else; an address whose answer is gone leads back to asking.
"""

from collections.abc import Mapping
from typing import Any

from flask import Response, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from broker.model import Site
from broker.simulator.answer import Answer, Question
from broker.simulator.change import ImpossibleError
from broker.simulator.files import SimulationJob
from broker.staff.identity import Identity
from broker.web.context import Web
from broker.web.errors import Refusal
from broker.web.pages.manager import what_if_words as told
from broker.web.pages.manager.asked import asked, show
from broker.web.pages.manager.titles import title
from broker.web.pages.manager.what_if_form import POLICIES, SPANS, fields_of, question_of
from broker.web.simulations import SimulationReply, found, months_of, order_of

PATH = "/manager/what-if"
EARLIER = 8
MEANINGS = ("what_if", "wait", "p90", "stranded")


def ask(web: Web, who: Identity) -> Response:
    """GET /manager/what-if: the form."""
    return _page(web, who, fields_of(web.site, Question()), {})


def answer(web: Web, who: Identity, job: str) -> Response:
    """GET /manager/what-if/<job>: how far it is, or the answer; the form stands as it was asked.

    404 is the form too, and a sentence: what is worked out does not outlive the hub, and an answer only its days.
    """
    try:
        reply = found(web, job)
    except Refusal as refusal:
        response = _page(web, who, fields_of(web.site, Question()), {"gone": True})
        response.status_code = refusal.status
        return response
    return _page(web, who, fields_of(web.site, reply.job.question), _answered(web, reply))


def order(web: Web, who: Identity) -> AnyResponse:
    """POST /manager/what-if."""
    try:
        job = order_of(web, question_of(web.site, request.form))
    except ImpossibleError as error:
        fields = fields_of(web.site, Question()) | request.form.to_dict()
        response = _page(web, who, fields, {"problem": error.words})
        response.status_code = 400
        return response
    return redirect(f"{PATH}/{job.id}", 303)


def _page(web: Web, who: Identity, fields: Mapping[str, str], values: Mapping[str, Any]) -> Response:
    question, site = asked(web, PATH), web.site
    lang, months = question.lang, months_of(web)
    served = {queue for desk in site.desks.values() for queue in desk.skills}
    return show(
        web,
        who,
        "manager_what_if.html",
        question,
        MEANINGS,
        fields=fields,
        months=[(month, told.title_of(month)) for month in months],
        queues=sorted(((queue, title(site, "queue", queue, lang)) for queue in served), key=lambda each: each[1]),
        policies=POLICIES,
        spans=range(SPANS),
        month_of=told.title_of,
        more=_asks_more(site, fields),
        earlier=[_line(web, job, lang) for job in web.simulations.all()[:EARLIER]],
        **({"job": None, "problem": None, "gone": False} | dict(values)),
    )


def _asks_more(site: Site, fields: Mapping[str, str]) -> bool:
    """Whether something is changed that stands under the fold."""
    usual = fields_of(site, Question())
    seen = ("month", "add", "remove", "move_from", "move_to", "add_n", "remove_n", "move_n", "demand")
    return any(fields[name] != value for name, value in usual.items() if name not in seen)


def _line(web: Web, job: SimulationJob, lang: str) -> tuple[SimulationJob, str, str]:
    return job, told.title_of(job.question.month), "; ".join(told.changes(web.site, job.question.change, lang))


def _answered(web: Web, reply: SimulationReply) -> dict[str, Any]:
    lang = asked(web, PATH).lang
    values = {"job": reply.job, "changed": told.changes(web.site, reply.job.question.change, lang), "answer": None}
    return values if reply.answer is None else values | _told(web, reply.answer, lang)


def _told(web: Web, answer: Answer, lang: str) -> dict[str, Any]:
    return {
        "answer": answer,
        "headline": told.headline(answer, lang),
        "details": told.details(web.site, answer, lang),
        "validity": told.validity(answer, lang),
        "rows": told.rows(answer, lang),
        "queue_rows": told.queue_rows(web.site, answer, lang),
        "unchanged": sum(not row.gap.sure for row in answer.gaps.queues),
    }
