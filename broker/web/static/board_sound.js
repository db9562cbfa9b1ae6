// Whether this screen may make sound, and how it does: clips one after the other.
// Browsers let a page make sound only after a touch. The answer is remembered, and where the browser forgets it at its
// next start, one touch or key anywhere is enough. No media element: clips are fetched, decoded and played by the clock
// of the sound card, so that nothing overlaps however busy the page is.
"use strict";

const goisoSound = (() => {
  const KEY = "goiso-board-sound";
  const LEAD_S = 0.03;
  // So long after a sentence should have ended the next one begins, whatever the browser says, as on boards on HDMI.
  const OVERDUE_S = 10;

  const Audio = window.AudioContext || window.webkitAudioContext;
  let answer = null, audio = null, playing = [], overdue = 0;
  let changed = () => {};

  // Storage may be forbidden: then the page asks again when it is loaded anew, and still works.
  try { answer = localStorage.getItem(KEY); } catch (error) { answer = null; }

  // "none": this browser has no sound; "asked": nobody has said yet; "off": nobody wants it; "asleep": the browser waits
  // for a touch; "on".
  function state() {
    if (!Audio) return "none";
    if (answer !== "on") return answer === "off" ? "off" : "asked";
    return audio && audio.state === "running" ? "on" : "asleep";
  }

  function wake() {
    if (answer !== "on" || !Audio) return;
    if (!audio) {
      audio = new Audio();
      audio.onstatechange = () => changed();
    }
    const waking = audio.state !== "running" && audio.resume ? audio.resume() : null;
    if (waking) waking.then(() => changed(), () => {});
  }

  function want(yes) {
    answer = yes ? "on" : "off";
    try { localStorage.setItem(KEY, answer); } catch (error) { /* said above */ }
    wake();
    changed();
  }

  // A clip from the bytes of its file; older browsers know no promise here.
  const decode = (bytes) => new Promise((done, failed) => { audio.decodeAudioData(bytes, done, failed); });

  // Parts of clips, `gap` seconds between two clips and `pause` between two parts; `done` when the last has ended.
  function play(parts, gap, pause, done) {
    let at = audio.currentTime + LEAD_S;
    playing = [];
    parts.forEach((clips) => {
      clips.forEach((clip) => {
        const source = audio.createBufferSource();
        source.buffer = clip;
        source.connect(audio.destination);
        source.start(at);
        playing.push(source);
        at += clip.duration + gap;
      });
      at += pause - gap;
    });
    overdue = setTimeout(done, 1000 * (at - audio.currentTime + OVERDUE_S));
    playing[playing.length - 1].onended = () => { clearTimeout(overdue); done(); };
  }

  function stop() {
    clearTimeout(overdue);
    playing.forEach((source) => { source.onended = null; source.stop(); });
    playing = [];
  }

  ["pointerdown", "touchend", "keydown", "click"].forEach((kind) => document.addEventListener(kind, wake));
  wake();
  return { want, state, decode, play, stop, tell: (listener) => { changed = listener; listener(); } };
})();
