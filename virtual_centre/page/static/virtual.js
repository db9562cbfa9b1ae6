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

function touchable(place, device) {
  place.addEventListener("click", (event) => touch(event, place, device()));
}

function touch(event, place, device) {
  const screen = place.getBoundingClientRect();
  const x = (event.clientX - screen.left) / screen.width;
  const y = (event.clientY - screen.top) / screen.height;
  if (event.detail === 0) return; // a key on the keyboard has no place on the screen
  deed({ deed: "touch", device, part: "screen", x: clamp(x), y: clamp(y) });
  const spot = document.createElement("span");
  spot.className = "touched";
  spot.style.setProperty("left", `${x * 100}%`);
  spot.style.setProperty("top", `${y * 100}%`);
  spot.addEventListener("animationend", () => spot.remove());
  place.append(spot);
}

touchable($("kiosk"), () => "kiosk-1");
touchable($("touch"), () => `rating-${$("desk").value}`);

const clamp = (fraction) => Math.min(0.9999, Math.max(0, fraction));

$("show").addEventListener("click", () => deed({ deed: "show", device: "kiosk-1", thing: $("thing").value }));

for (const button of document.querySelectorAll("[data-key]")) {
  button.addEventListener("click", () => deed({ deed: "press", device: "kiosk-1", key: button.dataset.key }));
}

for (const button of document.querySelectorAll("[data-struck]")) {
  button.addEventListener("click", () => deed({ deed: "press", device: "keypad-q01a", key: button.dataset.struck }));
}

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
  "board-led/led/panels": drawPanels,
  "keypad-q01a/lamps/face": drawKeypad,
};

function take(showing) {
  const place = `${showing.device}/${showing.part}`;
  const name = `${place}/${showing.kind}`;
  shown.set(name, showing.facts);
  if (showing.picture) hang(place, showing);
  if (showing.kind === "condition") drawCondition(showing.part, showing.facts.condition);
  if (showing.kind === "face") drawTerminal();
  if (showing.device.startsWith("rating-") && showing.part === "screen") drawTouch(showing);
  if (showing.kind === "sound") speak(place, showing);
  if (name in draws) draws[name](showing.facts, showing.age_s);
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

// What a box says stands under it, and is heard where somebody ticked the box (a browser plays nothing unasked).
const loudspeakers = {};
const spoken = {};

function speak(place, { device, version, facts, age_s }) {
  const line = document.querySelector(`[data-spoken="${device}"]`);
  if (!line || facts.count === spoken[device]) return;
  spoken[device] = facts.count;
  line.textContent = facts.words;
  const listen = document.querySelector(`[data-listen="${device}"]`);
  if (!listen.checked || !facts.playing || age_s > 2) return;
  loudspeakers[device].src = `/virtual/picture/${place}/sound?v=${version}`;
  loudspeakers[device].play().catch(() => { listen.checked = false; });
}

for (const listen of document.querySelectorAll("[data-listen]")) {
  loudspeakers[listen.dataset.listen] = new Audio();
  listen.addEventListener("change", () => loudspeakers[listen.dataset.listen].pause());
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

function drawPanels(facts) {
  const row = $("leds");
  while (row.children.length < facts.panels.length) row.append(ledPanel());
  facts.panels.forEach((panel, index) => {
    const [number, place] = row.children[index].children;
    number.textContent = panel.text.padEnd(4) || "    ";
    place.textContent = panel.label;
    row.children[index].classList.toggle("dark", !panel.text.trim());
  });
}

function drawKeypad(face) {
  face.lamps.forEach((lit, index) => $("lamps").children[index].classList.toggle("lit", lit));
  $("keypad-said").textContent = [face.said[document.documentElement.lang], ...face.choices].join("\n");
}

function ledPanel() {
  const panel = document.createElement("div");
  panel.className = "led";
  panel.append(document.createElement("b"), document.createElement("small"));
  return panel;
}

// ------------------------------------------------------------------------------------------- the rating terminal

const MOUTHS = {
  delighted: "M7 14c1.4 3.2 8.6 3.2 10 0z",
  glad: "M7.5 14.3c1.5 2.4 7.5 2.4 9 0",
  plain: "M8 15.6h8",
  sad: "M7.5 16.6c1.5-2.4 7.5-2.4 9 0",
  bitter: "M7 17c1.4-3.2 8.6-3.2 10 0z",
};
const MOODS = {
  2: ["glad", "sad"],
  3: ["glad", "plain", "sad"],
  4: ["delighted", "glad", "plain", "sad"],
  5: ["delighted", "glad", "plain", "sad", "bitter"],
};
const COLOURS = { delighted: "l1", glad: "l2", plain: "l3", sad: "l5", bitter: "l5" };

// One terminal is a screen: its picture stands where the others have their buttons.
const isTouch = () => $("desk").selectedOptions[0].dataset.touch !== undefined;

function drawTouch(showing) {
  pictures.set(showing.device, showing.version);
  drawTerminal();
}

const pictures = new Map(); // device -> version of its newest picture

function drawTerminal() {
  const device = `rating-${$("desk").value}`;
  for (const id of ["question", "faces", "privacy"]) $(id).hidden = isTouch();
  $("touch").hidden = !isTouch();
  if (isTouch()) {
    const version = pictures.get(device);
    $("terminal").classList.remove("closed");
    $("touch-picture").hidden = !version;
    if (version) $("touch-picture").src = `/virtual/picture/${device}/screen/picture?v=${version}`;
    return;
  }
  const face = shown.get(`${device}/panel/face`);
  $("terminal").classList.toggle("closed", !face);
  if (!face) {
    $("question").textContent = said.starting;
    $("faces").replaceChildren();
    return;
  }
  const lang = document.documentElement.lang;
  $("question").textContent = face.said[lang];
  $("privacy").textContent = face.privacy[lang];
  if ($("faces").children.length !== face.names.length) $("faces").replaceChildren(...face.names.map(faceButton));
  face.names.forEach((name, index) => {
    const button = $("faces").children[index];
    button.lastChild.textContent = name[lang];
    button.classList.toggle("lit", face.lamps[index]);
    button.classList.toggle("chosen", face.chosen === index + 1);
    button.classList.toggle("jammed", face.stuck.includes(index + 1));
  });
}

function faceButton(_, index, names) {
  const mood = MOODS[names.length][index];
  const button = document.createElement("button");
  button.type = "button";
  button.className = `face ${COLOURS[mood]}`;
  const open = mood === "delighted" || mood === "bitter" ? ' class="open"' : "";
  button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10"/>
    <path d="M8.5 9v.6M15.5 9v.6" class="eyes"/><path d="${MOUTHS[mood]}"${open}/></svg><i class="lamp"></i><span></span>`;
  button.addEventListener("click", () =>
    deed({ deed: "key", device: `rating-${$("desk").value}`, part: "panel", button: index + 1 }));
  return button;
}

function countDown(now) {
  const device = `rating-${$("desk").value}`;
  const face = shown.get(isTouch() ? `${device}/screen/picture` : `${device}/panel/face`);
  const left = face ? Math.ceil(face.until - now) : 0;
  const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  $("armed").textContent = left > 0 ? said.armed.replace("{number}", face.number).replace("{left}", text) : said.idle;
  $("armed").classList.toggle("ready", left > 0);
}

// The centre tells the time once per change of pace; from there the page counts by itself.
let clock = null;

function drawClock(facts, age_s) {
  clock = { now: facts.now + age_s * facts.pace, pace: facts.pace, zone: facts.zone, seen: performance.now() };
  for (const input of document.querySelectorAll("input[name=pace]")) input.checked = Number(input.value) === facts.pace;
  tick();
}

function tick() {
  if (!clock) return;
  const seconds = clock.now + ((performance.now() - clock.seen) / 1000) * clock.pace;
  const now = new Date(seconds * 1000);
  const part = (options) => now.toLocaleString("en-GB", { timeZone: clock.zone, ...options });
  $("time").textContent = part({ hour: "2-digit", minute: "2-digit" });
  const weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].indexOf(part({ weekday: "short" }));
  $("date").textContent = `${said.days[weekday]}, ${part({ day: "2-digit", month: "2-digit" })}`;
  countDown(seconds);
}
setInterval(tick, 250);

drawTerminal();

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
