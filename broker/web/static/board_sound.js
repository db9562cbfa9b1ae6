// The sound of a board: a chime for every call, once somebody has allowed it on this screen.
// Browsers let a page make sound only after a touch; the answer is remembered, and where the browser forgets it at its
// next start, one touch anywhere is enough. Recordings can join the chime in `say`: they are fetched and decoded, because
// the page's policy knows no media elements.
"use strict";

const goisoSound = (() => {
  const KEY = "goiso-board-sound";
  const PAUSE_S = 0.25;
  const MOST_WAITING = 3;
  const TONES = [[659.3, 0, 0.9], [523.3, 0.42, 1.3]];

  let wanted = false;
  let audio = null;
  let freeAt = 0;
  let changed = () => {};

  try { wanted = localStorage.getItem(KEY) === "on"; } catch (error) { wanted = false; }

  // "off": nobody asked for sound; "asleep": the browser waits for a touch; "on".
  const state = () => (!wanted ? "off" : audio && audio.state === "running" ? "on" : "asleep");

  function wake() {
    if (!wanted) return;
    const Audio = window.AudioContext || window.webkitAudioContext;
    if (!Audio) { wanted = false; changed(); return; }
    if (!audio) {
      audio = new Audio();
      audio.onstatechange = () => changed();
    }
    if (audio.state !== "running" && audio.resume) audio.resume().then(() => changed(), () => {});
  }

  function want(yes) {
    wanted = yes;
    try { localStorage.setItem(KEY, yes ? "on" : "off"); } catch (error) { /* it is asked again next time */ }
    if (yes) wake();
    changed();
  }

  function tone(frequency, start, length) {
    const source = audio.createOscillator();
    const volume = audio.createGain();
    source.type = "sine";
    source.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(0.4, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + length);
    source.connect(volume);
    volume.connect(audio.destination);
    source.start(start);
    source.stop(start + length);
  }

  // Sounds for one call, after those that still sound; of a crowd of calls, those beyond the third share a chime.
  function say() {
    if (state() !== "on") return false;
    const length = TONES.reduce((most, each) => Math.max(most, each[1] + each[2]), 0) + PAUSE_S;
    const start = Math.max(audio.currentTime, freeAt);
    if (start - audio.currentTime > MOST_WAITING * length) return false;
    TONES.forEach((each) => tone(each[0], start + each[1], each[2]));
    freeAt = start + length;
    return true;
  }

  ["pointerdown", "touchend", "keydown", "click"].forEach((kind) => document.addEventListener(kind, wake));
  wake();
  return { say, want, state, tell: (listener) => { changed = listener; listener(); } };
})();
