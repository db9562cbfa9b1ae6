"""What the guide says beyond what stands on the pages, in Vietnamese and English.

Rules: said to people who cannot see: no "touch", no "on the left"; short, because one waits for every word. No voice
speaks Khmer: who chose it hears Vietnamese, and is told so.
"""

from appliance.wire.site import Text

WELCOME = Text(
    vi="Đây là máy lấy số của {centre}. Máy đọc từng lựa chọn. Phím Tiếp: nghe lựa chọn sau. Phím Chọn: chọn.",
    en="This is the ticket machine of {centre}. It reads out choices. Next key: the next one. Choose key: choose it.",
)
HOW = Text(
    vi="Nhấn phím Tiếp để nghe lựa chọn khác, phím Chọn để chọn.",
    en="Press the Next key for another choice, the Choose key to choose.",
)
CHOICES = Text(vi="Có {n} lựa chọn.", en="There are {n} choices.")
NO_VOICE = Text(
    vi="Máy chưa đọc được tiếng Khmer nên đọc bằng tiếng Việt.",
    en="This machine cannot speak Khmer yet, so it speaks English.",
)
ONLY_SHOWN = Text(vi="Tiếng Khmer, chỉ hiện chữ, chưa có tiếng nói", en="Khmer, shown but not spoken")
LEAVING = Text(
    vi="Còn {n} giây nữa máy về màn hình đầu. Nhấn phím bất kỳ để ở lại.",
    en="In {n} seconds the machine goes back to the start. Press any key to stay.",
)
CLOSING = Text(vi="Trang này đóng sau {n} giây.", en="This page closes in {n} seconds.")
THANKS = Text(vi="Xin cảm ơn. Nhấn phím bất kỳ để lấy số khác.", en="Thank you. Press any key to take another number.")
RESTING = Text(vi="Máy ngừng đọc. Nhấn phím bất kỳ để nghe lại.", en="The guide rests. Press any key to hear it again.")
