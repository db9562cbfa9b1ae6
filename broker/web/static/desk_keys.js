// The keyboard of a desk: Enter and letters, Alt with a digit for whoever's fingers are in a field, digits in dialogs.
// In the lists Enter means the row that has the focus, and nothing where none has.
"use strict";

(() => {
  const page = document.body;
  const typing = (event) => event.target.matches("input, select, textarea");

  function press(event, button) {
    if (!button || button.disabled || button.closest("[hidden]")) return;
    event.preventDefault();
    button.click();
  }

  const named = (scope, what, value) => scope.querySelector(`[data-${what}="${CSS.escape(value)}"]`);

  function withAlt(event, dialog) {
    const digit = /^Digit(\d)$/.exec(event.code)?.[1];
    if (digit === undefined) return;
    event.preventDefault(); // some browsers change the tab
    const choices = dialog ? dialog.querySelectorAll(".keys button") : [];
    press(event, named(dialog ?? document, "alt", digit) ?? choices[digit - 1]);
  }

  function inDialog(event, dialog) {
    if (!typing(event)) press(event, named(dialog, "letter", keys.letter(event)));
  }

  // Up and down go through the lists, as far as there is something to press.
  function inLists(event) {
    const buttons = [...document.querySelectorAll(".lines button")];
    const at = buttons.indexOf(document.activeElement);
    const next = buttons[at + (event.key === "ArrowDown" ? 1 : -1)];
    event.preventDefault();
    next?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.metaKey) return;
    const dialog = document.querySelector("dialog[open]");
    if (event.altKey && !event.ctrlKey) { withAlt(event, dialog); return; }
    if (dialog) { if (!event.ctrlKey) inDialog(event, dialog); return; }
    if (typing(event)) return;
    if (event.ctrlKey) {
      if (keys.letter(event) === "Z") press(event, document.querySelector("[data-action=undo]"));
      return;
    }
    const listing = page.classList.contains("listing") || event.target.closest(".lines");
    if (event.key === "Escape") atDesk.lists(false);
    else if (/^Arrow(Up|Down)$/.test(event.key) && listing) inLists(event);
    else if (event.key !== "Enter" || !(listing || event.target.closest("button, a"))) press(event, named(document, "key", keys.letter(event)));
  });
})();
