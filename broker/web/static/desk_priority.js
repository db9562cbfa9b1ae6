// Whether the visit at the desk has priority: asked for the one that was shown when the question came up.
"use strict";

(() => {
  const page = document.body;
  const dialog = document.querySelector("#priority");

  async function correct(ticket, body) {
    dialog.close();
    if (await press.send(`/api/v1/tickets/${ticket}/priority`, body)) press.say(dialog.dataset.done);
    goiso.refresh();
  }

  page.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches("[data-priority]")) atDesk.open(dialog);
    else if (button?.dataset.body && dialog.contains(button)) correct(dialog.dataset.showing, JSON.parse(button.dataset.body));
  });
})();
