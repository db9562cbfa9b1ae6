// Three soft pulses for a new call; the number itself was moved into place by live.js.
"use strict";

(() => {
  const now = () => document.querySelector('[data-region="now"]');
  let seen = now().dataset.mark;
  document.body.addEventListener("goiso:swapped", () => {
    const place = now();
    if (place.dataset.mark === seen) return;
    seen = place.dataset.mark;
    const page = document.body;
    page.classList.remove("called");
    if (seen) requestAnimationFrame(() => requestAnimationFrame(() => page.classList.add("called")));
  });
})();
