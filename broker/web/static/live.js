// Keeps a page true: listens to the hub's states and moves freshly rendered regions into place.
// Knows no words and no figures; what it shows was rendered by the hub.
"use strict";

const goiso = (() => {
  const page = document.body;
  const STALE_MS = 5000;
  const SILENT_MS = 9000;
  const GAP_MS = 250;
  const rendered = new WeakMap();
  let source = null;
  let heardAt = performance.now();
  let openedAt = 0;
  let beats = 0;
  let fetching = null;
  let again = false;
  let lastFetch = 0;
  let hub = { now: Date.now(), at: performance.now(), pace: 1 };

  const hubNow = () => hub.now + (performance.now() - hub.at) * hub.pace;
  const away = () => page.classList.contains("away");

  function heard() {
    heardAt = performance.now();
    if (away()) {
      page.classList.remove("away");
      page.dispatchEvent(new Event("goiso:back"));
      refresh();
    }
  }

  function setHubClock(region) {
    const now = Number(region.dataset.now);
    if (now) hub = { now, at: performance.now(), pace: Number(region.dataset.pace) || 1 };
  }

  function swap(fresh) {
    for (const region of fresh.querySelectorAll("[data-region]")) {
      const old = page.querySelector(`[data-region="${region.dataset.region}"]`);
      if (!old) continue;
      for (const { name, value } of region.attributes) old.setAttribute(name, value);
      setHubClock(region);
      if (rendered.get(old) === region.innerHTML) continue;
      const focused = old.contains(document.activeElement);
      const focus = focused && document.activeElement.dataset.focus;
      rendered.set(old, region.innerHTML);
      old.replaceChildren(...region.childNodes);
      if (focus) old.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
      // Where a hand was on what is gone, it stays near by: the next key must not mean something of the page.
      if (focused && !old.contains(document.activeElement)) old.focus();
    }
    page.dispatchEvent(new Event("goiso:swapped"));
    tick();
  }

  // Done when the page shows what the hub knew at the call or later; or knows that the hub is away. Somebody who has
  // just pressed a key (`atOnce`) does not wait for the pause between two fetches.
  function refresh(atOnce = false) {
    if (!page.dataset.refresh) return Promise.resolve();
    again = true;
    if (atOnce) lastFetch = -GAP_MS;
    fetching ??= fetchAll().finally(() => { fetching = null; });
    return fetching;
  }

  async function fetchAll() {
    while (again) {
      await new Promise((done) => setTimeout(done, Math.max(0, lastFetch + GAP_MS - performance.now())));
      lastFetch = performance.now();
      again = false;
      try {
        const answer = await patient(page.dataset.refresh, { redirect: "error", headers: { Accept: "application/json" } });
        if (answer.status === 401) { location.reload(); return; }
        if (answer.ok) swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
      } catch {
        // The hub is away: the stream's silence says so on the page, and the next state brings a refresh.
      }
    }
  }

  function listen() {
    if (!page.dataset.stream || source) return;
    openedAt = performance.now();
    source = new EventSource(page.dataset.stream);
    source.onmessage = (event) => {
      heard();
      const { topic } = JSON.parse(event.data);
      if (topic !== page.dataset.beat) refresh();
      else if (++beats % Number(page.dataset.beats || 5) === 0) refresh();
    };
    source.onerror = () => {
      if (source && source.readyState === EventSource.CLOSED) {
        source = null;
        setTimeout(listen, 2000);
      }
    };
  }

  function unlisten() {
    source?.close();
    source = null;
  }

  const two = (n) => String(n).padStart(2, "0");

  function tick() {
    const now = hubNow();
    for (const mark of page.querySelectorAll("[data-since]")) {
      const s = Math.max(0, Math.floor((now - Number(mark.dataset.since)) / 1000));
      mark.textContent = s < 3600 ? `${two(Math.floor(s / 60))}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
    }
    for (const mark of page.querySelectorAll("[data-minutes-since]")) {
      mark.textContent = String(Math.max(0, Math.floor((now - Number(mark.dataset.minutesSince)) / 60000)));
    }
    for (const mark of page.querySelectorAll("[data-seconds-until]")) {
      // What a hand has to do is told in the hand's seconds, however fast the centre's clock goes.
      const pace = "byHand" in mark.dataset ? Math.max(1, hub.pace) : 1;
      const left = Math.ceil((Number(mark.dataset.secondsUntil) - now) / 1000 / pace);
      mark.textContent = String(Math.max(0, left));
      if (left <= 0) {
        const shown = mark.closest("[data-until-then]");
        if (shown && !shown.hidden) { shown.hidden = true; refresh(); }
      }
    }
    for (const mark of page.querySelectorAll("[data-clock]")) {
      mark.textContent = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: mark.dataset.clock }).format(now);
    }
    if (page.dataset.stream && !document.hidden && performance.now() - heardAt > STALE_MS) page.classList.add("away");
    // A hub that lost its power closed no line: this one would stay silent for ever.
    if (source && performance.now() - Math.max(heardAt, openedAt) > SILENT_MS) { unlisten(); listen(); }
  }

  document.addEventListener("visibilitychange", () => {
    // A browser opens few connections to one host: a page that nobody sees gives its stream back.
    if (document.hidden) unlisten();
    else { heardAt = performance.now(); listen(); refresh(); }
  });

  for (const region of page.querySelectorAll("[data-region]")) {
    rendered.set(region, region.innerHTML);
    setHubClock(region);
  }
  listen();
  tick();
  setInterval(tick, 250);
  return { refresh, tick, hubNow, away, heard };
})();
