"""Everything that can go wrong over HTTP, as one body: `{error, message: {vi, en}}`.

Rules: the words say what happened and what to do now; no detail of the program reaches a stranger.
"""

from typing import Literal

from msgspec import Struct

from appliance.wire.choices import ErrorCode, Offer
from appliance.wire.messages import Answer
from appliance.wire.told import Words

WebError = Literal[
    "unauthorized",
    "not_found",
    "not_allowed",
    "unsupported",
    "busy",
    "failed",
]
AnyError = ErrorCode | WebError

STATUS: dict[AnyError, int] = {
    "malformed": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "unknown_service": 404,
    "unknown_desk": 404,
    "unknown_ticket": 404,
    "unknown_appointment": 404,
    "too_early": 409,
    "not_found": 404,
    "not_allowed": 405,
    "wrong_state": 409,
    "closed": 409,
    "too_large": 413,
    "unsupported": 415,
    "rate_limited": 429,
    "failed": 500,
    "busy": 503,
}
_CODES: dict[int, AnyError] = {
    400: "malformed",
    404: "not_found",
    405: "not_allowed",
    413: "too_large",
    415: "unsupported",
}

WORDS: dict[AnyError, Words] = {
    "malformed": Words(vi="Yêu cầu không đúng dạng.", en="The request is not in the right form."),
    "unauthorized": Words(vi="Hãy đăng nhập trước.", en="Please log in first."),
    "forbidden": Words(vi="Bạn không có quyền làm việc này.", en="You may not do this."),
    "unknown_service": Words(vi="Trung tâm không có dịch vụ này.", en="The centre does not offer this service."),
    "unknown_desk": Words(vi="Không có bàn này.", en="There is no such desk."),
    "unknown_ticket": Words(vi="Hôm nay không có số này.", en="There is no such number today."),
    "unknown_appointment": Words(vi="Không có lịch hẹn này.", en="There is no such appointment."),
    "too_early": Words(vi="Chưa đến giờ nhận mã hẹn này.", en="It is too early for this appointment."),
    "not_found": Words(vi="Không có trang này.", en="There is nothing here."),
    "not_allowed": Words(vi="Không gọi trang này theo cách đó được.", en="This cannot be called in that way."),
    "wrong_state": Words(vi="Lúc này không làm việc đó được.", en="This cannot be done now."),
    "closed": Words(vi="Trung tâm đang đóng cửa.", en="The centre is closed."),
    "too_large": Words(vi="Yêu cầu quá lớn.", en="The request is too large."),
    "unsupported": Words(vi="Hãy gửi nội dung dạng JSON.", en="Send the body as application/json."),
    "rate_limited": Words(vi="Quá nhiều lần. Hãy chờ một lát.", en="Too often. Please wait a moment."),
    "failed": Words(vi="Hệ thống gặp lỗi. Hãy thử lại.", en="Something went wrong. Please try again."),
    "busy": Words(vi="Hệ thống đang bận. Hãy thử lại sau ít giây.", en="Busy. Please try again in a few seconds."),
}


class ErrorBody(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body of every refusal: a code for programs, words for people, and for programmers what was wrong.

    `offers`: what a new request for this ticket may `accept` instead.
    """

    error: AnyError
    message: Words
    detail: str = ""
    offers: tuple[Offer, ...] = ()


class Refusal(Exception):  # noqa: N818  # because refusing is an answer, not a fault of the program
    """Ends a request with an error body."""

    def __init__(
        self, code: AnyError, detail: str = "", words: Words | None = None, offers: tuple[Offer, ...] = ()
    ) -> None:
        super().__init__(detail or code)
        self.status = STATUS[code]
        self.body = ErrorBody(error=code, message=words or WORDS[code], detail=detail, offers=offers)


def of_status(status: int) -> AnyError:
    """The code for an HTTP status that the framework chose."""
    return _CODES.get(status, "malformed" if status < 500 else "failed")


def of_answer(answer: Answer) -> Refusal:
    """The refusal that the hub's answer says."""
    code = answer.error if isinstance(answer.error, str) else "wrong_state"
    words = answer.message if isinstance(answer.message, Words) else None
    return Refusal(code, words=words, offers=answer.offers or ())
