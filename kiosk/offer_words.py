"""What a kiosk says when time is short, in Vietnamese, English and Khmer.

Rules: those of `words`.
"""

from appliance.wire.choices import Offer
from appliance.wire.site import Text

TOO_LATE = Text(
    vi="Có thể không kịp trước giờ nghỉ",
    en="There may be no time before the break",
    km="ប្រហែលមិនទាន់ពេលមុនម៉ោងសម្រាក",
)
WHY = Text(
    vi="Sắp đến giờ nghỉ và còn người chờ trước bạn. Mời bạn chọn một cách.",
    en="It is nearly time for the break and others are before you. Please choose.",
    km="ជិតដល់ម៉ោងសម្រាក ហើយមានគេរង់ចាំមុនលោកអ្នក។\u200b សូមជ្រើសរើស។",
)
WHY_TONIGHT = Text(
    vi="Sắp hết giờ và còn người chờ trước bạn.",
    en="It is nearly closing time and others are before you.",
    km="ជិតដល់ម៉ោងបិទ ហើយមានគេរង់ចាំមុនលោកអ្នក។",
)
TONIGHT = Text(
    vi="Có thể không kịp trước giờ đóng cửa",
    en="There may be no time before closing",
    km="ប្រហែលមិនទាន់ពេលមុនម៉ោងបិទ",
)
NAMES: dict[Offer, Text] = {
    "afternoon": Text(vi="Lấy số cho buổi chiều", en="Take an afternoon number", km="យកលេខសម្រាប់ពេលរសៀល"),
    "anyway": Text(vi="Vẫn lấy số bây giờ", en="Take a number now all the same", km="យកលេខឥឡូវនេះដដែល"),
}
HINTS: dict[Offer, Text] = {
    "afternoon": Text(
        vi="Được gọi trước, từ {time}. Bạn có thể về rồi quay lại.",
        en="Called first, from {time}. You may leave and come back.",
        km="ហៅមុនគេ ចាប់ពីម៉ោង {time}។",
    ),
    "anyway": Text(
        vi="Có thể phải chờ đến sau {time}.",
        en="You may have to wait until after {time}.",
        km="ប្រហែលត្រូវរង់ចាំដល់ក្រោយម៉ោង {time}។",
    ),
}
ANYWAY_TONIGHT = Text(
    vi="Có thể không đến lượt trong hôm nay.",
    en="Your turn may not come today.",
    km="ថ្ងៃនេះប្រហែលមិនដល់វេនលោកអ្នក។",
)
NO_NUMBER = Text(vi="Không lấy số", en="No number, thank you", km="មិនយកលេខ")
CALLED_FROM = Text(vi="Được gọi từ", en="Called from", km="ហៅចាប់ពីម៉ោង")
