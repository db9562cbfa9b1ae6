// Asks every few seconds whether the turn has changed: costs a phone next to nothing, and works behind every relay.
"use strict";

(() => {
  const page = document.body;
  const EVERY_MS = 5000;
  let tag = "";
  let timer = 0;

  function show(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector('[data-region="turn"]');
    const old = page.querySelector('[data-region="turn"]');
    if (!fresh) return;
    if (fresh.className === "called" && old.className !== "called" && navigator.vibrate) navigator.vibrate([300, 150, 300]);
    old.replaceWith(fresh);
  }

  async function ask() {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
      const answer = await fetch(page.dataset.refresh, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
      if (answer.status === 200 || answer.status === 404) {
        tag = answer.headers.get("ETag") || "";
        show(await answer.text());
      }
      page.classList.toggle("away", answer.status >= 500);
    } catch {
      page.classList.add("away");
    }
    timer = setTimeout(ask, EVERY_MS);
  }

  document.addEventListener("visibilitychange", ask);
  timer = setTimeout(ask, EVERY_MS);
})();
