// The actions of a desk: what may be pressed is what the hub said last; a press goes through press.js and says which
// visit was shown, and which call of it, so that it never means another one.
"use strict";

const atDesk = (() => {
  const page = document.body;
  const desk = page.dataset.desk;
  const main = document.querySelector(".main");
  const dialogs = Object.fromEntries([...document.querySelectorAll("dialog")].map((each) => [each.id, each]));
  const local = { other: () => page.dispatchEvent(new CustomEvent("goiso:number")), list: () => lists() };
  const SETTLE_MS = 1500;
  let pressing = false;

  const state = () => document.querySelector('[data-region="state"]').dataset;
  const can = (action) => action in local || state().can.split(" ").includes(action);

  function paint() {
    for (const button of document.querySelectorAll("[data-action]")) {
      button.disabled = pressing || !can(button.dataset.action);
      button.classList.toggle("due", state().due === button.dataset.action);
    }
    main.dataset.action = state().main;
    main.disabled = pressing || !can(state().main);
    main.querySelector("span").textContent = goiso.away() ? page.dataset.connecting : state().mainLabel;
  }

  async function act(action, args = {}, { permission = action, showing = state().ticket } = {}) {
    if (pressing || !can(permission)) return;
    pressing = true;
    paint();
    const away = () => { page.classList.add("away"); paint(); };
    const content = { ...args, showing, call_seq: Number(state().callSeq) };
    const answer = await press.send(`/api/v1/desks/${desk}/${action}`, content, away);
    if (answer) goiso.heard();
    if (answer && action === "next" && answer.ticket === null) press.say(page.dataset.nobody);
    // Until the page shows what came of it, another key would mean what is gone.
    await Promise.race([goiso.refresh(true), new Promise((done) => setTimeout(done, SETTLE_MS))]);
    pressing = false;
    paint();
  }

  function begin(action) {
    if (pressing || !can(action)) return;
    if (action in local) local[action]();
    else if (dialogs[action]) open(dialogs[action]);
    else act(action);
  }

  function open(dialog) {
    dialog.dataset.showing = state().ticket;
    dialog.querySelector("form")?.reset();
    ready();
    if (dialog === dialogs.transfer) offerPlaces();
    dialog.showModal();
    dialog.querySelector("input:not([data-again] *), .keys button:not([hidden])")?.focus();
  }

  // Where the visit may go, and where nobody sits now.
  function offerPlaces() {
    const shut = state().shut.split(" ");
    for (const button of dialogs.transfer.querySelectorAll(".keys button")) {
      const { to_queue } = JSON.parse(button.dataset.args);
      button.hidden = to_queue === state().queue;
      button.querySelector("[data-note]").hidden = !shut.includes(to_queue);
    }
    for (const option of dialogs.transfer.querySelectorAll("option[data-shut]")) {
      option.disabled = shut.includes(option.value);
      option.textContent = option.disabled ? option.dataset.shut : option.dataset.open;
    }
  }

  function finish(dialog, args, action = dialog.id, permission = action) {
    dialog.close();
    act(action, args, { permission, showing: dialog.dataset.showing });
  }

  // A visit goes back to where it has been only for a reason: then the dialog asks for it.
  const transfer = dialogs.transfer.querySelector("form");
  const again = transfer.querySelector("[data-again]");
  let target = null;

  function sendTo(args) {
    const place = args.to_queue ?? args.to_desk;
    const reason = transfer.elements.reason.value.trim();
    const been = state().been.split(" ").includes(place);
    target = been ? args : null;
    again.hidden = !been;
    ready();
    if (been && !reason) transfer.elements.reason.focus();
    else finish(dialogs.transfer, been ? { ...args, reason } : args);
  }

  transfer.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = transfer.elements.desk.value;
    if (chosen) sendTo({ to_desk: chosen });
    else if (target) sendTo(target);
  });
  function forget() {
    target = null;
    again.hidden = true;
    ready();
  }

  // Its button can be pressed once there is somewhere to go.
  function ready() {
    transfer.querySelector(".go").disabled = !(transfer.elements.desk.value || target);
  }

  transfer.addEventListener("reset", forget);
  transfer.elements.desk.addEventListener("change", forget);

  // In a small window the lists take the place of the keys.
  function lists(shown = !page.classList.contains("listing")) {
    page.classList.toggle("listing", shown);
    if (shown) (document.querySelector(".lines button") ?? document.querySelector(".lines")).focus();
    else document.activeElement?.blur();
  }

  page.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (event.detail > 0 && !event.target.closest(".lines, [data-action=list]")) page.classList.remove("listing");
    if (!button) return;
    const dialog = button.closest("dialog");
    if (button.matches("[data-close]")) dialog.close();
    else if (button.dataset.args) {
      const args = JSON.parse(button.dataset.args);
      if (dialog === dialogs.transfer) { transfer.elements.desk.value = ""; sendTo(args); }
      else finish(dialog, args);
    } else if (button.dataset.take) page.dispatchEvent(new CustomEvent("goiso:number", { detail: button.dataset.take }));
    else if (button.dataset.own) { lists(false); act("take", { ticket: button.dataset.own }); }
    else if (button.dataset.back) { lists(false); act("recall", { ticket: button.dataset.back }, { permission: "bring_back" }); }
    else if (button.dataset.action) begin(button.dataset.action);
    // A mouse leaves no focus behind: Enter must go on meaning "next".
    if (event.detail > 0 && !dialog) button.blur();
  });

  page.addEventListener("goiso:swapped", paint);
  page.addEventListener("goiso:back", paint);
  setInterval(() => { if (goiso.away()) paint(); }, 1000);
  paint();
  return { begin, open, finish, lists, state, main };
})();
