// Finds a service as one types, without marks, and asks for a number; or by the code of an appointment.
"use strict";

(() => {
  const page = document.body;
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, "").replaceAll("đ", "d");
  const buttons = [...document.querySelectorAll("[data-service]")];
  const search = document.querySelector("#search");
  const form = document.querySelector("#issue");
  const checkIn = document.querySelector("#check-in");
  const instead = document.querySelector("#instead");
  const counters = JSON.parse(page.dataset.counters);
  const more = document.querySelector("#more");
  let asking = false;
  let asked = {};

  function find() {
    const wish = plain(search.value).split(/\s+/).filter(Boolean);
    for (const button of buttons) {
      const said = plain(button.dataset.say);
      button.hidden = !wish.every((part) => said.includes(part));
    }
    for (const row of document.querySelectorAll(".offers li")) row.hidden = !row.querySelector("[data-service]:not([hidden])");
    document.querySelector("#nothing").hidden = buttons.some((button) => !button.hidden);
  }

  // Where time is short the hub says what may be had instead: buttons that ask once more, for the same thing.
  function offer(what, offers) {
    asked = what;
    instead.hidden = !offers.length;
    for (const button of instead.querySelectorAll("[data-accept]")) button.hidden = !offers.includes(button.dataset.accept);
  }

  async function issue(what, accept) {
    if (asking) return;
    asking = true;
    const priority = form.elements.priority.value;
    const wish = { ...what, ...(priority && { priority }), ...(accept && { accept }) };
    offer(what, []);
    const body = await press.send("/api/v1/tickets", wish, undefined, (said) => offer(what, said.offers || []));
    asking = false;
    if (!body) return;
    document.querySelector("#number").textContent = body.ticket.number;
    document.querySelector("#ahead").textContent = body.ticket.ahead ? page.dataset.ahead.replace("{ahead}", body.ticket.ahead) : page.dataset.aheadNone;
    document.querySelector("#watch").textContent = page.dataset.watch.replace("{counters}", body.ticket.counters.map((each) => counters[each]).join(", "));
    document.querySelector("#due").textContent = body.ticket.due ? page.dataset.due.replace("{time}", body.ticket.due.slice(11, 16)) : "";
    if (body.ticket.late) document.querySelector("#due").textContent = page.dataset.late;
    if (checkIn) checkIn.reset();
    more.hidden = false;
    more.querySelector("a").href = `/ticket?q=${encodeURIComponent(body.ticket.number)}`;
    form.elements.priority.value = "";
    search.value = "";
    find();
    search.focus();
  }

  search.addEventListener("input", find);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const found = buttons.filter((button) => !button.hidden);
    if (found.length === 1) issue({ service: found[0].dataset.service });
  });
  if (checkIn)
    checkIn.addEventListener("submit", (event) => {
      event.preventDefault();
      issue({ appointment: checkIn.elements.code.value });
    });
  instead.addEventListener("click", (event) => {
    const button = event.target.closest("[data-accept]");
    if (button) issue(asked, button.dataset.accept);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "F2" && !more.hidden) more.querySelector("a").click();
  });
  document.querySelector("#services").addEventListener("click", (event) => {
    const button = event.target.closest("[data-service]");
    if (button) issue({ service: button.dataset.service });
  });
  find(); // what was typed before this script was here, or what the browser kept of the last visit
})();
