"""Somebody who cannot see takes a number: nothing is chosen unheard, nothing is said twice, nobody is lost."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.sound.said import Said
from appliance.sound.sentences import name_of
from appliance.wire.site import Text
from kiosk import events as e
from kiosk import guide_words
from kiosk import words as kiosk_words
from kiosk.flow import step
from kiosk.guide import Guide, Page, choices, follow, leave, press, remind
from kiosk.keys import Key
from kiosk.screens import view
from kiosk.states import Flow, State, Times, begin
from tests.kiosk_scene import LANGUAGES, SIZES, TICKET, every_page, sight

VOICES = frozenset({"vi", "en"})
CENTRE = "Trung tâm Giải quyết thủ tục hành chính"


def page_of(flow: Flow) -> Page:
    spoken = flow.language if flow.language in VOICES else "vi"
    return Page(view(sight(replace(flow, language=spoken))), spoken, flow.language, CENTRE, VOICES)


@dataclass
class Listener:
    """A person at two keys, a kiosk without a screen, and a hub that gives a number at once."""

    language: str = "vi"
    flow: Flow = field(init=False)
    guide: Guide = field(default_factory=Guide)
    heard: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    now: float = 1000.0

    def __post_init__(self) -> None:
        self.flow = begin(self.language)

    def press(self, key: Key, after_s: float = 1.0) -> None:
        self.now += after_s
        turn = press(self.guide, page_of(self.flow), key, self.now)
        self.guide = turn.guide
        self.hear(turn.say)
        if turn.meaning is not None:
            self.mean(turn.meaning)
            self.follow(pressed=True)

    def mean(self, event: e.Event) -> None:
        if isinstance(event, e.Took):
            event = replace(event, request=f"wish-{len(self.asked)}")
        was = self.flow
        self.flow, effects = step(self.flow, event, self.now, Times())
        self.asked += [effect.request for effect in effects if isinstance(effect, e.Ask)]
        if was.state is not State.START and self.flow.state is State.START and isinstance(event, e.WentHome):
            self.guide = leave(self.guide)

    def follow(self, pressed: bool) -> None:
        turn = follow(self.guide, page_of(self.flow), pressed)
        self.guide = turn.guide
        self.hear(turn.say)

    def print(self) -> None:
        for event in (e.Numbered(self.flow.request, TICKET), e.Printed(TICKET.id)):
            self.mean(event)
            self.follow(pressed=False)

    def hear(self, said: tuple[Said, ...]) -> None:
        assert all(piece.language in VOICES and piece.words.strip() for piece in said)
        self.heard += [piece.words for piece in said]

    def walk_to(self, *kinds: type) -> None:
        """NEXT until one of these is reached, the earlier kind the better, then CHOOSE."""
        offered = [each.event for each in choices(self.guide, page_of(self.flow))]
        wanted = next(event for kind in kinds for event in offered if isinstance(event, kind))
        for _ in offered:
            if self.guide.focus == wanted:
                break
            self.press(Key.NEXT)
        assert self.guide.focus == wanted
        self.press(Key.CHOOSE)


WAY = (e.Took, e.Declared, e.Chose, e.Wanted, e.WentBack, e.WentHome)


def take_a_number(listener: Listener) -> None:
    before = len(listener.asked)
    for _ in range(8):
        if not listener.guide.on:
            listener.press(Key.CHOOSE)
        if listener.flow.state is State.ASKING:
            break
        listener.walk_to(*WAY)
    assert len(listener.asked) == before + 1
    listener.print()


def test_the_first_key_wakes_the_guide_and_chooses_nothing():
    listener = Listener()
    listener.press(Key.CHOOSE)
    assert listener.flow == begin("vi")
    assert listener.heard[0].startswith("Đây là máy lấy số của Trung tâm")
    assert listener.heard[1:] == ["Bạn cần giải quyết việc gì?", "Có 20 lựa chọn.", "English"]


def test_a_blind_citizen_hears_the_number_digit_by_digit_with_counter_and_people():
    listener = Listener()
    take_a_number(listener)
    end = listener.heard[listener.heard.index("Mời bạn lấy phiếu") :]
    assert end[:3] == ["Mời bạn lấy phiếu", "Số của bạn", "a, không, bốn, tám"]
    assert "Trước bạn: 6 người" in end
    assert any("đến quầy 1–2" in words for words in end)


def test_english_is_one_key_away_and_stays_out_of_the_way_then():
    listener = Listener()
    listener.press(Key.NEXT)
    listener.press(Key.CHOOSE)
    assert listener.flow.language == "en"
    assert listener.heard[-3:] == ["What have you come for?", "There are 20 choices.", "Pay a fee"]
    take_a_number(listener)
    assert "A, zero, four, eight" in listener.heard


def test_khmer_is_shown_and_vietnamese_spoken_and_that_is_said():
    listener = Listener()
    listener.press(Key.NEXT)
    khmer = next(each for each in choices(listener.guide, page_of(listener.flow)) if each.event == e.Spoke("km"))
    while listener.guide.focus != khmer.event:
        listener.press(Key.NEXT)
    assert listener.heard[-1] == guide_words.ONLY_SHOWN.vi
    listener.press(Key.CHOOSE)
    assert listener.flow.language == "km"
    assert guide_words.NO_VOICE.vi in listener.heard
    take_a_number(listener)
    assert "a, không, bốn, tám" in listener.heard


def test_after_the_last_choice_comes_the_first_and_the_question_is_said_again():
    listener = Listener()
    listener.press(Key.NEXT)
    for _ in choices(listener.guide, page_of(listener.flow)):
        listener.press(Key.NEXT)
    assert listener.heard[-2:] == ["Bạn cần giải quyết việc gì?", "English"]


def test_a_trembling_hand_chooses_once():
    listener = Listener()
    listener.press(Key.NEXT)
    listener.walk_to(e.Chose)
    assert listener.flow.state is State.SERVICES
    for _ in range(5):
        listener.press(Key.CHOOSE, after_s=0.05)
    assert listener.flow.state is State.SERVICES
    listener.press(Key.CHOOSE, after_s=0.5)
    assert listener.flow.state is State.REVIEW


def test_a_queue_that_grows_meanwhile_interrupts_nobody():
    listener = Listener()
    listener.press(Key.NEXT)
    listener.press(Key.NEXT)
    before, focus = len(listener.heard), listener.guide.focus
    listener.follow(pressed=False)
    assert (len(listener.heard), listener.guide.focus) == (before, focus)


def test_a_service_that_goes_while_it_is_reached_is_not_chosen_by_accident():
    flow = begin("vi")
    page = page_of(flow)
    guide = press(Guide(), page, Key.NEXT, 0.0).guide
    guide = replace(guide, focus=e.Chose("gone"))
    after = follow(guide, page, pressed=False)
    assert after.guide.focus == choices(guide, page)[0].event
    assert not after.say


def test_typing_says_what_was_found_and_stays_on_the_letter():
    listener = Listener()
    listener.press(Key.NEXT)
    listener.walk_to(e.Sought)
    while listener.guide.focus != e.Typed("s"):
        listener.press(Key.NEXT)
    assert listener.heard[-1] == "ét-sì"
    listener.press(Key.CHOOSE)
    assert listener.flow.query == "s"
    assert listener.guide.focus == e.Typed("s")
    assert "thủ tục" in listener.heard[-2]
    assert listener.heard[-1] == "ét-sì"


def test_back_goes_back_and_repeat_repeats():
    listener = Listener()
    listener.press(Key.NEXT)
    listener.walk_to(e.Chose)
    listener.press(Key.BACK)
    assert listener.flow.state is State.START
    before = len(listener.heard)
    listener.press(Key.REPEAT)
    assert "Bạn cần giải quyết việc gì?" in listener.heard[before:]
    listener.press(Key.BACK)  # there is nothing behind the start: it is said again
    assert listener.flow.state is State.START


def test_a_reminder_says_how_it_goes_and_where_one_is():
    page = page_of(begin("en"))
    guide = press(Guide(), page, Key.NEXT, 0.0).guide
    said = [piece.words for piece in remind(guide, page).say]
    assert said[0] == guide_words.HOW.en
    assert "What have you come for?" in said
    assert remind(Guide(), page).say == ()


# ---------------------------------------------------------------------------------------------------- what always holds


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("size", SIZES, ids=["upright", "lying"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_and_every_choice_can_be_heard_in_every_language(language, size, large):
    for name, seen in every_page(language, size):
        shown = view(replace(seen, flow=replace(seen.flow, large=large)))
        assert shown.said, name
        heard = [" ".join(piece.words for piece in target.said).strip() for target in shown.targets]
        assert all(len(words) >= 1 for words in heard), name
        named = [words for words, target in zip(heard, shown.targets, strict=True) if type(target.event) is not e.Typed]
        assert all(len(words) > 1 for words in named), name
        assert len(set(heard)) == len(heard), (name, heard)
        assert all(piece.language in LANGUAGES for target in shown.targets for piece in target.said), name


@settings(max_examples=25)
@given(
    keys=st.lists(st.tuples(st.sampled_from(list(Key)), st.sampled_from([0.02, 0.3, 1.0])), max_size=25),
    language=st.sampled_from(LANGUAGES),
)
def test_no_row_of_keys_yields_two_tickets_for_one_choice_or_leaves_anybody_stuck(keys, language):
    listener = Listener(language)
    for key, after_s in keys:
        taken = isinstance(listener.guide.focus, e.Took) and key is Key.CHOOSE
        before = len(listener.asked)
        listener.press(key, after_s)
        assert len(listener.asked) - before <= int(taken)
        if listener.flow.state is State.ASKING:
            listener.print()
            assert listener.flow.state is State.TAKE
        offered = [each.event for each in choices(listener.guide, page_of(listener.flow))]
        assert not listener.guide.on or listener.guide.focus in offered
    take_a_number(listener)


def test_no_recording_is_taken_for_other_words():
    """Names of files drop marks and tones: two sentences of the kiosk must not become one."""
    texts = [*vars(kiosk_words).values(), *vars(guide_words).values()]
    texts += [text for pair in (*kiosk_words.OUTAGES.values(), *kiosk_words.SORRY.values()) for text in pair]
    fixed = [text for text in texts if isinstance(text, Text) and "{" not in text.vi]
    said = {Said(text.to(lang), lang) for text in fixed for lang in ("vi", "en")}
    names: dict[str, Said] = {}
    for each in sorted(said, key=lambda each: each.words):
        assert names.setdefault(name_of(each), each).words.casefold() == each.words.casefold()
