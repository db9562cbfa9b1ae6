// The keys of a desk. Each press has an id of its own and is sent with that same id until it is answered,
// so that a lost answer never becomes a second press.
"use strict";

(() => {
  const page = document.body;
  const desk = page.dataset.desk;
  const GIVE_UP_MS = 30000;
  const word = document.querySelector(".word");
  const main = document.querySelector(".main");
  const dialogs = Object.fromEntries([...document.querySelectorAll("dialog")].map((each) => [each.id, each]));
  let pressing = false;
  let wordTimer = 0;

  const state = () => document.querySelector('[data-region="state"]').dataset;
  const can = (action) => state().can.split(" ").includes(action);

  function uuid() {
    // crypto.randomUUID is only there with https.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function say(text) {
    clearTimeout(wordTimer);
    word.textContent = text;
    wordTimer = setTimeout(() => { word.textContent = ""; }, 5000);
  }

  function paint() {
    for (const button of document.querySelectorAll("[data-action]")) {
      button.disabled = pressing || !can(button.dataset.action);
    }
    main.dataset.action = state().main;
    main.disabled = pressing || !can(state().main);
    main.querySelector("span").textContent = goiso.away() ? page.dataset.connecting : state().mainLabel;
  }

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  async function send(action, args, id) {
    const until = performance.now() + GIVE_UP_MS;
    for (;;) {
      try {
        const answer = await fetch(`/api/v1/desks/${desk}/${action}`, {
          method: "POST",
          headers: { "Content-Type": "application/json", "Idempotency-Key": id, "X-Form-Token": page.dataset.formToken },
          body: JSON.stringify(args),
        });
        if (answer.status < 500) return answer;
      } catch {
        // No answer: whether it was done is not known, so the same id is sent again.
      }
      page.classList.add("away");
      paint();
      if (performance.now() > until) return null;
      await pause(1000);
    }
  }

  async function press(action, args = {}) {
    if (pressing || !can(action)) return;
    pressing = true;
    paint();
    const answer = await send(action, args, uuid());
    pressing = false;
    if (answer) goiso.heard();
    if (!answer) say(page.dataset.sentLate);
    else if (answer.status === 401) location.reload();
    else {
      const body = await answer.json();
      if (!answer.ok) say(body.message[document.documentElement.lang] || body.message.vi);
      else if (action === "next" && body.ticket === null) say(page.dataset.nobody);
    }
    paint();
    goiso.refresh();
  }

  function begin(action) {
    if (!can(action) || pressing) return;
    if (dialogs[action]) {
      dialogs[action].showModal();
      dialogs[action].querySelector("[autofocus], button, input")?.focus();
    } else press(action);
  }

  function finish(dialog, action, args) {
    dialog.close();
    press(action, args);
  }

  page.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const dialog = button.closest("dialog");
    if (button.matches("[data-close]")) dialog.close();
    else if (dialog && button.dataset.args) finish(dialog, dialog.id, JSON.parse(button.dataset.args));
    else if (button.dataset.take) take(button.dataset.take, button.dataset.number);
    else if (button.dataset.own) press("take", { ticket: button.dataset.own });
    else if (button.dataset.back) press("recall", { ticket: button.dataset.back });
    else if (button.dataset.action) begin(button.dataset.action);
    // A mouse leaves no focus behind: Enter must go on meaning "next".
    if (event.detail > 0 && !dialog) button.blur();
  });

  function take(ticket, number) {
    if (!can("take") || pressing) return;
    const dialog = dialogs.take;
    dialog.dataset.ticket = ticket;
    dialog.querySelector("[data-number]").textContent = number;
    dialog.showModal();
    dialog.querySelector("input").focus();
  }

  dialogs.take.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const reason = event.target.elements.reason.value.trim();
    if (reason) finish(dialogs.take, "take", { ticket: dialogs.take.dataset.ticket, reason });
  });

  dialogs.transfer.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = event.target.elements.desk.value;
    if (chosen) finish(dialogs.transfer, "transfer", { to_desk: chosen });
  });

  function dialogKey(dialog, event) {
    if (event.target.matches("input, select")) return;
    const button = dialog.querySelector(`[data-letter="${CSS.escape(event.key.toUpperCase())}"]`);
    if (button) { event.preventDefault(); button.click(); }
  }

  document.addEventListener("keydown", (event) => {
    const open = document.querySelector("dialog[open]");
    if (open) { dialogKey(open, event); return; }
    if (event.repeat || event.metaKey || event.target.matches("input, select, textarea")) return;
    if (event.key.toLowerCase() === "z" && event.ctrlKey) { event.preventDefault(); begin("undo"); return; }
    if (event.ctrlKey || event.altKey) return;
    if (event.key === "Enter" && !event.target.closest("button, a")) { event.preventDefault(); begin(main.dataset.action); return; }
    const button = document.querySelector(`[data-shortcut="${CSS.escape(event.key.toUpperCase())}"]`);
    if (button) { event.preventDefault(); begin(button.dataset.action); }
  });

  page.addEventListener("goiso:swapped", paint);
  page.addEventListener("goiso:back", paint);
  setInterval(() => { if (goiso.away()) paint(); }, 1000);
  paint();
})();
