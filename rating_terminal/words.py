"""What a terminal says, in the languages of the centre.

Rules: pure; short and polite; no blame; the levels' own names come from the centre, those here serve until it answers.
"""

from appliance.wire.site import LevelWords, Text
from rating_terminal.session import Say

SAID: dict[Say, Text] = {
    Say.NOTHING: Text(
        vi="Mời đánh giá khi cán bộ đã làm xong việc cho bạn",
        en="You can rate the service once it is finished",
        km="អាចវាយតម្លៃបាន ពេលបម្រើរួច",
    ),
    Say.ASK: Text(
        vi="Bạn có hài lòng với lần phục vụ này?",
        en="Were you satisfied with this service?",
        km="តើអ្នកពេញចិត្តនឹងការបម្រើនេះទេ?",
    ),
    Say.THANKS: Text(vi="Cảm ơn bạn đã đánh giá", en="Thank you for your rating", km="សូមអរគុណសម្រាប់ការវាយតម្លៃ"),
    Say.CHANGED: Text(vi="Đã đổi lại, cảm ơn bạn", en="Changed, thank you", km="បានកែប្រែហើយ សូមអរគុណ"),
    Say.ALREADY: Text(
        vi="Lần phục vụ này đã được đánh giá, cảm ơn bạn",
        en="This service has been rated already, thank you",
        km="ការបម្រើនេះបានវាយតម្លៃរួចហើយ សូមអរគុណ",
    ),
    Say.NOT_OPEN: Text(
        vi="Chưa đến lúc đánh giá. Xin chờ cán bộ làm xong việc",
        en="Not open yet. Please wait until the service is finished",
        km="មិនទាន់ដល់ពេលវាយតម្លៃទេ សូមរង់ចាំ",
    ),
    Say.ONE_PLEASE: Text(vi="Xin bấm một nút thôi", en="Please press one button only", km="សូមចុចប៊ូតុងតែមួយ"),
    Say.NOT_KEPT: Text(
        vi="Máy chưa ghi được. Xin bấm lại hoặc báo cán bộ",
        en="It could not be saved. Please press again or tell the staff",
        km="មិនអាចរក្សាទុកបានទេ សូមចុចម្ដងទៀត",
    ),
}
PRIVACY = Text(
    vi="Cán bộ không nhìn thấy bạn chọn gì. Kết quả chỉ công bố theo nhóm.",
    en="The staff cannot see what you choose. Results are published for groups only.",
    km="បុគ្គលិកមើលមិនឃើញអ្វីដែលអ្នកជ្រើសរើសទេ។",
)

_VERY = Text(vi="Rất hài lòng", en="Very satisfied", km="ពេញចិត្តខ្លាំង")
_YES = Text(vi="Hài lòng", en="Satisfied", km="ពេញចិត្ត")
_SO_SO = Text(vi="Bình thường", en="Neutral", km="ធម្មតា")
_NO = Text(vi="Không hài lòng", en="Dissatisfied", km="មិនពេញចិត្ត")
_NOT_AT_ALL = Text(vi="Rất không hài lòng", en="Very dissatisfied", km="មិនពេញចិត្តខ្លាំង")
_LEVELS: dict[int, tuple[Text, ...]] = {
    2: (_YES, _NO),
    3: (_YES, _SO_SO, _NO),
    4: (_VERY, _YES, _SO_SO, _NO),
    5: (_VERY, _YES, _SO_SO, _NO, _NOT_AT_ALL),
}


def level_names(count: int, known: tuple[LevelWords, ...] = ()) -> tuple[Text, ...]:
    """The names of `count` levels, the best first: the centre's own where it names exactly so many."""
    if len(known) == count:
        return tuple(each.name for each in sorted(known, key=lambda each: each.level))
    return _LEVELS[count]
