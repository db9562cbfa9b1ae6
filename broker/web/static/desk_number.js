// A number that is typed: the hub says whose it is and what this desk may do with it. What is shown belongs to the number
// that stands in the field, or to none: nothing is done to a visit that the hub has not just named for it.
"use strict";

(() => {
  const page = document.body;
  const dialog = document.getElementById("other");
  const form = dialog.querySelector("form");
  const { number, reason } = form.elements;
  const buttons = { call: form.querySelector("[value=call]"), back: form.querySelector("[value=back]") };
  const why = form.querySelector("[data-why]");
  const away = form.querySelector("[data-not=away]");
  const PAUSE_MS = 150;
  let asked = 0;
  let heard = 0;
  let timer = 0;

  const region = () => dialog.querySelector('[data-region="found"]');
  const offers = (what) => what in region().dataset;

  function show() {
    const { status } = atDesk.state();
    const known = offers("ticket");
    for (const [what, button] of Object.entries(buttons)) button.hidden = !offers(what);
    why.hidden = !(offers("call") && offers("reason"));
    form.querySelector("[data-not=busy]").hidden = !(known && status === "busy");
    form.querySelector("[data-not=closed]").hidden = !(known && ["closed", "paused"].includes(status));
  }

  function place(fresh) {
    region().replaceWith(fresh);
    away.hidden = true;
    goiso.tick();
    show();
  }

  function nothing() {
    const empty = document.createElement("div");
    empty.dataset.region = "found";
    place(empty);
  }

  // Whether the hub has answered for what stands in the field now.
  async function look() {
    clearTimeout(timer);
    const mine = ++asked;
    const typed = number.value.trim();
    if (!typed) { nothing(); return false; }
    const query = new URLSearchParams({ typed, lang: document.documentElement.lang });
    try {
      const answer = await patient(`/desk/${page.dataset.desk}/number?${query}`);
      if (!answer.ok) throw new Error(answer.status);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-region]");
      if (typed !== number.value.trim()) return false;
      if (mine > heard) { heard = mine; place(document.adoptNode(fresh)); }
      return true;
    } catch {
      // The hub is away: Enter asks again.
      if (mine === asked) away.hidden = false;
      return false;
    }
  }

  function carryOut(what) {
    const ticket = region().dataset.ticket;
    if (!dialog.open || !ticket || !offers(what)) return;
    if (what === "back") atDesk.finish(dialog, { ticket }, "recall", "bring_back");
    else if (offers("reason") && !reason.value.trim()) reason.focus();
    else atDesk.finish(dialog, { ticket, reason: reason.value.trim() }, "take");
  }

  async function go(what) {
    if (await look()) carryOut(what);
  }

  // Enter means what needs no explanation, unless one was written.
  async function enter() {
    if (await look()) carryOut(offers("back") && !reason.value.trim() ? "back" : "call");
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    enter();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.reason) { reason.value = button.dataset.reason; go("call"); }
    else if (button?.name === "do") go(button.value);
  });
  number.addEventListener("input", () => {
    clearTimeout(timer);
    nothing();
    timer = setTimeout(look, PAUSE_MS);
  });

  page.addEventListener("goiso:number", async (event) => {
    atDesk.lists(false);
    atDesk.open(dialog);
    nothing();
    number.value = event.detail ?? "";
    await look();
    if (event.detail && !why.hidden) reason.focus();
  });
  page.addEventListener("goiso:swapped", () => { if (dialog.open && number.value.trim()) look(); });
})();
