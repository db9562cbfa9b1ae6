// The keys of a desk: what may be pressed is what the hub said last, what is pressed goes through press.js.
"use strict";

(() => {
  const page = document.body;
  const desk = page.dataset.desk;
  const main = document.querySelector(".main");
  const dialogs = Object.fromEntries([...document.querySelectorAll("dialog")].map((each) => [each.id, each]));
  let pressing = false;

  const state = () => document.querySelector('[data-region="state"]').dataset;
  const can = (action) => state().can.split(" ").includes(action);

  function paint() {
    for (const button of document.querySelectorAll("[data-action]")) {
      button.disabled = pressing || !can(button.dataset.action);
    }
    main.dataset.action = state().main;
    main.disabled = pressing || !can(state().main);
    main.querySelector("span").textContent = goiso.away() ? page.dataset.connecting : state().mainLabel;
  }

  async function act(action, args = {}, permission = action) {
    if (pressing || !can(permission)) return;
    pressing = true;
    paint();
    const said = { ...args, showing: state().ticket };
    const answer = await press.send(`/api/v1/desks/${desk}/${action}`, said, () => { page.classList.add("away"); paint(); });
    pressing = false;
    if (answer) goiso.heard();
    if (answer && action === "next" && answer.ticket === null) press.say(page.dataset.nobody);
    paint();
    goiso.refresh();
  }

  function begin(action) {
    if (!can(action) || pressing) return;
    if (dialogs[action]) {
      dialogs[action].showModal();
      dialogs[action].querySelector("[autofocus], button, input")?.focus();
    } else act(action);
  }

  function finish(dialog, action, args) {
    dialog.close();
    act(action, args);
  }

  page.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const dialog = button.closest("dialog");
    if (button.matches("[data-close]")) dialog.close();
    else if (dialog && button.dataset.args) finish(dialog, dialog.id, JSON.parse(button.dataset.args));
    else if (button.dataset.take) take(button.dataset.take, button.dataset.number);
    else if (button.dataset.own) act("take", { ticket: button.dataset.own });
    else if (button.dataset.back) act("recall", { ticket: button.dataset.back }, "bring_back");
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
