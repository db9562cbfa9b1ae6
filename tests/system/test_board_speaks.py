"""A smart TV in a real Chromium that says what boards on HDMI say: each call once, in order, never two together."""

from array import array
from itertools import pairwise

import msgspec
import pytest
from msgspec import structs

from appliance.sound import wav
from appliance.sound.clip import Clip
from appliance.sound.clips import FOLDER, PHRASES, write_phrasings
from appliance.sound.sentences import CHIME, PHRASINGS, call
from broker.voice import wanted
from broker.web.site_document import text
from display_board import speech as s
from tests.hub_core import SITE_FOLDER
from tests.system import chromium
from tests.system.test_board_in_browser import call_somebody
from tests.system.visitor import Visitor, browser, served, visit
from tests.web_hall import SITE
from virtual_centre.cable import Cable
from virtual_centre.edge_loop import EdgeLoop

__all__ = ["browser", "served", "visit"]
pytestmark = pytest.mark.browser

STEP, LENGTH = 40, 220
"""Of the clips in these tests: each has a level of its own, by which it is known, and lasts 10 ms."""
LISTEN = """
window.heard = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (when) {
  const level = Math.round(32768 * this.buffer.getChannelData(0)[this.buffer.length >> 1]);
  const one = { level, from: when, to: when + this.buffer.duration, ended: false };
  heard.push(one);
  this.addEventListener("ended", () => { one.ended = true; });
  return start.call(this, when);
};
"""

WAITS = """
const later = window.setTimeout;
window.setTimeout = (work, after, ...more) => later(work, after === 3000 ? 60000 : after, ...more);
"""
"""How long a page waits for a clip: in these tests as long as a slow machine needs."""


@pytest.fixture
def voice(served):
    """A voice on the hub, and by which level each of its clips is known."""
    names = [CHIME, *sorted(name for clips in wanted(SITE_FOLDER).clips.values() for name in clips)]
    folder = served.hall.folder / FOLDER
    for index, name in enumerate(names, start=1):
        path = folder / f"{name}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wav.packed(Clip(array("h", [STEP * index] * LENGTH))))
    write_phrasings(folder / PHRASES, PHRASINGS)
    return names


def tune_in(served, tv, address="/board", names=()):
    """The page, with an ear at its loudspeaker, and without the pauses that make a sentence last."""
    tv.names = names
    tv.page.add_init_script(LISTEN)
    tv.page.add_init_script(WAITS)

    def hurry(route):
        score = structs.replace(served.hall.web.voice.score(), gap_s=0.002, pause_s=0.002)
        route.fulfill(json=msgspec.to_builtins(score))

    tv.page.route("**/board/voice", hurry)
    tv.page.goto(address)
    tv.see("Kính chào", ".calm")


def turn_on(tv):
    tv.page.click(".ask .yes")
    tv.page.wait_for_selector(".sound.on")
    assert said(tv, 1) == [CHIME], "so that whoever turns it on hears that it works"
    tv.page.wait_for_function("() => heard.every((each) => each.ended)")
    tv.page.evaluate("() => { heard.length = 0; }")


def said(tv, count):
    """The names of what sounded, at least so many, once they have; asserts that nothing overlapped."""
    tv.page.wait_for_function("(count) => heard.length >= count", arg=count)
    heard = tv.page.evaluate("heard")
    assert all(one["to"] <= other["from"] + 1e-6 for one, other in pairwise(heard)), "two at once"
    return [tv.names[round(each["level"] / STEP) - 1] if tv.names else CHIME for each in heard]


def sentence(number, desk, language="vi", form=s.Form.FULL):
    place = text(SITE.counters[SITE.desks[desk].counter].names).to(language)
    phrasing = PHRASINGS[language].bare() if form is s.Form.BARE else PHRASINGS[language]
    return list(call(phrasing, language, number, place))


def call_one(served, desk, **ticket):
    """Somebody is called to a desk; his number."""
    services = {service.queue: service.id for service in SITE.services.values()}
    served.hall.take(services[SITE.desks[desk].skills[0]], **ticket)
    served.hall.press(desk, "open")
    return served.hall.press(desk, "next").ticket.number


def test_calls_of_all_desks_at_once_are_all_said_in_order_and_never_two_together(served, visit, voice):
    tv = visit()
    tune_in(served, tv, names=voice)
    turn_on(tv)
    numbers = {desk: call_one(served, desk) for desk in SITE.desks}
    bare = [name for desk, number in numbers.items() for name in sentence(number, desk, form=s.Form.BARE)]
    said(tv, len(bare))
    tv.page.wait_for_function("() => heard.every((each) => each.ended)")
    (invitation,) = {sentence("A001", "q01a")[0]}
    assert [name for name in said(tv, 1) if name not in (CHIME, invitation)] == bare
    tv.page.reload()
    tv.see("D001", "body")
    served.hall.press("q01a", "recall")
    tv.page.click("footer")
    tv.page.wait_for_selector(".sound.on")
    served.hall.press("q03a", "recall")
    expected = [CHIME, *sentence(numbers["q03a"], "q03a")]
    assert said(tv, len(expected)) == expected, "what was called already, and what was called in silence, is not said"
    assert tv.complaints == []


def test_the_citizens_language_comes_first_and_the_chime_before_it(served, visit, voice):
    tv = visit()
    tune_in(served, tv, "/board?always=vi,en", voice)
    turn_on(tv)
    number = call_one(served, "q05a", lang="km")
    expected = [CHIME, *(name for language in ("km", "vi", "en") for name in sentence(number, "q05a", language))]
    assert said(tv, len(expected)) == expected


def test_forty_calls_are_all_said_and_one_that_is_repeated_while_it_waits_once(served, visit, voice):
    tv = visit()
    tune_in(served, tv, names=voice)
    turn_on(tv)
    tv.page.evaluate(
        """() => { for (let n = 1; n <= 40; n += 1) {
          const call = { ticket: `t${n}`, number: `A0${n + 10}`, counter: "q01", lang: "vi" };
          goisoVoice.say(call);
          if (n > 30) goisoVoice.say(Object.assign({}, call)); } }"""
    )
    expected = []
    for n in range(1, 41):
        form = s.form(s.Speech(waiting=(0,) * (40 - n) if n > 1 else ()))
        expected += [CHIME] if form is s.Form.FULL else []
        expected += sentence(f"A0{n + 10}", "q01a", form=form)
    assert said(tv, len(expected)) == expected


def test_what_is_called_while_there_is_no_sound_is_shown_and_never_said_later(served, visit, voice):
    tv = visit()
    tune_in(served, tv, names=voice)
    call_one(served, "q01a")
    tv.see("A001", ".hero")
    turn_on(tv)
    tv.page.evaluate(
        """() => { for (let n = 0; n < 9; n += 1) {
          goisoVoice.say({ ticket: `t${n}`, number: "A777", counter: "q01", lang: "vi" }); }
          document.querySelector(".sound").click(); }"""
    )
    tv.page.wait_for_selector(".sound.off")
    call_one(served, "q04a")
    tv.see("K001", ".hero")
    tv.page.click(".sound")
    assert said(tv, 1) == [CHIME]
    expected = sentence(call_one(served, "q05a"), "q05a")
    assert [name for name in said(tv, 2 + len(expected)) if name != CHIME] == expected


def test_a_hub_without_a_voice_chimes_and_tells_only_the_technician(served, visit):
    tv = visit()
    tune_in(served, tv)
    tv.page.wait_for_selector(".ask .mute", state="visible")
    assert "goiso voice build" in tv.page.inner_text(".ask .mute")
    turn_on(tv)
    call_somebody(served, "q01a")
    assert said(tv, 1) == [CHIME]
    assert "goiso" not in tv.page.inner_text("body")
    assert tv.complaints == []


def test_a_voice_that_is_built_while_the_page_is_open_is_used(served, visit, request):
    tv = visit()
    tune_in(served, tv)
    turn_on(tv)
    tv.names = request.getfixturevalue("voice")
    tv.page.evaluate("goisoVoice.learn()")
    number = call_one(served, "q01a")
    assert set(sentence(number, "q01a")) <= set(said(tv, 8))


def test_a_question_that_nobody_answers_goes_away(served, visit):
    tv = visit()
    tv.page.clock.install()
    tv.page.goto("/board")
    tv.page.wait_for_selector(".ask", state="visible")
    tv.page.clock.fast_forward(61_000)
    tv.page.wait_for_selector(".ask", state="hidden")
    tv.page.wait_for_selector(".sound.asked", state="visible")


def says_nothing_of_before_ten(served, tv):
    """A television that is awake again shows the hour and who is called; the first that it says is called now."""
    tv.see("10:00", ".clock")
    tv.page.wait_for_selector(".hero.fresh")
    expected = [CHIME, *sentence(call_one(served, "q03a"), "q03a")]
    assert said(tv, len(expected)) == expected


def test_after_an_hour_of_standby_the_clock_is_right_and_no_call_of_that_hour_is_said(served, visit, voice):
    tv = visit()
    tv.page.clock.install()
    with EdgeLoop() as loop, Cable(loop, served.server.port) as cable:
        tune_in(served, tv, f"http://localhost:{cable.port}/board", voice)
        turn_on(tv)
        cable.cut()
        tv.page.wait_for_selector(".banner", state="visible")
        call_one(served, "q01a")
        served.hall.clock.advance(7200)
        tv.page.clock.fast_forward(3600_000)
        cable.mend()
        says_nothing_of_before_ten(served, tv)


def test_what_piled_up_in_the_line_of_a_television_that_slept_is_not_said(served, visit, voice):
    tv = visit()
    tv.page.clock.install()
    with EdgeLoop() as loop, Cable(loop, served.server.port) as cable:
        tune_in(served, tv, f"http://localhost:{cable.port}/board", voice)
        turn_on(tv)
        cable.pull()
        call_one(served, "q01a")
        served.hall.clock.advance(7200)
        asleep_until = tv.page.evaluate("Date.now()") + 3600_000
        tv.page.clock.set_system_time(asleep_until)  # and nothing else: in standby no timer runs
        cable.mend()
        says_nothing_of_before_ten(served, tv)


def test_where_the_browser_needs_no_touch_the_answer_of_yesterday_is_enough(browser, served, voice):
    arguments = [*chromium.ARGUMENTS, "--autoplay-policy=no-user-gesture-required"]
    with browser.browser_type.launch(executable_path=chromium.PROGRAM, args=arguments) as lenient:
        tv = Visitor(lenient, served)
        tv.page.add_init_script("localStorage.setItem('goiso-board-sound', 'on')")
        call_one(served, "q01a")
        tune_in_late(tv, voice)
        number = call_one(served, "q03a")
        assert said(tv, 8)[1:] == sentence(number, "q03a")
        assert tv.complaints == []


def tune_in_late(tv, names):
    """A television that is turned on while somebody is called already."""
    tv.names = names
    tv.page.add_init_script(LISTEN)
    tv.page.add_init_script(WAITS)
    tv.page.add_init_script("localStorage.setItem('goiso-board-announced', '')")
    tv.page.goto("/board")
    tv.page.wait_for_selector(".hero.fresh")
    tv.page.wait_for_selector(".sound.on")


def test_nothing_is_said_in_quiet_hours(served, visit, voice):
    tv = visit()
    tv.page.clock.install()
    tune_in(served, tv, "/board?quiet=07:30-08:30", voice)
    turn_on(tv)
    call_one(served, "q01a")
    tv.page.wait_for_selector(".hero.fresh")
    served.hall.clock.advance(3600)
    tv.page.clock.fast_forward(3600_000)
    tv.see("09:00", ".clock")
    expected = [CHIME, *sentence(call_one(served, "q03a"), "q03a")]
    assert said(tv, len(expected)) == expected
