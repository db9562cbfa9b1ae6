// The parts of a board's page: what stands in each, and how. Knows no states and no time, only what it is told to show.
"use strict";

const goisoParts = (() => {
  const { find, readable, say, below, write, make, empty, show } = goisoPaper;
  const page = document.body;
  const ROWS = 6, SHORT = 3, QUEUES = 6;
  const TURNS = { left: 180, up: 270, down: 90, right: 0 };

  let site = { counters: [], queues: [] };

  const page_of = (turn, count, size) => turn % Math.max(1, Math.ceil(count / size));

  const counterOf = (call) => site.counters.filter((each) => each.id === call.counter)[0];
  function placeOf(call) {
    const known = counterOf(call);
    const label = readable(call.label, 40);
    const rest = label.indexOf("Quầy ") === 0 ? label.slice(5).trim() : label;
    const spoken = call.lang !== "vi" ? call.lang : page.dataset.second;
    return {
      label, rest: rest.charAt(0).toUpperCase() + rest.slice(1),
      other: known && known.label[spoken] ? readable(known.label[spoken], 40) : "",
      way: page.dataset.arrow || (known && known.way) || "right",
    };
  }

  function hero(call, fresh) {
    const place = placeOf(call), short = place.rest.length <= SHORT, box = find(".hero");
    box.classList.toggle("serving", call.serving);
    box.classList.toggle("fresh", fresh);
    write(".hero h1", say(call.serving ? "serving" : "invite"));
    write(".hero h2", below(call.serving ? "serving" : "invite", {}, call.lang));
    const to = [say(call.serving ? "at" : "to"), below(call.serving ? "at" : "to", {}, call.lang)].filter(Boolean);
    write(".plate .to", to.join(" · "));
    write(".plate .place", short ? say("counter") : place.label);
    write(".plate .other", place.other);
    show(".plate .at", short);
    write(".plate .at", short ? place.rest : "", find(".plate"), 0.86);
    const arrow = find(".plate svg");
    arrow.style.display = call.serving || !(place.way in TURNS) ? "none" : "";
    arrow.style.transform = `rotate(${TURNS[place.way] || 0}deg)`;
    write(".num span", readable(call.number, 8), find(".num"), 0.88);
  }

  // How pale a call that draws attention is now, 0 to 4.
  function pale(soft) {
    if (find(".hero").dataset.soft !== String(soft)) find(".hero").dataset.soft = soft;
  }

  function calm(open) {
    const key = open === null ? "starting" : open ? "welcome" : "closed";
    const then = { starting: "moment", welcome: "take", closed: "come_back" }[key];
    write(".calm h1", say(key));
    write(".calm .then", say(then));
    write(".calm .en", below(then, {}, "en"));
    write(".calm .km", below(then, {}, "km"));
  }

  // Whom the hall looks for stays; who is served takes turns in what room is left.
  function list(others, turn) {
    const columns = others.length > ROWS ? 2 : 1, capacity = columns * ROWS;
    const looked = others.filter((call) => !call.serving).length, stays = looked < capacity ? looked : 0;
    const step = capacity - stays, first = stays + page_of(turn, others.length - stays, step) * step;
    const due = others.slice(0, stays).concat(others.slice(first, first + step));
    const rows = empty(find(".rows"));
    for (let column = 0; column < columns; column += 1) {
      const part = rows.appendChild(make("div", "column"));
      const head = part.appendChild(make("p", "head"));
      head.appendChild(make("span", "", say("number") + (columns === 1 ? ` · ${below("number")}` : "").replace(/ · $/, "")));
      head.appendChild(make("span", "", say("counter") + (columns === 1 ? ` · ${below("counter")}` : "").replace(/ · $/, "")));
      due.slice(column * ROWS, (column + 1) * ROWS).forEach((call) => drawRow(part, call, columns));
      for (let left = part.childNodes.length - 1; left < (columns === 1 ? 5 : ROWS); left += 1) part.appendChild(make("p", "row none"));
    }
  }

  function drawRow(part, call, columns) {
    const place = placeOf(call);
    const row = part.appendChild(make("p", "row"));
    if (call.serving) row.classList.add("serving");
    if (call.fresh) row.classList.add("fresh");
    const short = place.rest.length <= SHORT;
    write(row.appendChild(make("b", "number")), readable(call.number, 8), row);
    const at = row.appendChild(make("b", short ? "at" : "at long"));
    write(at, place.rest, short ? row : at);
    if (columns === 1 && !call.serving && place.way in TURNS) row.appendChild(make("i", `way ${place.way}`));
  }

  const minutes = (wait) => say(wait.low_min <= 0 ? "under" : "minutes", { low: wait.low_min, high: wait.high_min });

  function queues(waiting, large, turn) {
    const first = page_of(turn, waiting.length, QUEUES) * QUEUES;
    const rows = empty(find(".queues")), chips = empty(find(".chips"));
    waiting.slice(first, first + QUEUES).forEach((queue) => {
      const known = site.queues.filter((each) => each.id === queue.id)[0];
      const letter = readable(known ? known.prefix : queue.id.toUpperCase(), 4);
      const wait = queue.state.wait ? minutes(queue.state.wait) : "";
      if (large) {
        const row = rows.appendChild(make("p", "queue"));
        row.appendChild(make("b", "letter", letter));
        const said = row.appendChild(make("span", "said"));
        said.appendChild(make("b", "", known ? readable(known.name.vi, 40) : ""));
        const about = wait && queue.state.wait.low_min > 0 ? `${say("about")} ${wait}` : wait;
        said.appendChild(make("span", "", [say("people_wait", { count: queue.state.waiting }), about].filter(Boolean).join(" · ")));
      } else {
        const chip = chips.appendChild(make("span", "chip"));
        chip.appendChild(make("b", "letter", letter));
        const said = chip.appendChild(make("span", "said"));
        said.appendChild(make("b", "", say("people", { count: queue.state.waiting })));
        if (wait) said.appendChild(make("span", "", wait));
      }
    });
    const over = () => chips.scrollWidth > chips.clientWidth + 1;
    while (chips.lastChild && over()) chips.removeChild(chips.lastChild);
  }

  function foot(known, count) {
    const key = count ? "waiting" : "nobody";
    write(".people b", known ? say(key, { count }) : "");
    write(".people span", known ? below(key, { count }) : "");
  }

  // A notice too long for its line is shown piece by piece, cut between words.
  function notice(text, turn) {
    const line = find(".notice span"), room = find(".notice").clientWidth * 0.86;
    const pieces = [""];
    text.split(" ").forEach((word) => {
      const longer = `${pieces[pieces.length - 1]} ${word}`.trim();
      line.textContent = longer;
      if (line.scrollWidth > room && pieces[pieces.length - 1]) pieces.push(word);
      else pieces[pieces.length - 1] = longer;
    });
    const piece = turn % pieces.length;
    line.textContent = pieces[piece];
    find(".notice small").textContent = pieces.length > 1 ? `${piece + 1}/${pieces.length}` : "";
  }

  return { ROWS, name: (words) => { site = words; }, hero, pale, calm, list, queues, foot, notice };
})();
