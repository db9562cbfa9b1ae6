// How a person allows a screen to make sound: once asked large, then a small button that remembers the answer.
// Nobody need answer: the question goes away by itself, for a hall looks at what is behind it.
"use strict";

(() => {
  const { find, say, show } = goisoPaper;
  const ASKED_MS = 60000;
  const LABELS = { none: "", asked: "sound_on", off: "sound_on", asleep: "sound_touch", on: "sound_off" };
  let pressed = false, asking = true;

  function answer(yes) {
    pressed = yes;
    goisoSound.want(yes);
  }

  function told() {
    const state = goisoSound.state();
    button.textContent = say(LABELS[state]);
    button.className = `sound ${state}`;
    show(".ask", asking && state === "asked");
    show(".sound", state !== "none" && find(".ask").hidden);
    if (state !== "on") goisoVoice.hush(); else goisoVoice.learn();
    if (state === "on" && pressed) { pressed = false; goisoVoice.chime(); }
  }

  // Any touch wakes a sound that is asleep; a touch of the button must not first wake it and then turn it off.
  const button = find(".sound");
  ["pointerdown", "touchend", "keydown", "click"].forEach((kind) => button.addEventListener(kind, (event) => event.stopPropagation()));
  button.addEventListener("click", () => answer(goisoSound.state() !== "on"));
  find(".ask .yes").addEventListener("click", () => answer(true));
  find(".ask .no").addEventListener("click", () => answer(false));
  goisoSound.tell(told);
  goisoVoice.speaks().then((yes) => show(".ask .mute", !yes));
  find(".ask .yes").focus();
  setTimeout(() => { asking = false; told(); }, ASKED_MS);
})();
