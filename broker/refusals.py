"""Why something cannot be done, as values: a code for programs and a sentence for people.

Rules: a sentence says what happened and what to do now, blames nobody, and uses no technical word.
"""

from msgspec import Struct

from appliance.wire.choices import ErrorCode, Offer
from appliance.wire.told import Words


class Refusal(Struct, frozen=True):
    """A command that is not carried out; the hall is as it was. `ticket` is the one that stands in the way.

    `offers` is what may be had instead of a number now, nothing being an answer too; `resumes` when the break is over.
    Of an `appointment`, `opens` is from when on its code gives a number.
    """

    code: ErrorCode
    words: Words
    ticket: str = ""
    offers: tuple[Offer, ...] | None = None
    resumes: str = ""
    appointment: str = ""
    opens: str = ""


def _refusal(code: ErrorCode, vi: str, en: str) -> Refusal:
    return Refusal(code, Words(vi=vi, en=en))


UNKNOWN_SERVICE = _refusal(
    "unknown_service", "Trung tâm không có dịch vụ này.", "The centre does not offer this service."
)
SERVICE_NEEDED = _refusal("malformed", "Hãy chọn một dịch vụ.", "Choose a service.")
NO_APPOINTMENT = _refusal(
    "unknown_appointment",
    "Hôm nay không có lịch hẹn với mã này, hoặc mã đã dùng rồi. Mời lấy số như thường.",
    "No appointment has this code, or it was used already. Please take an ordinary number.",
)
TOO_EARLY = _refusal("too_early", "Chưa đến giờ nhận mã hẹn này.", "It is too early for this appointment.")
CHECKED_IN = _refusal(
    "wrong_state",
    "Mã hẹn này đã lấy số. Mời dùng số đó.",
    "This appointment has its number already. Please use that one.",
)
NO_APPOINTMENTS = _refusal(
    "wrong_state",
    "Trung tâm chưa dùng lịch hẹn. Người quản trị bật ở mục [appointments] trong centre.toml.",
    "The centre does not use appointments. The administrator turns them on in [appointments] of centre.toml.",
)
LINES_REJECTED = _refusal(
    "malformed",
    "Có dòng không hợp lệ, nên chưa ghi gì. Hãy sửa các dòng đó, hoặc bỏ qua chúng.",
    "Lines were rejected, so nothing was written. Correct them, or skip them.",
)
UNKNOWN_DESK = _refusal("unknown_desk", "Không có bàn này.", "There is no such desk.")
NOT_THIS_DESK = _refusal(
    "forbidden",
    "Bàn phím này không thuộc bàn này. Hãy báo kỹ thuật viên.",
    "This keypad does not belong to this desk. Please tell the technician.",
)
PRESSED_LONG_AGO = _refusal(
    "wrong_state",
    "Lần bấm này đến quá muộn nên không được thực hiện. Hãy bấm lại nếu vẫn cần.",
    "This press came too late and was not carried out. Press again if you still need it.",
)
UNKNOWN_TICKET = _refusal("unknown_ticket", "Hôm nay không có số này.", "There is no such number today.")
UNKNOWN_QUEUE = _refusal("malformed", "Không có hàng chờ này.", "There is no such queue.")
UNKNOWN_GROUP = _refusal("malformed", "Không có diện ưu tiên này.", "There is no such priority group.")
UNKNOWN_LEVEL = _refusal("malformed", "Không có mức đánh giá này.", "There is no such rating level.")
UNKNOWN_REASON = _refusal("malformed", "Không có lý do hoặc câu hỏi này.", "There is no such reason or question.")
NOT_TO_BE_RATED = _refusal(
    "wrong_state", "Chưa đánh giá được lượt này bằng điện thoại.", "This visit cannot be rated by phone now."
)
ALREADY_RATED = _refusal(
    "wrong_state", "Lượt này đã được đánh giá. Cảm ơn bạn.", "This visit has been rated already. Thank you."
)
TOO_LATE_TO_RATE = _refusal(
    "wrong_state", "Đã hết giờ đánh giá lượt này. Cảm ơn bạn.", "The time to rate this visit is over. Thank you."
)
UNKNOWN_ZONE = _refusal("malformed", "Không có vùng giao này trong bảng giá.", "The tariff has no such zone.")
UNKNOWN_ROUND = _refusal("malformed", "Không có chuyến thư này trong lịch.", "The schedule has no such round.")
ROUND_MADE = _refusal(
    "wrong_state", "Chuyến này hôm nay đã ghi rồi.", "This round has been written down today already."
)
WRONG_WINDOW = _refusal(
    "malformed",
    "Giờ bắt đầu phải trước giờ kết thúc, đã qua, và cách nhau không quá 4 giờ.",
    "The beginning must come before the end, both must be past, and at most 4 hours apart.",
)
UNKNOWN_LINE = _refusal("wrong_state", "Hôm nay không có dòng này trong sổ.", "The register has no such line today.")
CENTRE_CLOSED = _refusal(
    "closed", "Trung tâm đang đóng cửa, chưa lấy số được.", "The centre is closed; no numbers are issued now."
)
NO_TIME_BEFORE_BREAK = _refusal(
    "closed",
    "Trước giờ nghỉ có thể không kịp đến lượt.",
    "There may not be enough time before the break.",
)
NO_TIME_TODAY = _refusal(
    "closed",
    "Hôm nay có thể không kịp đến lượt. Mời đến vào ngày làm việc tới, hoặc hỏi bàn hướng dẫn.",
    "There may not be enough time left today. Please come on the next working day, or ask at the reception desk.",
)
CLOCK_UNSET = _refusal(
    "closed",
    "Đồng hồ của hệ thống chưa đúng. Hãy báo kỹ thuật viên.",
    "The system clock is not set yet. Please tell the technician.",
)
WITHDRAWN = _refusal("wrong_state", "Yêu cầu lấy số này đã được hủy.", "This request was taken back.")
NUMBER_HELD = _refusal(
    "wrong_state",
    "Thẻ này đang có một số chưa xong ở hàng chờ này. Mời bạn dùng số đó.",
    "This card has an open number of this queue. Please use that one.",
)
UNKNOWN_BLOCK = _refusal(
    "wrong_state",
    "Khối số dự phòng này không có hôm nay. Hãy báo kỹ thuật viên.",
    "There is no such emergency block today. Please tell the technician.",
)
LOST_BLOCK = _refusal(
    "wrong_state",
    "Khối số dự phòng này đã bị thu hồi. Hãy báo kỹ thuật viên.",
    "This emergency block is not valid any more. Please tell the technician.",
)
OUTSIDE_BLOCK = _refusal(
    "wrong_state",
    "Số này nằm ngoài khối số dự phòng. Hãy báo kỹ thuật viên.",
    "This number is outside its emergency block. Please tell the technician.",
)
NUMBER_TAKEN = _refusal(
    "wrong_state",
    "Số này đã được cấp cho người khác. Hãy báo kỹ thuật viên.",
    "This number was given to somebody else. Please tell the technician.",
)
DAY_OVER = _refusal("closed", "Số này của một ngày đã kết thúc.", "This number belongs to a day that is over.")
DESK_CLOSED = _refusal("wrong_state", "Bàn chưa mở. Hãy mở bàn trước.", "The desk is closed. Open it first.")
DESK_OPEN = _refusal("wrong_state", "Bàn đang mở rồi.", "The desk is open already.")
DESK_PAUSED = _refusal("wrong_state", "Bàn đang tạm nghỉ. Hãy tiếp tục trước.", "The desk is paused. Resume first.")
NOT_PAUSED = _refusal("wrong_state", "Bàn không tạm nghỉ.", "The desk is not paused.")
DESK_BUSY = _refusal(
    "wrong_state", "Bàn đang phục vụ một số. Hãy bấm Xong trước.", "The desk is serving a number. Finish it first."
)
NOBODY_HERE = _refusal(
    "wrong_state", "Bàn chưa gọi số nào. Hãy gọi số tiếp theo.", "No number is at this desk. Call the next one."
)
NOT_WAITING = _refusal("wrong_state", "Số này không còn chờ.", "This number is not waiting any more.")
AT_ANOTHER_DESK = _refusal("wrong_state", "Số này đang ở bàn khác.", "This number is at another desk.")
REASON_NEEDED = _refusal(
    "malformed", "Gọi không theo thứ tự thì phải ghi lý do.", "Calling out of order needs a reason."
)
TICKET_NEEDED = _refusal("malformed", "Hãy chọn một số.", "Choose a number.")
TARGET_NEEDED = _refusal("malformed", "Hãy chọn một nơi để chuyển đến.", "Choose one place to transfer to.")
SAME_PLACE = _refusal(
    "wrong_state", "Số này đang ở chính hàng chờ hoặc bàn đó.", "The number is at that queue or desk already."
)
STALE = _refusal(
    "wrong_state",
    "Bàn này vừa được bấm ở một cửa sổ hoặc bàn phím khác, nên phím của bạn chưa được thực hiện. "
    "Hãy xem số đang hiện rồi bấm lại.",
    "This desk has just changed in another window or by its keypad, so your key was not carried out. "
    "Look at the number shown, then press again.",
)
CLOSED_THERE = _refusal(
    "wrong_state",
    "Bàn đó đang đóng, không có ai gọi. Hãy chuyển vào hàng chờ của bàn đó, hoặc chọn bàn khác.",
    "That desk is closed, so nobody would call. Transfer to its queue, or choose another desk.",
)
CALLED_AGAIN = _refusal(
    "wrong_state",
    "Số này vừa được gọi lại rồi, nên lần bấm này không gọi thêm. Nếu vẫn cần gọi, hãy bấm lại.",
    "This number has just been called again, so this press called nobody. Press again if you still need it.",
)
BEEN_THERE = _refusal(
    "malformed",
    "Số này đã qua nơi đó rồi. Muốn chuyển trở lại thì ghi lý do, để công dân không phải đi vòng.",
    "This number has been there already. To send it back give a reason, so that nobody is sent in a circle.",
)
CANNOT_RETURN = _refusal(
    "wrong_state",
    "Số này không trả lại hàng chờ được nữa. Hãy mời công dân lấy số mới.",
    "This number cannot go back in line any more. Please ask the citizen to take a new one.",
)
NOTHING_TO_UNDO = _refusal("wrong_state", "Không còn gì để hoàn tác.", "There is nothing to undo any more.")
PAPER_SETTLED = _refusal(
    "wrong_state", "Số này đã được gọi hoặc đã kết thúc.", "This number was called or has ended already."
)
VISIT_OVER = _refusal(
    "wrong_state",
    "Lượt này đã kết thúc, không sửa được nữa. Nếu cần, hãy lấy số mới.",
    "This visit is over and cannot be changed any more. Take a new number if one is needed.",
)
AT_A_DESK = _refusal(
    "wrong_state",
    "Số này đang được gọi ở bàn. Hãy nhờ cán bộ ở bàn đó bấm Vắng mặt hoặc Xong.",
    "This number is being called at a desk. Ask the clerk there to press No-show or Finish.",
)
NOT_CANCELLED = _refusal("wrong_state", "Số này không bị hủy.", "This number is not cancelled.")
NOT_AT_YOUR_DESK = _refusal(
    "forbidden",
    "Số này không ở bàn của bạn và không chờ bàn của bạn. Hãy nhờ lễ tân sửa.",
    "This number is neither at your desk nor waiting for it. Ask reception to correct it.",
)
UNKNOWN_KIOSK = _refusal("malformed", "Không có máy lấy số này.", "There is no such ticket machine.")
KIOSK_NOT_READY = _refusal(
    "wrong_state",
    "Máy này chưa in được. Hãy chọn máy khác, hoặc xem giấy và kết nối của máy.",
    "This machine cannot print now. Choose another one, or look at its paper and its line.",
)
NOT_THIS_KIOSK = _refusal("forbidden", "Phiếu này là của máy khác.", "Another machine was asked for this paper.")
PAPER_ON_ITS_WAY = _refusal(
    "wrong_state",
    "Phiếu của số này đang được in. Hãy chờ máy báo kết quả.",
    "The paper of this number is being printed. Wait for what the machine says.",
)
BROKEN = _refusal(
    "malformed",
    "Hệ thống không thực hiện được thao tác này. Hãy báo kỹ thuật viên.",
    "The system could not do this. Please tell the technician.",
)
LONG_AGO = _refusal(
    "wrong_state", "Yêu cầu này đã được thực hiện từ trước.", "This request was carried out on an earlier day."
)
UNREADABLE_WORDS = Words(
    vi="Không đọc được yêu cầu. Hãy báo kỹ thuật viên.",
    en="The request could not be read; see the reference for its form.",
)
RATE_LIMITED = _refusal(
    "rate_limited",
    "Có quá nhiều yêu cầu. Hãy chờ một lát rồi thử lại.",
    "Too many requests. Wait a moment and try again.",
)
