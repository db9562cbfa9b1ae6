// Fetches a region anew while something is being made beside the hub; prints the page.
// Knows no words: what it shows was rendered by the hub.
"use strict";

(() => {
  const EVERY_MS = 600;
  const region = document.querySelector("[data-busy]");
  const status = document.querySelector("[data-status]");
  const print = document.getElementById("print");

  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }

  async function look() {
    try {
      const answer = await patient(region.dataset.from, { redirect: "error" });
      if (answer.status === 401 || answer.status === 404) { location.reload(); return; }
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector("[data-busy]");
        region.dataset.busy = fresh.dataset.busy;
        if (region.innerHTML !== fresh.innerHTML) region.replaceChildren(...fresh.childNodes);
        if (status) status.textContent = fresh.dataset.told;
      }
    } catch {
      // The hub is away: the next look tells.
    }
    wait();
  }

  function wait() {
    if (region?.dataset.busy === "1") setTimeout(look, EVERY_MS);
  }

  wait();
})();
