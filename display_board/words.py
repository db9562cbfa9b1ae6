"""What the screens say, in the languages of the centre.

Rules: pure; Vietnamese first; short, polite and plain; no technical words for citizens.
"""

from appliance.wire.site import Text

INVITE = Text(vi="Mời công dân số", en="Now calling number", km="សូមអញ្ជើញលេខ")
TO = Text(vi="đến", en="to", km="ទៅ")
NUMBER = Text(vi="Số", en="Number", km="លេខ")
COUNTER = Text(vi="Quầy", en="Counter", km="បញ្ជរ")
WAITING = Text(vi="Đang chờ", en="Waiting", km="កំពុងរង់ចាំ")
NOBODY_WAITS = Text(vi="Không ai phải chờ", en="Nobody is waiting", km="គ្មានអ្នករង់ចាំ")

WELCOME = Text(vi="Kính chào quý công dân", en="Welcome", km="សូមស្វាគមន៍")
TAKE_A_NUMBER = Text(
    vi="Mời lấy số tại máy, sau đó ngồi chờ gọi số.",
    en="Please take a number at the machine, then wait to be called.",
    km="សូមយកលេខនៅម៉ាស៊ីន រួចរង់ចាំការហៅលេខ។",
)
CLOSED = Text(vi="Trung tâm đã hết giờ làm việc", en="The centre is closed", km="មជ្ឈមណ្ឌលបិទហើយ")
COME_BACK = Text(
    vi="Hẹn gặp lại quý công dân trong giờ làm việc.",
    en="Please come back during opening hours.",
    km="សូមអញ្ជើញមកវិញក្នុងម៉ោងធ្វើការ។",
)
STARTING = Text(vi="Bảng gọi số đang khởi động", en="The call board is starting", km="ផ្ទាំងហៅលេខកំពុងចាប់ផ្ដើម")
ONE_MOMENT = Text(vi="Xin chờ trong giây lát.", en="One moment, please.", km="សូមរង់ចាំបន្តិច។")
STALE = Text(
    vi="Bảng này đang mất tín hiệu, số hiện ra có thể đã cũ",
    en="This board has lost its signal and may be out of date. Please listen for the staff.",
)
LISTEN = Text(vi="Xin nghe cán bộ gọi trực tiếp.")


def minutes(low: int, high: int) -> str:
    """A range of minutes as it is read in Vietnamese."""
    return f"dưới {high} phút" if low <= 0 else f"{low}–{high} phút"
