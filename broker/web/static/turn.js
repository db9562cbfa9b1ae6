// Asks now and then whether the turn has changed, the sooner the nearer it is: costs a phone next to nothing, works
// behind every relay, and says since when it has heard nothing. Sound only for who asked for it.
// A rating is sent without leaving the page; without this script its forms work all the same.
"use strict";

(() => {
  const page = document.body;
  const PATIENCE_MS = 10000; // of one question
  const AGAIN_MS = [3000, 5000, 10000, 20000]; // after so many failures in a row
  const RINGS = ["waiting", "soon", "due", "kept", "parked", "no_show"]; // states before a call
  const one = (selector) => page.querySelector(selector);
  const button = one(".ring");
  let tag = "";
  let timer = 0;
  let failed = 0;
  let asking = false;
  let rated = 0;
  let clock = one(".foot").textContent.match(/\d\d:\d\d/)?.[0] || "";
  let heardAt = performance.now();
  let sound = null;

  const region = () => one('[data-region="turn"]');
  const everyMs = () => Number(region().dataset.every) * 1000;

  function say(away) {
    const stale = one(".stale");
    const words = away ? stale.dataset.words.replace("{clock}", clock) : "";
    if (stale.textContent !== words) stale.textContent = words;
    page.classList.toggle("away", away);
    one(".foot").textContent = clock && !away ? one(".foot").dataset.words.replace("{clock}", clock) : "";
  }

  function show(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector('[data-region="turn"]');
    const old = region();
    if (!fresh) return;
    old.replaceWith(fresh);
    const told = ["h1", ".place", "dd"].map((each) => fresh.querySelector(each)?.textContent || "").join(". ");
    if (one(".unseen").textContent !== told) one(".unseen").textContent = told;
    if (fresh.className === "called" && fresh.dataset.call !== old.dataset.call) ring(); // recalls too: he did not hear
    offer();
  }

  async function ask() {
    clearTimeout(timer);
    if (asking || (document.hidden && !sound)) return; // who waits for the bell is asked for in a pocket too
    asking = true;
    const before = rated;
    const cut = new AbortController();
    const patience = setTimeout(() => cut.abort(), PATIENCE_MS);
    try {
      const headers = tag ? { "If-None-Match": tag } : {};
      const answer = await fetch(page.dataset.refresh, { headers, cache: "no-store", signal: cut.signal });
      if (answer.status >= 500) throw new Error(answer.statusText);
      if (answer.status !== 304) {
        const text = await answer.text();
        // Nobody's choice is wiped out, and what was asked before a rating knows nothing of it.
        if (before === rated && !region().querySelector("form :checked, form :focus")) {
          tag = answer.headers.get("ETag") || "";
          show(text);
        }
      }
      clock = answer.headers.get("X-Clock") || clock;
      heardAt = performance.now();
      failed = 0;
      say(false);
    } catch {
      failed += 1;
      say(true);
    } finally {
      clearTimeout(patience);
      asking = false;
    }
    const wait = failed ? AGAIN_MS[Math.min(failed, AGAIN_MS.length) - 1] : everyMs();
    if (wait) timer = setTimeout(ask, wait * (0.9 + 0.2 * Math.random())); // phones of one hall do not ask in step
  }

  // the bell

  function offer() {
    button.hidden = !RINGS.includes(region().className);
  }

  function chime() {
    for (const [at, hertz] of [[0, 880], [0.35, 660], [0.9, 880], [1.25, 660]]) {
      const tone = sound.createOscillator();
      const loud = sound.createGain();
      const from = sound.currentTime + at;
      tone.frequency.value = hertz;
      loud.gain.setValueAtTime(0.0001, from);
      loud.gain.exponentialRampToValueAtTime(0.5, from + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.0001, from + 0.33);
      tone.connect(loud).connect(sound.destination);
      tone.start(from);
      tone.stop(from + 0.35);
    }
  }

  function ring() {
    if (!sound) return;
    navigator.vibrate?.([400, 150, 400, 150, 400]);
    sound.resume().then(chime, () => {});
  }

  function stayAwake() {
    if (sound && !document.hidden) navigator.wakeLock?.request("screen").catch(() => {}); // a wish: batteries may refuse
  }

  button.addEventListener("click", () => {
    if (!sound) {
      sound = new AudioContext(); // allowed only now, under the finger
      button.textContent = button.dataset.on;
      button.setAttribute("aria-pressed", "true");
      stayAwake();
    }
    navigator.vibrate?.(80);
    sound.resume().then(chime, () => {}); // so that one hears how it will be
  });

  // the rating

  page.addEventListener("submit", async (event) => {
    if (!event.submitter) return; // an old browser sends the form by itself
    event.preventDefault();
    const said = new URLSearchParams(new FormData(event.target));
    if (event.submitter.name) said.append(event.submitter.name, event.submitter.value);
    for (const each of event.target.querySelectorAll("button")) each.disabled = true;
    try {
      const answer = await fetch(event.target.action, { method: "POST", body: said });
      if (!answer.ok) throw new Error(answer.statusText);
      const text = await answer.text();
      rated += 1;
      show(text);
      scrollTo(0, 0);
      say(false);
    } catch {
      say(true);
      for (const each of event.target.querySelectorAll("button")) each.disabled = false;
    }
  });

  page.addEventListener("change", (event) => {
    const form = event.target.form;
    const reasons = form ? [...form.querySelectorAll('[name="reason"]')] : [];
    const full = reasons.filter((each) => each.checked).length >= Number(form.dataset.most);
    for (const each of reasons) each.disabled = full && !each.checked;
  });

  document.addEventListener("visibilitychange", () => {
    // A phone that slept shows what was: until the hub has answered, it says so.
    if (!document.hidden && everyMs() && performance.now() - heardAt > 2 * everyMs() + PATIENCE_MS) say(true);
    stayAwake();
    ask();
  });
  addEventListener("online", ask);
  addEventListener("offline", () => say(true));

  offer();
  if (everyMs()) timer = setTimeout(ask, everyMs());
})();
