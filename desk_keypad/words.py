"""What a clerk reads on a keypad's display, and on the page of the virtual centre.

Rules: pure; Vietnamese first; says what happened and what to do now.
"""

from appliance.wire.choices import Action
from appliance.wire.told import Words

AWAY = Words(vi="Mất liên lạc với máy chủ. Bấm phím chưa có tác dụng.", en="The hub is away. Keys do nothing now.")
UNSURE = Words(
    vi="Mất liên lạc. Chưa rõ lần bấm vừa rồi đã được thực hiện chưa; máy sẽ tự hỏi lại.",
    en="The hub is away: what became of the last press will be asked.",
)
WAIT = Words(vi="Đang gửi…", en="Sending…")
READY = Words(vi="Sẵn sàng", en="Ready")
UNKNOWN = Words(
    vi="Máy chủ không trả lời. Hãy xem bảng số rồi bấm lại.", en="No answer. Look at the board, then press again."
)
NOBODY = Words(vi="Không có ai chờ.", en="Nobody is waiting.")
NO_CHOICE = Words(vi="Phím này chưa được cài đặt.", en="This key is not set up.")
CANCELLED = Words(vi="Đã bỏ qua, chưa làm gì.", en="Taken back; nothing was done.")
CHANGED = Words(
    vi="Số tại bàn vừa đổi, chưa làm gì. Hãy xem rồi bấm lại.",
    en="The number at the desk has changed; nothing was done. Look, then press again.",
)
CONFIRM = Words(vi="Bấm lại phím đó để đồng ý.", en="Press the same key again to agree.")
CHOOSE = Words(vi="Bấm một số để chọn.", en="Press a digit to choose.")

ASKED: dict[Action, Words] = {
    "no_show": Words(vi="Ghi vắng mặt?", en="Not here?"),
    "close": Words(vi="Đóng bàn?", en="Close the desk?"),
    "transfer": Words(vi="Chuyển đến đâu?", en="Send where?"),
    "pause": Words(vi="Tạm nghỉ vì sao?", en="Pause for what?"),
    "take": Words(vi="Gọi lại số đang giữ chỗ nào?", en="Which parked number?"),
}
DONE: dict[Action, Words] = {
    "open": Words(vi="Đã mở bàn.", en="The desk is open."),
    "close": Words(vi="Đã đóng bàn.", en="The desk is closed."),
    "pause": Words(vi="Đã tạm nghỉ.", en="The desk is paused."),
    "resume": Words(vi="Tiếp tục làm việc.", en="The desk goes on."),
    "next": Words(vi="Đã gọi.", en="Called."),
    "recall": Words(vi="Đã gọi lại.", en="Called again."),
    "no_show": Words(vi="Đã ghi vắng mặt.", en="Noted as not here."),
    "finish": Words(vi="Đã xong.", en="Finished."),
    "park": Words(vi="Đã giữ chỗ.", en="Parked."),
    "transfer": Words(vi="Đã chuyển.", en="Sent on."),
    "take": Words(vi="Đã gọi.", en="Called."),
    "undo": Words(vi="Đã hoàn tác.", en="Undone."),
}
