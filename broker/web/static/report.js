// Fetches the list of files anew while one of them is being written; prints the page.
// Knows no words: what it shows was rendered by the hub.
"use strict";

(() => {
  const EVERY_MS = 600;
  const list = document.querySelector('[data-region="files"]');
  const print = document.getElementById("print");

  print.hidden = false;
  print.addEventListener("click", () => window.print());

  async function look() {
    try {
      const answer = await fetch(list.dataset.from, { redirect: "error" });
      if (answer.status === 401) { location.reload(); return; }
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector('[data-region="files"]');
        list.dataset.busy = fresh.dataset.busy;
        if (list.innerHTML !== fresh.innerHTML) list.replaceChildren(...fresh.childNodes);
      }
    } catch {
      // The hub is away: the next look tells.
    }
    wait();
  }

  function wait() {
    if (list.dataset.busy === "1") setTimeout(look, EVERY_MS);
  }

  wait();
})();
