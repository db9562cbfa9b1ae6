"""Every sentence that a kiosk shows or prints, in Vietnamese, English and Khmer.

Rules: short, polite, plain; what happened and what to do now; no technical words; {braces} are filled by `phrases`. In
Khmer a zero-width space (written \\u200b) marks where a long sentence may break.
"""

from appliance.wire.site import Text
from kiosk.events import Outage, Sorry

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English", "km": "ខ្មែរ"}
LARGE = Text(vi="Chữ to", en="Larger text", km="អក្សរធំ")
DARK = Text(vi="Nền đen", en="High contrast", km="ផ្ទៃខ្មៅ")

# ------------------------------------------------------------------------------------------------------ choosing
WHAT = Text(vi="Bạn cần giải quyết việc gì?", en="What have you come for?", km="តើលោកអ្នកត្រូវការសេវាអ្វី?")
TOUCH_FIELD = Text(
    vi="Chạm vào lĩnh vực của bạn.", en="Touch the field of your business.", km="សូមប៉ះលើវិស័យដែលលោកអ្នកត្រូវការ។"
)
TOUCH_OR_TYPE = Text(
    vi="Chạm vào lĩnh vực, hoặc gõ tên thủ tục – không cần dấu.",
    en="Touch the field, or type the name of the procedure.",
    km="ប៉ះលើវិស័យ ឬវាយឈ្មោះនីតិវិធី។",
)
ALL_WAITING = Text(vi="Cả trung tâm: {n} người chờ", en="Whole centre: {n} waiting", km="មជ្ឈមណ្ឌល៖ រង់ចាំ {n} នាក់")
OTHER_FIELDS = Text(vi="{n} lĩnh vực khác", en="{n} other fields", km="វិស័យផ្សេងទៀត {n}")
SEE_ALL = Text(vi="Xem tất cả", en="See all", km="មើលទាំងអស់")
MORE_THINGS = Text(vi="{n} mục khác", en="{n} more", km="{n} ផ្សេងទៀត")
OTHER_THINGS = Text(vi="Các mục khác", en="More", km="ផ្សេងទៀត")
OTHERS = Text(vi="Các lĩnh vực khác", en="Other fields", km="វិស័យផ្សេងទៀត")
NEXT_PAGE = Text(vi="Trang sau", en="Next page", km="ទំព័របន្ទាប់")
FIRST_PAGE = Text(vi="Trang đầu", en="First page", km="ទំព័រដំបូង")
WHICH_SERVICE = Text(vi="Bạn đến để làm gì?", en="What would you like to do?", km="តើលោកអ្នកមកធ្វើអ្វី?")
HINTS = {
    "nop": Text(vi="Hồ sơ mới", en="A new dossier", km="សំណុំឯកសារថ្មី"),
    "tra": Text(vi="Bạn có giấy hẹn trả kết quả", en="You have a slip with a date", km="លោកអ្នកមានប័ណ្ណណាត់ទទួលលទ្ធផល"),
    "hoi": Text(vi="Hỏi thủ tục, mang thêm giấy tờ", en="A question, or missing papers", km="សួរនីតិវិធី ឬបន្ថែមឯកសារ"),
}

# -------------------------------------------------------------------------------------------------------- search
SEARCH_BOX = Text(
    vi="Tìm thủ tục: ly lich tu phap, dat dai…",
    en="Find a procedure: ly lich tu phap…",
    km="ស្វែងរកនីតិវិធី៖ ly lich tu phap…",
)
SEARCH_SHORT = Text(vi="Tìm thủ tục", en="Find a procedure", km="ស្វែងរកនីតិវិធី")
SEARCH_ALOUD = Text(
    vi="Tìm thủ tục theo tên, gõ từng chữ",
    en="Find a procedure by its name, letter by letter",
    km="ស្វែងរកនីតិវិធីតាមឈ្មោះ",
)
SEARCH = Text(vi="Bạn tìm thủ tục nào?", en="Which procedure?", km="តើលោកអ្នករកនីតិវិធីណា?")
SEARCH_HOW = Text(
    vi="Gõ không dấu, gõ tắt cũng được: lltp là lý lịch tư pháp.",
    en="In Vietnamese, no accents; first letters will do: lltp.",
    km="វាយជាភាសាវៀតណាម គ្មានសញ្ញា ឬអក្សរដើម៖ lltp",
)
SEARCH_EMPTY = Text(
    vi="Gõ vài chữ trong tên thủ tục, kết quả hiện ở đây.",
    en="Type a few letters of its Vietnamese name. What fits appears here.",
    km="វាយអក្សរខ្លះនៃឈ្មោះនីតិវិធី។\u200b លទ្ធផលនឹងបង្ហាញនៅទីនេះ។",
)
SEARCH_NOTHING = Text(
    vi="Không có thủ tục nào như vậy. Mời bạn gõ ít chữ hơn, hoặc hỏi bàn hướng dẫn.",
    en="No procedure is called so. Please type fewer letters, or ask at the reception desk.",
    km="គ្មាននីតិវិធីបែបនេះទេ។\u200b សូមវាយអក្សរតិចជាងនេះ ឬសួរនៅតុណែនាំ។",
)
FOUND = Text(vi="{n} thủ tục", en="{n} procedures", km="នីតិវិធី {n}")
FOUND_MANY = Text(
    vi="{n} thủ tục. Gõ thêm chữ để bớt kết quả.",
    en="{n} procedures. Type more letters for fewer.",
    km="នីតិវិធី {n}។\u200b វាយអក្សរបន្ថែមដើម្បីបង្រួម។",
)
FOUND_ONE = Text(vi="1 thủ tục", en="1 procedure", km="នីតិវិធី 1")
SAMPLE = Text(vi="Dữ liệu mẫu", en="Sample data", km="ទិន្នន័យគំរូ")
SPACE = Text(vi="Dấu cách", en="Space", km="ដកឃ្លា")
ERASE = Text(vi="Xóa", en="Delete", km="លុប")
ERASE_ALL = Text(vi="Xóa hết", en="Clear", km="លុបទាំងអស់")
ON_THE_SPOT = Text(vi="Giải quyết ngay", en="Settled at once", km="ដោះស្រាយភ្លាម")
FROM_HOME = Text(vi="Có thể nộp qua mạng tại nhà", en="Can be filed online from home", km="អាចដាក់តាមអនឡាញពីផ្ទះ")
ONLINE = Text(vi="Nộp qua mạng", en="Online", km="អនឡាញ")
LEVEL = Text(vi="Mức độ {n}", en="Level {n}", km="កម្រិត {n}")
ONLINE_HOW = Text(
    vi="Quét mã này bằng điện thoại để nộp hồ sơ qua mạng, không phải xếp hàng.",
    en="Scan this with your phone to file it online, without queueing.",
    km="ស្កេនកូដនេះដោយទូរស័ព្ទ ដើម្បីដាក់តាមអនឡាញ\u200b ដោយមិនចាំបាច់រង់ចាំ។",
)
PROCEDURE = Text(vi="Thủ tục bạn chọn", en="Your procedure", km="នីតិវិធីដែលលោកអ្នកជ្រើស")
NO_SUBMISSION = Text(
    vi="Thủ tục này hiện không lấy số tại máy. Mời bạn hỏi bàn hướng dẫn.",
    en="This procedure has no numbers at the machine just now. Please ask at the reception desk.",
    km="នីតិវិធីនេះមិនអាចយកលេខនៅម៉ាស៊ីនឥឡូវនេះទេ។\u200b សូមសួរនៅតុណែនាំ។",
)

# ------------------------------------------------------------------------------------------------------- waiting
NOBODY = Text(vi="Không ai chờ", en="No one waiting", km="គ្មានអ្នករង់ចាំ")
WAITING = Text(vi="{n} chờ", en="{n} ahead", km="{n} នាក់")
RANGE = Text(vi="{low}–{high} phút", en="{low}–{high} min", km="{low}–{high} នាទី")
UNDER = Text(vi="dưới {high} phút", en="under {high} min", km="ក្រោម {high} នាទី")
PEOPLE = Text(vi="{n} người", en="{n} people", km="{n} នាក់")
ONE_PERSON = Text(vi="1 người", en="1 person", km="1 នាក់")
NO_PERSON = Text(vi="Không có ai", en="Nobody", km="គ្មាន")

# ------------------------------------------------------------------------------------------------------ priority
PRIORITY = Text(vi="Tôi thuộc diện ưu tiên", en="I am entitled to priority", km="ខ្ញុំមានសិទ្ធិអាទិភាព")
PRIORITY_WHO = Text(
    vi="Từ 75 tuổi, mang thai, có trẻ nhỏ, khuyết tật, người có công",
    en="75 and over, pregnant, small child, disability, merit",
    km="អាយុ 75 ឆ្នាំឡើង មានផ្ទៃពោះ មានកូនតូច ពិការ អ្នកមានគុណូបការៈ",
)
PRIORITY_WHICH = Text(vi="Bạn thuộc diện nào?", en="Which applies to you?", km="តើលោកអ្នកស្ថិតក្នុងក្រុមណា?")
PRIORITY_HOW = Text(
    vi="Bạn tự khai, cán bộ có thể hỏi lại. Phiếu và bảng gọi số không ghi lý do.",
    en="You say so yourself; a clerk may ask. Neither ticket nor board shows the reason.",
    km="លោកអ្នកប្រកាសដោយខ្លួនឯង មន្ត្រីអាចសួរបញ្ជាក់។\u200b សំបុត្រ និងផ្ទាំងហៅលេខមិនបង្ហាញមូលហេតុទេ។",
)
PRIORITY_NONE = Text(vi="Không thuộc diện nào", en="None of these", km="មិនស្ថិតក្នុងក្រុមណាទេ")
CHOSEN = Text(vi="đã chọn", en="chosen", km="បានជ្រើស")
PRIORITY_CHOSEN = Text(vi="Diện ưu tiên", en="Priority", km="អាទិភាព")

# -------------------------------------------------------------------------------------------------- one's number
REVIEW = Text(vi="Lấy số cho việc này?", en="Take a number for this?", km="យកលេខសម្រាប់កិច្ចការនេះ?")
COUNTERS = Text(vi="Nơi làm việc", en="Where", km="ទីកន្លែង")
NOW_WAITING = Text(vi="Đang chờ", en="Waiting now", km="កំពុងរង់ចាំ")
EXPECT = Text(vi="Chờ khoảng", en="Expected wait", km="រង់ចាំប្រហែល")
BRING = Text(vi="Cần có", en="Have ready", km="ត្រូវមាន")
TAKE = Text(vi="Lấy số", en="Take a number", km="យកលេខ")
BACK = Text(vi="Quay lại", en="Back", km="ថយក្រោយ")
HOME = Text(vi="Về đầu", en="Start again", km="ទៅដើម")
COUNTDOWN = Text(
    vi="Tự về màn hình đầu sau {n} giây. Chạm để ở lại.",
    en="Back to the start in {n} seconds. Touch to stay.",
    km="ត្រឡប់ទៅដើមក្នុង {n} វិនាទី។ ប៉ះដើម្បីនៅបន្ត។",
)
SECONDS = Text(vi="Còn {n} giây", en="{n} seconds", km="{n} វិនាទី")
CLOSES_IN = Text(vi="Trang này tự đóng sau {n} giây.", en="Closes in {n} seconds.", km="បិទក្នុង {n} វិនាទី។")
ASKING = Text(vi="Đang lấy số cho bạn", en="Getting your number", km="កំពុងយកលេខជូនលោកអ្នក")
PRINTING = Text(vi="Đang in phiếu", en="Printing your ticket", km="កំពុងបោះពុម្ពសំបុត្រ")
WAIT_A_MOMENT = Text(vi="Mời bạn đợi một chút.", en="One moment, please.", km="សូមរង់ចាំបន្តិច។")
YOUR_NUMBER = Text(vi="Số của bạn", en="Your number", km="លេខរបស់លោកអ្នក")
TAKE_PAPER = Text(vi="Mời bạn lấy phiếu", en="Please take your ticket", km="សូមយកសំបុត្រ")
THEN_WATCH = Text(
    vi="Khi bảng gọi số này, mời bạn đến {place}.",
    en="When the board calls it, please go to {place}.",
    km="ពេលផ្ទាំងហៅលេខនេះ សូមទៅ {place}។",
)
AHEAD = Text(vi="Trước bạn", en="Ahead of you", km="មុនលោកអ្នក")
DONE = Text(vi="Xong", en="Done", km="រួចរាល់")
TRY_AGAIN = Text(vi="Về màn hình đầu", en="Back to the start", km="ត្រឡប់ទៅដើម")

# --------------------------------------------------------------------------------------------------- misfortunes
DOUBT = Text(vi="Phiếu có thể chưa in xong", en="Your ticket may not have printed", km="សំបុត្រប្រហែលបោះពុម្ពមិនទាន់រួច")
DOUBT_WHAT = Text(
    vi="Số này vẫn được gọi. Mời bạn nhớ số và báo bàn hướng dẫn.",
    en="The number will be called all the same. Please remember it and tell the reception desk.",
    km="លេខនេះនៅតែត្រូវបានហៅ។\u200b សូមចងចាំលេខ ហើយប្រាប់តុណែនាំ។",
)
_RECEPTION_VI = "Mời bạn đến bàn hướng dẫn để lấy số."
_RECEPTION_EN = "Please get your number at the reception desk."
_RECEPTION_KM = "សូមទៅយកលេខនៅតុណែនាំ។"
SORRY: dict[Sorry, tuple[Text, Text]] = {
    Sorry.NO_ANSWER: (
        Text(vi="Chưa lấy được số", en="No number this time", km="មិនទាន់យកលេខបាន"),
        Text(
            vi="Hệ thống trả lời chậm, chưa có số nào được cấp. Mời bạn thử lại.",
            en="The system was too slow; no number was issued. Please try again.",
            km="ប្រព័ន្ធឆ្លើយយឺត មិនទាន់មានលេខត្រូវបានចេញទេ។\u200b សូមព្យាយាមម្តងទៀត។",
        ),
    ),
    Sorry.NO_TIME: (
        Text(vi="Hôm nay có thể không kịp", en="There may be no time today", km="ថ្ងៃនេះប្រហែលមិនទាន់ពេលទេ"),
        Text(
            vi="Sắp hết giờ và còn người chờ trước bạn. Mời bạn đến vào ngày làm việc tới hoặc hỏi bàn hướng dẫn.",
            en="It is nearly closing time and others are before you. Please come on another day, or ask at reception.",
            km="ជិតដល់ម៉ោងបិទ ហើយមានគេរង់ចាំមុនលោកអ្នក។\u200b សូមមកថ្ងៃធ្វើការបន្ទាប់ ឬសួរនៅតុណែនាំ។",
        ),
    ),
    Sorry.CLOSED: (
        Text(vi="Hiện chưa cấp số", en="No numbers at this hour", km="ឥឡូវនេះមិនចេញលេខទេ"),
        Text(
            vi="Trung tâm đang ngoài giờ nhận. Mời bạn hỏi bàn hướng dẫn.",
            en="The centre does not take anyone in at this hour. Please ask at the reception desk.",
            km="មជ្ឈមណ្ឌលស្ថិតក្រៅម៉ោងទទួល។\u200b សូមសួរនៅតុណែនាំ។",
        ),
    ),
    Sorry.REFUSED: (
        Text(vi="Máy không cấp được số này", en="Not available here", km="ម៉ាស៊ីនមិនអាចចេញលេខនេះបានទេ"),
        Text(
            vi=f"Việc này tạm thời không lấy số tại máy. {_RECEPTION_VI}",
            en=f"This service has no numbers at the machine just now. {_RECEPTION_EN}",
            km=f"សេវានេះមិនអាចយកលេខនៅម៉ាស៊ីនជាបណ្តោះអាសន្ន។\u200b {_RECEPTION_KM}",
        ),
    ),
    Sorry.NOT_PRINTED: (
        Text(vi="Phiếu chưa in được", en="Your ticket was not printed", km="សំបុត្រមិនទាន់បោះពុម្ពបាន"),
        Text(
            vi="Máy in chưa sẵn sàng nên số vừa cấp đã được hủy. Mời bạn thử lại hoặc đến bàn hướng dẫn.",
            en="The printer was not ready, so the number was cancelled. Please try again or ask at the reception desk.",
            km="ម៉ាស៊ីនបោះពុម្ពមិនទាន់រួចរាល់ លេខត្រូវបានលុបចោល។\u200b សូមព្យាយាមម្តងទៀត ឬទៅតុណែនាំ។",
        ),
    ),
}
SORRY_GONE = (
    Text(vi="Việc này hiện không nhận", en="Not on offer just now", km="សេវានេះមិនទទួលឥឡូវនេះទេ"),
    Text(
        vi="Mời bạn chọn việc khác hoặc hỏi bàn hướng dẫn.",
        en="Please choose something else, or ask at the reception desk.",
        km="សូមជ្រើសរើសសេវាផ្សេង ឬសួរនៅតុណែនាំ។",
    ),
)
OUTAGES: dict[Outage, tuple[Text, Text]] = {
    Outage.STARTING: (
        Text(vi="Máy đang khởi động", en="Starting up", km="ម៉ាស៊ីនកំពុងចាប់ផ្តើម"),
        Text(vi="Mời bạn đợi trong giây lát.", en="Just a moment, please.", km="សូមរង់ចាំមួយភ្លែត។"),
    ),
    Outage.HUB_AWAY: (
        Text(vi="Máy tạm ngừng cấp số", en="No numbers at the moment", km="ម៉ាស៊ីនផ្អាកចេញលេខ"),
        Text(
            vi=f"Máy đang mất liên lạc với trung tâm. {_RECEPTION_VI}",
            en=f"This machine has lost contact with the centre. {_RECEPTION_EN}",
            km=f"ម៉ាស៊ីនដាច់ទំនាក់ទំនងជាមួយមជ្ឈមណ្ឌល។\u200b {_RECEPTION_KM}",
        ),
    ),
    Outage.CLOSED: (
        Text(vi="Ngoài giờ nhận hồ sơ", en="The centre is closed now", km="ក្រៅម៉ោងទទួលឯកសារ"),
        Text(
            vi="Máy cấp số trở lại khi trung tâm mở cửa.",
            en="Numbers are available again when the centre opens.",
            km="ម៉ាស៊ីននឹងចេញលេខវិញពេលមជ្ឈមណ្ឌលបើក។",
        ),
    ),
    Outage.PAPER_OUT: (
        Text(vi="Máy in hết giấy", en="The printer is out of paper", km="ម៉ាស៊ីនបោះពុម្ពអស់ក្រដាស"),
        Text(
            vi=f"Nhân viên sẽ thay giấy. {_RECEPTION_VI}",
            en=f"Somebody will put in a new roll. {_RECEPTION_EN}",
            km=f"បុគ្គលិកនឹងដាក់ក្រដាសថ្មី។\u200b {_RECEPTION_KM}",
        ),
    ),
    Outage.COVER_OPEN: (
        Text(vi="Nắp máy in đang mở", en="The printer is open", km="គម្របម៉ាស៊ីនបោះពុម្ពបើក"),
        Text(
            vi=f"Máy cấp số trở lại khi nắp được đóng. {_RECEPTION_VI}",
            en=f"Numbers are available again once it is closed. {_RECEPTION_EN}",
            km=f"ម៉ាស៊ីននឹងចេញលេខវិញពេលបិទគម្រប។\u200b {_RECEPTION_KM}",
        ),
    ),
    Outage.PRINTER_FAULT: (
        Text(vi="Máy in chưa sẵn sàng", en="The printer is not ready", km="ម៉ាស៊ីនបោះពុម្ពមិនទាន់រួចរាល់"),
        Text(
            vi=f"Nhân viên đã được báo. {_RECEPTION_VI}",
            en=f"The staff have been told. {_RECEPTION_EN}",
            km=f"បុគ្គលិកបានទទួលដំណឹងហើយ។\u200b {_RECEPTION_KM}",
        ),
    ),
}

# -------------------------------------------------------------------------------------------------------- on paper
ON_PAPER_COUNTERS = Text(vi="Đến {place}", en="Go to {place}", km="សូមទៅ {place}")
ON_PAPER_PLACE = Text(vi="Đến: {place}", en="Go to: {place}", km="សូមទៅ៖ {place}")
ON_PAPER_AHEAD = Text(vi="Số người trước bạn", en="People ahead of you", km="ចំនួនអ្នកនៅមុន")
ON_PAPER_WAIT = Text(vi="Chờ khoảng (phút)", en="Expected wait (min)", km="រង់ចាំប្រហែល (នាទី)")
ON_PAPER_CLOCK = Text(vi="Gọi vào khoảng", en="Called at about", km="ហៅនៅម៉ោងប្រហែល")
ON_PAPER_DUE = Text(vi="Không gọi trước", en="Not called before", km="មិនហៅមុនម៉ោង")
ON_PAPER_TAKEN = Text(vi="Lấy số lúc", en="Issued", km="យកលេខនៅ")
ON_PAPER_BRING = Text(vi="Cần có: {what}", en="Have ready: {what}", km="ត្រូវមាន៖ {what}")
ON_PAPER_MISSED = Text(
    vi="Lỡ lượt? Mời bạn báo ngay tại quầy để được gọi lại.",
    en="Missed your turn? Tell the counter at once and you will be called again.",
    km="ខកខានវេន? សូមប្រាប់បញ្ជរភ្លាម ដើម្បីបានហៅម្តងទៀត។",
)
ON_PAPER_CODE = Text(
    vi="Quét để theo dõi lượt, và đánh giá sau khi xong.",
    en="Scan to follow your turn, and to rate it afterwards.",
    km="ស្កេនដើម្បីតាមដានវេន និងវាយតម្លៃពេលរួច។",
)
ON_PAPER_NUMBER = Text(vi="SỐ THỨ TỰ CỦA BẠN", en="YOUR NUMBER", km="លេខរបស់លោកអ្នក")
ON_PAPER_VOID = Text(
    vi="Phiếu in dở ở trên, nếu có, không hợp lệ.",
    en="An unfinished ticket above, if any, is void.",
    km="សំបុត្របោះពុម្ពមិនរួចខាងលើ (បើមាន) គ្មានសុពលភាព។",
)

# ------------------------------------------------------------------------------------------------------- calendar
WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "km": ("ថ្ងៃចន្ទ", "ថ្ងៃអង្គារ", "ថ្ងៃពុធ", "ថ្ងៃព្រហស្បតិ៍", "ថ្ងៃសុក្រ", "ថ្ងៃសៅរ៍", "ថ្ងៃអាទិត្យ"),
}
