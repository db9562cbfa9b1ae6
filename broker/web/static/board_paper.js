// How a board's page is filled: large number, list, queues, foot. Knows no states, only what to show where.
// Sizes are in rem, one rem being ten units (a unit: one 1080th of the shorter side of a 16:9 screen), as on HDMI boards.
"use strict";

const goisoPaper = (() => {
  const page = document.body;
  const words = JSON.parse(page.dataset.words);
  const second = page.dataset.second;
  const known = {};
  const STEPS = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.42, 0.35, 0.28];
  const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\ud800-\udfff]/g;

  const find = (selector) => page.querySelector(selector);
  const readable = (text, limit) => {
    const shown = String(text || "").normalize("NFC").replace(/\s+/g, " ").replace(HIDDEN, "").trim();
    return shown.length <= limit ? shown : `${shown.slice(0, limit - 1)}…`;
  };
  const say = (key, values) => fill(words.vi[key], values);
  const below = (key, values, language) => {
    const spoken = language && language !== "vi" ? language : second;
    return words[spoken] ? fill(words[spoken][key], values) : "";
  };

  function fill(text, values) {
    return Object.keys(values || {}).reduce((done, name) => done.replace(`{${name}}`, values[name]), text || "");
  }

  function scale() {
    forget();
    const short = Math.min(innerWidth, innerHeight);
    const long = Math.max(innerWidth, innerHeight);
    document.documentElement.style.fontSize = `${10 * Math.min(short / 1080, long / 1920)}px`;
    page.classList.toggle("upright", innerHeight > innerWidth);
  }

  // The words of a place, in the largest size of a few in which they stand whole. Digits use only three quarters of
  // their size in height, so what counts for them is the room of the line and not of the letters' box.
  function write(where, text, room, share) {
    const place = typeof where === "string" ? find(where) : where;
    if (place.textContent !== text) place.textContent = text;
    const key = [place.className || where, text.replace(/\d/g, "0"), page.className, room ? room.className : ""].join("|");
    if (key in known) { set(place, known[key]); return; }
    const fits = () => place.scrollWidth <= place.clientWidth + 1
      && (!room || (room === place ? place.scrollHeight <= place.clientHeight + 1 : size(place) * 0.75 <= room.clientHeight * (share || 1)));
    let step = 0;
    set(place, 0);
    while (!fits() && step < STEPS.length - 1) set(place, step += 1);
    known[key] = step;
  }

  function set(place, step) {
    const size = step === 0 ? "" : `calc(var(--size) * ${STEPS[step]})`;
    if (place.style.fontSize !== size) place.style.fontSize = size;
  }

  // What was measured once is known until the page has another size or other fonts; all digits are equally wide.
  function forget() {
    Object.keys(known).forEach((key) => delete known[key]);
  }

  const size = (place) => parseFloat(getComputedStyle(place).fontSize);

  function make(kind, name, text) {
    const made = document.createElement(kind);
    made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function empty(place) {
    while (place.firstChild) place.removeChild(place.firstChild);
    return place;
  }

  function show(selector, yes) {
    find(selector).hidden = !yes;
  }

  addEventListener("resize", scale);
  scale();
  return { find, readable, say, below, write, forget, make, empty, show };
})();
