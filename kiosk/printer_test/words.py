"""What `goiso printer-test` says to a technician: what happened and what to do, Vietnamese first.

Rules: pure; a sentence for each end that a trial can have, and none of them is an error message of a library alone.
"""

import errno
from typing import NamedTuple

from kiosk.parts import PrinterState

BAUDS = (9600, 19200, 38400, 57600, 115200)
"""Speeds that receipt printers are set to."""


class Said(NamedTuple):
    """One thing in two languages."""

    vi: str
    en: str


OPENED = Said("Đã mở {address}.", "Opened {address}.")
SIMULATED = Said(
    "Tệp cấu hình chọn máy in mô phỏng, không có gì để thử. Dùng --address.",
    "The configuration has a simulated printer: nothing to test. Use --address.",
)
FOUND = Said("Máy in: {name}. Trả lời DLE EOT: {asked}.", "Printer: {name}. It answers DLE EOT {asked}.")
NAMELESS = Said("không tự xưng tên", "does not say who made it")
TELLS = Said("Máy tự báo khi có thay đổi (GS a).", "It tells changes by itself (GS a).")
TELLS_NOT = Said(
    "Máy không tự báo, sẽ được hỏi mỗi giây một lần.", "It tells nothing by itself: it is asked every second."
)
CONFIRMS = Said("Máy xác nhận được việc đã làm ({way}).", "It confirms what it has done ({way}).")
CONFIRMS_NOT = Said(
    "Máy không xác nhận ({way}): mọi phiếu sẽ bị coi là không chắc. Thử --confirm {other}, hoặc đổi máy in.",
    "It does not confirm ({way}): every ticket would count as unsure. Try --confirm {other}, or another printer.",
)
PRINTED = Said(
    "Đã in: {size} byte trong {seconds:.1f} giây. Xem tờ giấy rồi ghi vào kiosk.toml:",
    "Printed: {size} bytes in {seconds:.1f} s. Look at the paper, then write into kiosk.toml:",
)
UNCONFIRMED = Said(
    "Đã gửi trang giấy nhưng máy không xác nhận là in xong.",
    "The page was sent, but the printer did not confirm that it is out.",
)
STATES: dict[PrinterState, Said] = {
    PrinterState.READY: Said("Máy in sẵn sàng.", "The printer is ready."),
    PrinterState.NEAR_END: Said("Giấy sắp hết, vẫn in được.", "Paper is nearly used up; it still prints."),
    PrinterState.PAPER_OUT: Said("Hết giấy: lắp cuộn mới rồi thử lại.", "Out of paper: put in a roll and try again."),
    PrinterState.COVER_OPEN: Said("Nắp đang mở: đóng lại rồi thử lại.", "The cover is open: close it and try again."),
    PrinterState.ERROR: Said(
        "Máy báo lỗi ({detail}): gỡ giấy kẹt ở dao cắt, tắt máy rồi bật lại.",
        "It reports an error ({detail}): free the knife of paper, switch it off and on.",
    ),
}
NONSENSE = Said(
    "Có tiếng trả lời nhưng không hiểu được: sai tốc độ đường truyền, hoặc đây không phải máy in ESC/POS.",
    "Something answers, but makes no sense: wrong speed, or no ESC/POS printer.",
)
SILENT = Said(
    "Máy không trả lời. Xem máy đã bật chưa, dây đã cắm chưa; nếu máy lấy số đang chạy thì dừng nó trước: "
    "systemctl stop goiso-kiosk.",
    "No answer. Is it switched on, is the cable in? If the kiosk is running, stop it first: "
    "systemctl stop goiso-kiosk.",
)
OTHER_SPEEDS = Said(
    "Thử tốc độ khác, như ghi trên tờ tự kiểm tra của máy:", "Try another speed; its self-test names it:"
)
_LOST: dict[int, Said] = {
    errno.ENOENT: Said(
        "Không có cổng này. Các cổng đang có: ls /dev/serial/by-id /dev/ttyUSB* /dev/ttyS*.",
        "There is no such port. Those there are: ls /dev/serial/by-id /dev/ttyUSB* /dev/ttyS*.",
    ),
    errno.EACCES: Said(
        "Không có quyền mở cổng. Chạy bằng sudo, hoặc thêm người dùng vào nhóm dialout và lp.",
        "No permission for this port. Use sudo, or add the user to the groups dialout and lp.",
    ),
    errno.ECONNREFUSED: Said(
        "Địa chỉ này có máy, nhưng cổng không mở. Máy in thường dùng cổng 9100; máy lấy số có thể đang giữ máy in.",
        "Something is at this address, but its port is closed. Printers use 9100; the kiosk may be holding it.",
    ),
    errno.EBUSY: Said(
        "Máy in đang bị chương trình khác giữ: systemctl stop goiso-kiosk.",
        "Another program holds the printer: systemctl stop goiso-kiosk.",
    ),
}
_AWAY = {
    "tcp": Said(
        "Không thấy máy in ở địa chỉ này. Xem nguồn, dây mạng và địa chỉ IP "
        "(in tờ tự kiểm tra: giữ nút FEED khi bật máy).",
        "No printer at this address. Look at power, cable and IP address (self-test: hold FEED while switching on).",
    ),
    "usb": Said(
        "Không thấy máy in USB có số này. Xem nguồn và dây; lsusb cho biết số, dạng 04b8:0e28.",
        "No USB printer has this number. Look at power and cable; lsusb tells the number, such as 04b8:0e28.",
    ),
}
_BROKE = Said("Mất đường tới máy in: {why}.", "The line to the printer was lost: {why}.")


TO_WRITE = """
  [printer]
  driver = "escpos"
  address = "{address}"
  dots = {dots}
  confirm = "{confirm}"
  smooth = false    # true: chữ số thứ hai viền mịn hơn / the second figures have smoother edges
  # Chỉ khi một dòng chữ Việt máy tự viết đúng / only if a Vietnamese line of its own reads right:
  # mode = "native"
  # tables = {{ tcvn3-lower = 30, tcvn3-upper = 31 }}    # hoặc / or {{ windows-1258 = 52 }}
"""


def unopened(error: BaseException, scheme: str) -> Said:
    """Why the line could not be opened; `scheme` is how its address begins."""
    found = _LOST.get(_number(error)) or _AWAY.get(scheme)
    return found or lost(error)


def lost(error: BaseException) -> Said:
    """What became of a line that was open."""
    return Said(*(words.replace("{why}", str(error)) for words in _BROKE))


def state(printer: PrinterState, detail: str) -> Said:
    """How the printer is."""
    return Said(*(words.replace("{detail}", detail) for words in STATES[printer]))


def _number(error: BaseException | None) -> int:
    """The first error number on the way to what went wrong."""
    while error is not None:
        if isinstance(error, OSError) and error.errno:
            return error.errno
        error = error.__cause__ or error.__context__
    return 0
