// Asks every few seconds whether the turn has changed: costs a phone next to nothing, and works behind every relay.
// A rating is sent without leaving the page; without this script its forms work all the same.
"use strict";

(() => {
  const page = document.body;
  const EVERY_MS = 5000;
  let tag = "";
  let timer = 0;

  const region = () => page.querySelector('[data-region="turn"]');

  function show(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector('[data-region="turn"]');
    const old = region();
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
        const text = await answer.text();
        if (!region().querySelector("form :checked, form :focus")) show(text); // nobody's choice is wiped out
      }
      page.classList.toggle("away", answer.status >= 500);
    } catch {
      page.classList.add("away");
    }
    timer = setTimeout(ask, EVERY_MS);
  }

  page.addEventListener("submit", async (event) => {
    if (!event.submitter) return; // an old browser sends the form by itself
    event.preventDefault();
    const said = new URLSearchParams(new FormData(event.target));
    if (event.submitter.name) said.append(event.submitter.name, event.submitter.value);
    for (const button of event.target.querySelectorAll("button")) button.disabled = true;
    try {
      const answer = await fetch(event.target.action, { method: "POST", body: said });
      if (!answer.ok) throw new Error(answer.statusText);
      show(await answer.text());
      scrollTo(0, 0);
      page.classList.remove("away");
    } catch {
      page.classList.add("away");
      for (const button of event.target.querySelectorAll("button")) button.disabled = false;
    }
  });

  page.addEventListener("change", (event) => {
    const form = event.target.form;
    const reasons = form ? [...form.querySelectorAll('[name="reason"]')] : [];
    const full = reasons.filter((each) => each.checked).length >= Number(form.dataset.most);
    for (const each of reasons) each.disabled = full && !each.checked;
  });

  document.addEventListener("visibilitychange", ask);
  timer = setTimeout(ask, EVERY_MS);
})();
