"""What a kiosk says of appointments, on its pages and on paper, in Vietnamese, English and Khmer.

Rules: those of `words`.
"""

from appliance.wire.site import Text
from kiosk.events import Sorry

HINT = Text(
    vi="Có lịch hẹn? Mời đưa mã QR vào máy quét.",
    en="An appointment? Hold its QR code to the scanner.",
    km="មានការណាត់? សូមដាក់កូដ QR នៅម៉ាស៊ីនស្កេន។",
)
CHECKING = Text(vi="Đang kiểm tra lịch hẹn", en="Checking your appointment", km="កំពុងពិនិត្យការណាត់")
SLOT = Text(vi="Giờ hẹn", en="Your time", km="ម៉ោងណាត់")
LATE = Text(
    vi="Giờ hẹn {time} đã qua, nên đây là số thường.",
    en="Your time, {time}, is over: this is an ordinary number.",
    km="ម៉ោងណាត់ {time} បានកន្លងផុត\u200b ដូច្នេះនេះជាលេខធម្មតា។",
)
ORDINARY = Text(vi="Lấy số như thường", en="Take an ordinary number", km="យកលេខធម្មតា")
HELD = Text(
    vi="Lịch hẹn này đã lấy số.\nSố này vẫn được gọi.",
    en="This appointment has its number.\nIt will still be called.",
    km="ការណាត់នេះមានលេខរួចហើយ។\nលេខនេះនៅតែត្រូវបានហៅ។",
)
SORRY: dict[Sorry, tuple[Text, Text]] = {
    Sorry.EARLY: (
        Text(vi="Chưa đến giờ nhận mã hẹn", en="It is too early", km="មិនទាន់ដល់ម៉ោងណាត់"),
        Text(
            vi="Bạn hẹn lúc {slot}. Mời quét lại mã từ {opens}, hoặc lấy số như thường ngay bây giờ.",
            en="Your appointment is at {slot}. Please scan again from {opens}, or take an ordinary number now.",
            km="ការណាត់របស់លោកអ្នកនៅម៉ោង {slot}។\u200b សូមស្កេនម្តងទៀតចាប់ពី {opens}\u200b ឬយកលេខធម្មតាឥឡូវនេះ។",
        ),
    ),
    Sorry.NO_APPOINTMENT: (
        Text(vi="Không thấy lịch hẹn này", en="Appointment not found", km="រកមិនឃើញការណាត់នេះ"),
        Text(
            vi="Mã này hôm nay không có hẹn, hoặc đã dùng rồi. Mời bạn lấy số như thường.",
            en="This code has no appointment now, or it was used already. Please take an ordinary number.",
            km="កូដនេះគ្មានការណាត់ ឬបានប្រើរួចហើយ។\u200b សូមយកលេខធម្មតា។",
        ),
    ),
    Sorry.UNCHECKED: (
        Text(vi="Chưa kiểm tra được lịch hẹn", en="Appointments cannot be checked", km="មិនអាចពិនិត្យការណាត់បាន"),
        Text(
            vi="Máy đang mất liên lạc với trung tâm. Mời bạn lấy số như thường, rồi báo giờ hẹn tại quầy.",
            en="This machine has lost contact with the centre. Please take an ordinary number and tell the counter.",
            km="ម៉ាស៊ីនដាច់ទំនាក់ទំនងជាមួយមជ្ឈមណ្ឌល។\u200b សូមយកលេខធម្មតា\u200b រួចប្រាប់ម៉ោងណាត់នៅបញ្ជរ។",
        ),
    ),
}
"""Why the code of an appointment gave no number; `slot` and `opens` are times."""
ON_PAPER_LATE = Text(
    vi="Đến sau giờ hẹn {time}: số thường.",
    en="After the appointment at {time}: an ordinary number.",
    km="មកក្រោយម៉ោងណាត់ {time}៖ លេខធម្មតា។",
)
