// One number: what may be done with it is what the hub said last, by one key each; "/" goes back to the search.
"use strict";

(() => {
  const page = document.body;
  const search = document.querySelector(".find input");
  const region = () => document.querySelector('[data-region="state"]')?.dataset;
  const can = (action) => (region()?.can || "").split(" ").includes(action);
  let sending = false;

  function paint() {
    for (const button of document.querySelectorAll("[data-action]")) {
      button.disabled = sending || !can(button.dataset.action);
      if (button.dataset.action === "restore") button.hidden = !can("restore");
      if (button.dataset.action === "cancel") button.hidden = can("restore");
    }
  }

  async function send(action, body, done) {
    if (sending || !can(action)) return;
    sending = true;
    paint();
    const answer = await press.send(`/api/v1/tickets/${region().ticket}/${action}`, body);
    sending = false;
    if (answer) press.say(done);
    paint();
    goiso.refresh();
  }

  function begin(button) {
    if (button.disabled) return;
    const dialog = document.getElementById(button.dataset.action);
    if (!dialog) send(button.dataset.action, {}, button.dataset.done);
    else dialog.showModal();
  }

  page.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const dialog = button?.closest("dialog");
    if (button?.matches("[data-close]")) dialog.close();
    else if (dialog && button?.dataset.body) {
      dialog.close();
      send(dialog.id, JSON.parse(button.dataset.body), dialog.dataset.done);
    } else if (button?.dataset.action) begin(button);
  });

  page.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const typing = event.target.matches("input, select, textarea");
    const dialog = document.querySelector("dialog[open]");
    if (typing && event.key === "Escape") event.target.blur();
    if (typing) return;
    const key = CSS.escape(keys.letter(event));
    const button = dialog ? dialog.querySelector(`[data-letter="${key}"]`) : page.querySelector(`[data-shortcut="${key}"]`);
    if (button) button.click();
    else if (event.key === "/" && !dialog) search.select();
    else return;
    event.preventDefault();
  });

  // A paper under way is asked after until the machine has told, since no state of the hall says so.
  let asking = 0;
  function follow() {
    clearTimeout(asking);
    if (document.querySelector('[data-waits="1"]')) asking = setTimeout(goiso.refresh, 1000);
  }

  page.addEventListener("goiso:swapped", () => { paint(); follow(); });
  paint();
  follow();
})();
