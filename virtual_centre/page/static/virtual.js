// The page hears what the boxes show (one event stream) and sends what hands do (one kind of POST). Nothing else.
"use strict";

const said = JSON.parse(document.getElementById("said").textContent);
const token = document.querySelector("meta[name=goiso-token]").content;
const $ = (id) => document.getElementById(id);

// ------------------------------------------------------------------------------------------------ what hands do

async function deed(what) {
  const answer = await fetch("/virtual/deeds", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Goiso-Token": token },
    body: JSON.stringify(what),
  }).catch(() => null);
  if (answer && answer.status === 403) location.reload(); // the centre was started anew: this page is the old one's
  const refused = answer && answer.status === 409 ? await answer.text() : "";
  $("refused").textContent = refused;
  $("refused").hidden = !refused;
}

$("kiosk").addEventListener("click", (event) => {
  const screen = $("kiosk").getBoundingClientRect();
  const x = (event.clientX - screen.left) / screen.width;
  const y = (event.clientY - screen.top) / screen.height;
  if (event.detail === 0) return; // a key on the keyboard has no place on the screen
  deed({ deed: "touch", device: "kiosk-1", part: "screen", x: clamp(x), y: clamp(y) });
  const spot = document.createElement("span");
  spot.className = "touched";
  spot.style.setProperty("left", `${x * 100}%`);
  spot.style.setProperty("top", `${y * 100}%`);
  spot.addEventListener("animationend", () => spot.remove());
  $("kiosk").append(spot);
});

const clamp = (fraction) => Math.min(1, Math.max(0, fraction));

$("come").addEventListener("click", () => deed({ deed: "crowd", on: $("come").ariaPressed !== "true" }));

for (const pace of document.querySelectorAll("input[name=pace]")) {
  pace.addEventListener("change", () => deed({ deed: "pace", pace: Number(pace.value) }));
}

for (const button of document.querySelectorAll("[data-fault]")) {
  button.addEventListener("click", () =>
    deed({ deed: "switch", fault: button.dataset.fault, on: button.ariaPressed !== "true" }));
}

$("desk").addEventListener("change", () => {
  drawTerminal();
  deed({ deed: "terminal", desk: $("desk").value });
});

// -------------------------------------------------------------------------------------------- what the boxes show

const shown = new Map(); // "device/part/kind" -> facts

const draws = {
  "centre/clock/facts": drawClock,
  "centre/faults/facts": drawFaults,
  "centre/stopwatch/facts": (facts) => { $("after").textContent = said.after_press.replace("{ms}", facts.ms); },
  "centre/crowd/facts": drawCrowd,
};

function take(showing) {
  const place = `${showing.device}/${showing.part}`;
  const name = `${place}/${showing.kind}`;
  shown.set(name, showing.facts);
  if (showing.picture) hang(place, showing);
  if (showing.kind === "condition") drawCondition(showing.part, showing.facts.condition);
  if (showing.device.startsWith("rating-")) drawTerminal();
  if (name in draws) draws[name](showing.facts);
}

function hang(place, showing) {
  const picture = document.querySelector(`img[data-picture="${place}"]`);
  if (!picture) return;
  picture.src = `/virtual/picture/${place}/${showing.kind}?v=${showing.version}`;
  picture.hidden = false;
  if (showing.part === "paper") {
    const size = (showing.facts.size / 1000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    $("paper-size").textContent = said.size.replace("{size}", size).replace("{mm}", showing.facts.mm);
  }
}

function drawCondition(name, condition) {
  for (const place of document.querySelectorAll(`[data-condition="${name}"]`)) {
    place.className = condition;
    place.textContent = said[condition];
    place.closest(".panel").classList.toggle("gone-dark", condition === "off" || condition === "dead");
  }
}

function drawFaults(facts) {
  for (const button of document.querySelectorAll("[data-fault]")) {
    button.ariaPressed = String(facts.on.includes(button.dataset.fault));
  }
}

function drawCrowd(facts) {
  $("come").ariaPressed = String(facts.on);
  $("come-words").textContent = facts.on ? said.go : said.come;
  $("came").textContent = facts.came ? said.came.replace("{n}", facts.came.toLocaleString(document.documentElement.lang)) : "";
}

// The centre tells the time once per change of pace; from there the page counts by itself.
let clock = null;

function drawClock(facts) {
  clock = { now: facts.now, pace: facts.pace, zone: facts.zone, seen: performance.now() };
  for (const input of document.querySelectorAll("input[name=pace]")) input.checked = Number(input.value) === facts.pace;
  tick();
}

function tick() {
  if (!clock) return;
  const now = new Date((clock.now + ((performance.now() - clock.seen) / 1000) * clock.pace) * 1000);
  const part = (options) => now.toLocaleString("en-GB", { timeZone: clock.zone, ...options });
  $("time").textContent = part({ hour: "2-digit", minute: "2-digit" });
  const weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].indexOf(part({ weekday: "short" }));
  $("date").textContent = `${said.days[weekday]}, ${part({ day: "2-digit", month: "2-digit" })}`;
}
setInterval(tick, 250);

// ------------------------------------------------------------------------------------------------------ the stream

let life = "";
const stream = new EventSource("/virtual/events");
stream.onopen = () => { $("lost").hidden = true; };
stream.onerror = () => { $("lost").hidden = false; };
stream.onmessage = (event) => {
  const begun = event.lastEventId.split(".")[0];
  if (life && begun !== life) location.reload(); // another run of the centre: its page may be another one too
  life = begun;
  take(JSON.parse(event.data));
};
