"""Somebody who cannot see the screen takes a number: two keys, a voice, and all the time that it needs."""

from kiosk import events as e
from kiosk import guide_words
from kiosk.guiding import REMIND_S, REST_S, SLOWER, WARN_S
from kiosk.keys import Key, KeyPressed, KeysAre
from kiosk.parts import Outcome, PrintEnded, ScreenTouched
from kiosk.states import Times
from kiosk.view import Ring
from tests.edges.kiosk_app.kiosk_at_work import Hub, Kiosk

BROWSE_S = Times().browse_s * SLOWER


def press(kiosk: Kiosk, hub: Hub, *keys: Key) -> None:
    for key in keys:
        kiosk.say(KeyPressed(key))
        kiosk.live(1, hub)


def walk(kiosk: Kiosk, hub: Hub, words: str) -> None:
    """NEXT until these words are heard, then CHOOSE."""
    for _ in range(40):
        if words in kiosk.throat.said[-1]:
            press(kiosk, hub, Key.CHOOSE)
            return
        press(kiosk, hub, Key.NEXT)
    raise AssertionError(f"{words!r} was never heard: {kiosk.throat.said[-40:]}")


def finish(kiosk: Kiosk) -> None:
    kiosk.throat.finish()
    kiosk.say()


def rings(kiosk: Kiosk) -> list[Ring]:
    return [mark for mark in kiosk.glass.views[-1].marks if isinstance(mark, Ring)]


def ringed(kiosk: Kiosk) -> e.Event:
    outer = rings(kiosk)[0].rect
    middle = (outer.x + outer.w / 2, outer.y + outer.h / 2)
    view = kiosk.glass.views[-1]
    meaning = view.meaning(middle[0] / view.width, middle[1] / view.height)
    assert meaning is not None
    return meaning


def test_a_number_is_taken_by_two_keys_alone(kiosk: Kiosk, hub: Hub) -> None:
    press(kiosk, hub, Key.NEXT)
    walk(kiosk, hub, "Đất đai, môi trường")
    walk(kiosk, hub, "Nộp hồ sơ")
    walk(kiosk, hub, "Lấy số")
    assert len(hub.asked) == 1
    ticket = hub.answer(hub.asked[0])
    kiosk.say()
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    assert kiosk.page == "take"
    heard = kiosk.throat.said
    assert heard[0][0].startswith("Đây là máy lấy số của Trung tâm")
    assert heard[0][1:] == ["Bạn cần giải quyết việc gì?", "Có 21 lựa chọn.", "English"]
    assert heard[1] == ["Nộp phí, lệ phí"]
    assert heard[-5][0] == "Bạn đến để làm gì?"
    assert heard[-4][:3] == ["Lấy số cho việc này?", "Đất đai, môi trường", "Nộp hồ sơ"]
    assert heard[-4][-1] == "Lấy số"
    assert heard[-3] == ["Đang lấy số cho bạn"]
    assert heard[-2] == ["Đang in phiếu"]
    assert heard[-1][:3] == ["Mời bạn lấy phiếu", "Số của bạn", "a, không, bốn, tám"]
    assert "Trước bạn: 6 người" in heard[-1]
    assert heard[-1][-1] == "Xong"
    assert kiosk.throat.tongues == {"vi", "en"}  # the name of the other language is said in it
    press(kiosk, hub, Key.CHOOSE)
    assert kiosk.page == "start"
    assert heard[-1] == [guide_words.THANKS.vi]
    assert not rings(kiosk)


def test_the_same_in_english(kiosk: Kiosk, hub: Hub) -> None:
    press(kiosk, hub, Key.NEXT, Key.CHOOSE)
    walk(kiosk, hub, "Land and environment")
    walk(kiosk, hub, "Submit a dossier")
    walk(kiosk, hub, "Take a number")
    ticket = hub.answer(hub.asked[0])
    kiosk.say()
    kiosk.say(PrintEnded(ticket.id, Outcome.PRINTED))
    heard = kiosk.throat.said
    assert heard[1] == ["What have you come for?", "There are 21 choices.", "Pay a fee"]
    assert heard[-1][:3] == ["Please take your ticket", "Your number", "A, zero, four, eight"]
    assert heard[-1][-1] == "Done"
    assert hub.asked[0].lang == "en"
    press(kiosk, hub, Key.CHOOSE)
    assert heard[-1] == [guide_words.THANKS.en]


def test_a_double_press_of_choose_asks_for_one_number(kiosk: Kiosk, hub: Hub) -> None:
    press(kiosk, hub, Key.NEXT)
    walk(kiosk, hub, "Đất đai, môi trường")
    walk(kiosk, hub, "Nộp hồ sơ")
    for _ in range(4):
        kiosk.say(KeyPressed(Key.CHOOSE))
        kiosk.seconds += 0.05
    press(kiosk, hub, *6 * [Key.CHOOSE])
    assert len(hub.asked) == 1


def test_the_ring_stands_where_the_voice_is(kiosk: Kiosk, hub: Hub) -> None:
    assert not rings(kiosk)
    press(kiosk, hub, Key.NEXT)
    assert ringed(kiosk) == e.Spoke("en")
    press(kiosk, hub, Key.NEXT)
    assert ringed(kiosk) == e.Wanted("fee")
    assert len(rings(kiosk)) == 2
    kiosk.live(3, hub)
    assert ringed(kiosk) == e.Wanted("fee")


def test_a_silent_listener_hears_everything_once_more_and_then_the_guide_rests(kiosk: Kiosk, hub: Hub) -> None:
    press(kiosk, hub, Key.NEXT)
    finish(kiosk)
    kiosk.live(int(REMIND_S) + 1, hub)
    assert len(kiosk.throat.said) == 2
    assert kiosk.throat.said[1][0] == guide_words.HOW.vi
    assert "Bạn cần giải quyết việc gì?" in kiosk.throat.said[1]
    finish(kiosk)
    kiosk.live(int(REMIND_S) + 5, hub)
    assert len(kiosk.throat.said) == 2
    kiosk.live(int(REST_S), hub)
    assert kiosk.throat.said[2] == [guide_words.RESTING.vi]
    assert not rings(kiosk)
    press(kiosk, hub, Key.CHOOSE)
    assert kiosk.throat.said[3][0].startswith("Đây là máy lấy số")


def test_a_listener_has_more_time_and_is_told_before_it_is_over(kiosk: Kiosk, hub: Hub) -> None:
    press(kiosk, hub, Key.NEXT)
    walk(kiosk, hub, "Đất đai, môi trường")
    finish(kiosk)
    kiosk.live(int(REMIND_S) + 1, hub)
    finish(kiosk)
    said = len(kiosk.throat.said)
    kiosk.live(int(BROWSE_S - WARN_S) - 2, hub)
    assert (kiosk.page, len(kiosk.throat.said)) == ("services", said)
    kiosk.live(3, hub)
    assert kiosk.throat.said[-1] == [guide_words.LEAVING.vi.format(n=20)]
    press(kiosk, hub, Key.NEXT)
    kiosk.live(int(WARN_S) + 5, hub)
    assert kiosk.page == "services"  # a key was enough to stay
    kiosk.live(int(BROWSE_S) + 60, hub)
    assert kiosk.page == "start"
    assert not rings(kiosk)


def test_a_page_that_nobody_listens_to_goes_at_last(kiosk: Kiosk, hub: Hub) -> None:
    press(kiosk, hub, Key.NEXT)
    walk(kiosk, hub, "Đất đai, môi trường")
    for _ in range(int(BROWSE_S) + 60):
        finish(kiosk)  # whatever is said comes to its end
        kiosk.live(1, hub)
    assert kiosk.page == "start"
    assert [guide_words.LEAVING.vi.format(n=20)] in kiosk.throat.said
    assert not rings(kiosk)


def test_no_page_runs_out_while_the_guide_speaks(kiosk: Kiosk, hub: Hub) -> None:
    press(kiosk, hub, Key.NEXT)
    walk(kiosk, hub, "Đất đai, môi trường")
    for _ in range(2):  # what the page tells, and the same once more
        kiosk.live(int(BROWSE_S) - 30, hub)
        finish(kiosk)
    assert kiosk.page == "services"


def test_whoever_touches_the_screen_is_not_talked_to(kiosk: Kiosk, hub: Hub) -> None:
    press(kiosk, hub, Key.NEXT)
    kiosk.say(ScreenTouched(0.5, 0.01))
    assert not rings(kiosk)
    said = len(kiosk.throat.said)
    kiosk.touch("Chose(field='tnmt')")
    assert len(kiosk.throat.said) == said
    kiosk.wait(Times().browse_s + 1)
    assert kiosk.page in ("start", "out")


def test_bad_news_is_heard_too(kiosk: Kiosk, hub: Hub) -> None:
    press(kiosk, hub, Key.NEXT)
    walk(kiosk, hub, "Đất đai, môi trường")
    walk(kiosk, hub, "Nộp hồ sơ")
    walk(kiosk, hub, "Lấy số")
    hub.refuse(hub.asked[0], "closed")
    kiosk.say()
    assert kiosk.throat.said[-1][0] == "Hiện chưa cấp số"
    hub.open(is_open=False)
    kiosk.say()
    press(kiosk, hub, Key.CHOOSE)
    press(kiosk, hub, Key.NEXT)
    assert any("Ngoài giờ nhận hồ sơ" in words for words in kiosk.throat.said[-1])


def test_a_keypad_that_is_unplugged_is_told_to_the_hub(kiosk: Kiosk, hub: Hub) -> None:
    kiosk.say(KeysAre(present=True))
    kiosk.say(KeysAre(present=False, detail="/dev/queue-keys: unplugged"))
    part = hub.health[-1].parts["keys"]
    assert (part.state, part.reason) == ("fault", "/dev/queue-keys: unplugged")
