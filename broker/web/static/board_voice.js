// What a board says: each call as the sentence that boards on HDMI say, of the clips that the hub names (board_voice.py).
// A call that comes while there is no sound is shown and never said later, and what waits is forgotten when the sound
// falls asleep: a call is said while it is new, or not at all. Where nothing can be said, there is the chime.
"use strict";

const goisoVoice = (() => {
  const { silent, add, begin, ended, form, tongues } = goisoSpeech;
  const PATIENCE_MS = 3000, LEARN_MS = 600000;
  const always = document.body.dataset.always.split(" ");

  let score = { revision: "", languages: {}, gap_s: 0, pause_s: 0 };
  let speech = silent, life = 0, fetched = {}, learning = null, preparing = null;

  const inTime = (promise) => Promise.race([promise, new Promise((done) => { setTimeout(done, PATIENCE_MS, null); })]);

  // A clip, or null when it does not come in time or is none; what failed is tried again the next time.
  function clip(name) {
    const into = fetched;
    if (!into[name]) {
      into[name] = fetch(`/board/clips/${name}.wav`)
        .then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(answer.status)))
        .then(goisoSound.decode).catch(() => { delete into[name]; return null; });
    }
    return inTime(into[name]);
  }

  // How calls are said by the newest voice of the hub; without the hub, by the last one that was heard of. While a call
  // waits for the first answer, `learning` is what it waits for.
  function learn() {
    learning = fetch("/board/voice").then((answer) => answer.json()).then((found) => {
      if (found.revision !== score.revision) fetched = {};
      score = found;
      prepare();
    }).catch(() => {});
    return learning;
  }

  // The names of the clips that say a call in a language, or null when it cannot be said whole.
  function names(call, language, form) {
    const tongue = score.languages[language], places = tongue && (form === "bare" ? tongue.bare : tongue.places);
    const place = places && places[call.counter];
    if (!place) return null;
    const signs = call.number.replace(/[^0-9A-Za-z]/g, "").split("").map((sign) => tongue.signs[sign]);
    return signs.indexOf(undefined) >= 0 ? null : [].concat(...place.map((name) => (name ? [name] : signs)));
  }

  async function sentences(call, languages, form) {
    const wanted = languages.map((language) => names(call, language, form)).filter(Boolean);
    const found = await Promise.all(wanted.map((each) => Promise.all(each.map(clip))));
    return found.filter((clips) => clips.indexOf(null) < 0);
  }

  // All that sounds for a call: the chime, then the call in every language that is due; the chime alone where none can be.
  async function parts(call, form) {
    await inTime(learning);
    const own = await sentences(call, tongues(call, always, form), form);
    const said = own.length ? own : await sentences(call, always, form);
    const chime = form === "full" || !said.length ? await clip("chime") : null;
    return chime ? [[chime]].concat(said) : said;
  }

  async function goOn() {
    const before = speech, now = life;
    speech = begin(before);
    if (speech === before) return;
    const found = await parts(speech.speaking, form(speech));
    if (now !== life) return;
    if (found.length) goisoSound.play(found, score.gap_s, score.pause_s, next); else next();
  }

  function next() {
    speech = ended(speech);
    goOn();
  }

  function say(call) {
    if (goisoSound.state() !== "on") return;
    speech = add(speech, call);
    goOn();
  }

  // Only the chime: what a call that cannot be said sounds like, and what tells that there is sound now.
  const chime = () => say({ ticket: "", number: "", counter: "", lang: "vi" });

  // All clips beforehand, one after the other, so that no call waits for the network.
  async function prepare() {
    const into = fetched;
    if (preparing === into || goisoSound.state() !== "on") return;
    preparing = into;
    const tongues = Object.keys(score.languages).map((language) => score.languages[language]);
    const names = tongues.map(({ signs, places }) => Object.keys(signs).map((sign) => signs[sign])
      .concat(...Object.keys(places).map((place) => places[place])));
    for (const name of ["chime"].concat(...names)) {
      if (name && into === fetched && goisoSound.state() === "on") await clip(name);
    }
    if (preparing === into) preparing = null;
  }

  function hush() {
    life += 1;
    speech = silent;
    goisoSound.stop();
  }

  document.addEventListener("freeze", hush);
  setInterval(learn, LEARN_MS);
  learn();
  return { say, chime, hush, learn, speaks: () => learning.then(() => Object.keys(score.languages).length > 0) };
})();
