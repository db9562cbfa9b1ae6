"""What a kiosk says of codes and cards that are shown to it, in Vietnamese, English and Khmer.

Rules: those of `words`.
"""

from appliance.wire.site import Text
from kiosk.shown import Remark

REMARKS: dict[Remark, Text] = {
    Remark.CARD: Text(
        vi="Đã đọc thẻ căn cước. Mời bạn tiếp tục.",
        en="Your card was read. Please go on.",
        km="បានអានកាតរួច។",
    ),
    Remark.UNKNOWN: Text(
        vi="Máy không hiểu mã này. Mời bạn chọn trên màn hình.",
        en="This code means nothing here. Please choose on the screen.",
        km="ម៉ាស៊ីនមិនស្គាល់កូដនេះទេ។",
    ),
    Remark.APPOINTMENT: Text(
        vi="Ở đây chưa dùng mã hẹn. Mời bạn lấy số như thường.",
        en="Appointments are not used here. Please take a number.",
        km="ទីនេះគ្មានការណាត់ទេ សូមយកលេខ។",
    ),
    Remark.ELSEWHERE: Text(
        vi="Giấy này không lấy số tại máy. Mời hỏi bàn hướng dẫn.",
        en="No numbers here for this receipt. Please ask at reception.",
        km="សូមយកប័ណ្ណនេះទៅតុណែនាំ។",
    ),
}
CARD_GIVES = Text(vi="Đã đọc thẻ. Ưu tiên: {group}", en="Card read. Priority: {group}", km="អាទិភាព៖ {group}")
HELD = Text(vi="Bạn đã có số rồi", en="You have a number already", km="លោកអ្នកមានលេខរួចហើយ")
HELD_WHY = Text(
    vi="Mỗi thẻ lấy một số ở mỗi hàng chờ.\nSố này vẫn được gọi.",
    en="One number per card and queue.\nThis one will still be called.",
    km="កាតមួយយកលេខមួយក្នុងជួរនីមួយៗ។\nលេខនេះនៅតែត្រូវបានហៅ។",
)
HELD_CALLED = Text(
    vi="Số này đang được gọi.\nMời bạn đến {place} ngay.",
    en="It is being called now.\nPlease go to {place} at once.",
    km="លេខនេះកំពុងត្រូវបានហៅ។\nសូមទៅ {place} ភ្លាម។",
)
