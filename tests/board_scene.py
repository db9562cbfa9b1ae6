"""Every state of a board, as views: what tests hold to account and what people look at."""

from collections.abc import Iterator
from dataclasses import replace

from display_board.views import (
    Arrow,
    BoardView,
    CallLine,
    CounterView,
    DeskCard,
    DeskMode,
    Mode,
    QueueLine,
    Second,
    View,
)

SECONDS: tuple[Second, ...] = ("", "en", "km")
SIZES = ((1280, 720), (1920, 1080), (720, 1280), (1080, 1920))
CENTRE = "Trung tâm Giải quyết thủ tục hành chính tỉnh Cà Mau"
NOTICE = "Số ưu tiên được gọi xen kẽ theo quy định"
LONG_NOTICE = 5 * (
    "Hôm nay Trung tâm nhận hồ sơ đất đai tại quầy 1 và quầy 2; công dân làm lý lịch tư pháp vui lòng chuẩn bị căn cước"
    " công dân. "
)
_QUEUES = (
    ("A", 6, (15, 25), "Đất đai, môi trường", "Land and environment", "ដីធ្លី បរិស្ថាន"),
    ("H", 4, (10, 20), "Giao thông vận tải", "Transport", "គមនាគមន៍ និងដឹកជញ្ជូន"),
    ("K", 7, (0, 10), "Tư pháp, lý lịch", "Justice, judicial records", "យុត្តិធម៌ ថ្កោលទោស"),
    ("L", 12, None, "Lao động, chính sách", "Labour and social affairs", "ការងារ គោលនយោបាយសង្គម"),
    ("M", 3, (5, 15), "Đăng ký kinh doanh, đầu tư", "Business registration, investment", "ចុះបញ្ជីអាជីវកម្ម វិនិយោគ"),
    ("N", 114, (50, 60), "Công an, căn cước", "Police, identity", "នគរបាល អត្តសញ្ញាណប័ណ្ណ"),
    ("P", 2, (0, 5), "Đăng ký trả kết quả tại nhà", "Have the result delivered home", "ចុះឈ្មោះទទួលលទ្ធផលនៅផ្ទះ"),
    ("S", 1, None, "", "", ""),
)


def queues(second: Second, count: int = len(_QUEUES)) -> tuple[QueueLine, ...]:
    """The first `count` queues, the last of which nobody has named."""
    return tuple(
        QueueLine(letter, vi, waiting, minutes, {"": "", "en": en, "km": km}[second])
        for letter, waiting, minutes, vi, en, km in _QUEUES[:count]
    )


NUMBERS = [f"{letter}{number:03d}" for letter, number in zip(5 * "AKHNM", range(42, 0, -1), strict=False)]
PLACES = {"en": "Counter", "km": "បញ្ជរលេខ"}
FEE = {"": "", "en": "Fee counter", "km": "បញ្ជរបង់ថ្លៃសេវា"}


def line(index: int, second: Second, *, serving: bool = False) -> CallLine:
    """The call number `index`, the newest first."""
    place = index + 1
    return CallLine(
        seq=100 - index,
        times=1,
        number=NUMBERS[index],
        place=f"Quầy {place}",
        place_short=str(place),
        second=second,
        place_second=f"{PLACES[second]} {place}" if second else "",
        arrow=(Arrow.LEFT, Arrow.UP, Arrow.RIGHT, Arrow.NONE)[index % 4],
        serving=serving,
    )


def hall(second: Second, calling: int, serving: int = 0, of_queues: int = 3, turn: int = 1) -> BoardView:
    """A hall in which so many are looked for and so many served."""
    lines = [line(index, second, serving=index >= calling) for index in range(calling + serving)]
    waiting = queues(second, of_queues)
    people = sum(queue.waiting for queue in waiting)
    return BoardView(
        Mode.CALLING, CENTRE, lines[0], tuple(lines[1:]), waiting, people, "07:42", turn=turn, second=second
    )


def halls(second: Second) -> Iterator[tuple[str, BoardView]]:
    """Every state of a hall's board."""
    fee = CallLine(9, 1, "H1024", "Quầy thu phí, lệ phí", "Thu phí, lệ phí", second, FEE[second], Arrow.DOWN)
    complaint = replace(fee, seq=8, place="Giám sát và Giải quyết khiếu nại", number="F1233")
    complaint = replace(complaint, place_short=complaint.place, place_second="")
    busy = hall(second, 6)
    yield "busy", replace(busy, notice=NOTICE)
    yield "pulsing", replace(busy, pulse=4, calls=tuple(replace(call, fresh=True) for call in busy.calls))
    yield "calling and serving", hall(second, 3, 3)
    yield "more than fit", hall(second, 6, 19, 8)
    yield "more than fit, next page", replace(hall(second, 6, 19, 8, turn=2), notice=LONG_NOTICE)
    yield "all at once", hall(second, 25, 0, 8)
    yield "one alone with queues", hall(second, 1, 0, 8)
    yield "one alone", hall(second, 1, 0, 0)
    yield "only served", hall(second, 0, 4)
    yield "stale", replace(hall(second, 6, 3), stale=True, notice=LONG_NOTICE)
    yield "long names", replace(busy, hero=fee, calls=(complaint, replace(fee, seq=7), *busy.calls[:2]))
    yield "long name served", replace(busy, hero=replace(complaint, serving=True), calls=())
    yield "waiting", BoardView(Mode.WAITING, CENTRE, None, (), queues(second), 148, "07:42", turn=2, second=second)
    yield "nobody", BoardView(Mode.WAITING, CENTRE, clock="07:42", second=second)
    yield "closed", BoardView(Mode.CLOSED, CENTRE, clock="17:30", notice=NOTICE, second=second)
    yield "starting", BoardView(Mode.STARTING, second=second)
    yield "starting in silence", BoardView(Mode.STARTING, stale=True, second=second)


def card(
    mode: DeskMode, second: Second, place: str = "Quầy 5 · bàn a", number: str = "", following: str = ""
) -> DeskCard:
    """One desk."""
    said = f"{PLACES[second]} 5" if second else ""
    return DeskCard("q05a", place, mode, number, following, seq=5, times=1, second=second, place_second=said)


def counters(second: Second) -> Iterator[tuple[str, CounterView]]:
    """Every state of a counter's board."""
    calling = card(DeskMode.CALLING, second, number="A042", following="A043")
    cards = [
        calling,
        replace(calling, pulse=4, fresh=True),
        card(DeskMode.SERVING, second, number="H1024"),
        card(DeskMode.OPEN, second, following="A043"),
        card(DeskMode.PAUSED, second, "Quầy thu phí, lệ phí · bàn a"),
        card(DeskMode.CLOSED, second, "Giám sát và Giải quyết khiếu nại"),
        card(DeskMode.UNKNOWN, second, "Q99"),
    ]
    for alone in cards:
        yield f"{alone.mode} {alone.pulse}", CounterView((alone,), "07:42", second=second)
    yield "two desks", CounterView((calling, cards[2]), "07:42", second=second)
    yield "two desks, stale", CounterView((cards[3], cards[4]), "07:42", stale=True, second=second)
    yield "six desks", CounterView(tuple(cards[1:]), "07:42", second=second)
    yield "seven desks", CounterView(tuple(cards), "", turn=1, second=second)


def every_view(second: Second) -> Iterator[tuple[str, View]]:
    """Every state of every kind of board."""
    yield from halls(second)
    yield from counters(second)
