"""What the screens say, in the languages of the centre.

Rules: pure; Vietnamese first; short, polite and plain; no technical words for citizens.
"""

from appliance.wire.site import Text
from display_board.views import Second

INVITE = Text(vi="Mời công dân số", en="Now calling number", km="សូមអញ្ជើញលេខ")
SERVING = Text(vi="Đang phục vụ số", en="Now serving number", km="កំពុងបម្រើលេខ")
TO = Text(vi="đến", en="to", km="ទៅ")
AT = Text(vi="tại", en="at", km="នៅ")
NUMBER = Text(vi="Số", en="Number", km="លេខ")
COUNTER = Text(vi="Quầy", en="Counter", km="បញ្ជរ")

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
    vi="Bảng này đang mất tín hiệu, số hiện ra có thể đã cũ. Xin nghe cán bộ gọi trực tiếp.",
    en="This board has lost its signal and may be out of date. Please listen for the staff.",
    km="ផ្ទាំងនេះបាត់សញ្ញា លេខអាចចាស់ហើយ។ សូមស្តាប់មន្ត្រីហៅផ្ទាល់។",
)
COME_IN = Text(vi="Mời vào", en="Please come", km="សូមអញ្ជើញចូល")
BEING_SERVED = Text(vi="Đang phục vụ", en="Now serving", km="កំពុងបម្រើ")
OPEN = Text(vi="Quầy đang mở", en="Open", km="បើក")
WAIT_FOR_NUMBER = Text(vi="Xin chờ đến số của mình.", en="Please wait for your number.", km="សូមរង់ចាំដល់លេខរបស់អ្នក។")
PAUSED = Text(vi="Tạm nghỉ", en="On a break", km="សម្រាកបន្តិច")
BACK_SOON = Text(
    vi="Cán bộ sẽ trở lại, xin chờ trong giây lát.",
    en="The clerk will be back shortly.",
    km="មន្ត្រីនឹងត្រឡប់មកវិញ សូមរង់ចាំបន្តិច។",
)
DESK_CLOSED = Text(vi="Quầy đóng", en="Closed", km="បិទ")
LOOK_AT_HALL_BOARD = Text(
    vi="Mời xem bảng gọi số ở sảnh.", en="Please look at the board in the hall.", km="សូមមើលផ្ទាំងហៅលេខនៅក្នុងសាល។"
)
UNKNOWN_DESK = Text(vi="Chưa có thông tin", en="No information yet", km="មិនទាន់មានព័ត៌មាន")
ASK_STAFF = Text(vi="Xin hỏi quầy hướng dẫn.", en="Please ask at reception.", km="សូមសួរនៅកន្លែងណែនាំ។")
NEXT = Text(vi="Số tiếp theo (dự kiến)", en="Next (expected)", km="លេខបន្ទាប់ (រំពឹងទុក)")
NO_NEXT = Text(vi="Chưa có người chờ", en="Nobody is waiting", km="គ្មានអ្នករង់ចាំ")

MINUTES = Text(vi="phút", en="min", km="នាទី")


def waiting(count: int) -> Text:
    """How many people wait in the centre."""
    if not count:
        return Text(vi="Không ai phải chờ", en="Nobody is waiting", km="គ្មានអ្នករង់ចាំ")
    are = "person" if count == 1 else "people"
    return Text(vi=f"Đang chờ {count} người", en=f"{count} {are} waiting", km=f"អ្នករង់ចាំ {count} នាក់")


def minutes(low: int, high: int, second: Second) -> str:
    """A range of minutes; with a second language in signs that both read, and both units."""
    if not second:
        return f"dưới {high} phút" if low <= 0 else f"{low}–{high} phút"
    return f"{low}–{high} {both(MINUTES, second)}"


def spoken(language: object, second: Second) -> Second:
    """What stands below the Vietnamese for somebody who chose `language`: that, or the screen's `second`."""
    if language == "en":
        return "en"
    return "km" if language == "km" else second


def below(text: Text, second: Second) -> str:
    """What stands below the Vietnamese; "" where nothing does, or nobody has translated it."""
    return {"en": text.en, "km": text.km}.get(second, "")


def both(text: Text, second: Second) -> str:
    """A heading of one line: Vietnamese and, after a dot, the second language."""
    other = below(text, second)
    return f"{text.vi} · {other}" if other else text.vi
