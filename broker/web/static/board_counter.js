// The own screen of a counter: one card for each of its desks, with number, state and the number expected next.
// The same cards as of a counter's screen on HDMI (display_board/counter.py); knows no states, only what to show.
"use strict";

const goisoCounter = (() => {
  const { find, readable, say, below, write, make, empty, show } = goisoPaper;
  const page = document.body;
  const FIT = 6, SQUARE = 1.3, TALL = 950, LONG = 16;
  const IDLE = ["paused", "closed", "unknown"];
  // What a desk says in one or two words, and what a citizen does then.
  const SAID = {
    calling: ["come_in", ""], serving: ["being_served", ""], open: ["desk_open", "desk_wait"], paused: ["desk_paused", "back_soon"],
    closed: ["desk_closed", "look_at_hall"], unknown: ["unknown_desk", "ask_staff"],
  };

  let site = { counters: [], desks: [] };

  // Columns and rows for so many cards, as square as the room allows.
  function shape(count) {
    const room = find(".seats"), ratio = room.clientWidth / room.clientHeight;
    const odd = (across) => Math.abs(Math.log(ratio / across * Math.ceil(count / across) / SQUARE));
    const best = Array.from({ length: count }, (_, at) => at + 1).sort((a, b) => odd(a) - odd(b))[0];
    return [best, Math.ceil(count / best)];
  }

  function draw(cards, turn) {
    show(".seats", true);
    const first = (turn % Math.ceil(cards.length / FIT)) * FIT, due = cards.slice(first, first + FIT);
    const [across, down] = shape(due.length), seats = empty(find(".seats"));
    page.className = page.className.replace(/ ?shape-\S+/, "").concat(` shape-${across}x${down}`);
    const height = seats.clientHeight / down / (parseFloat(getComputedStyle(document.documentElement).fontSize) / 10);
    seats.style.setProperty("--k", Math.min(1, height / TALL));
    due.forEach((card) => {
      const box = seats.appendChild(make("article", `card ${card.mode}`));
      Object.assign(box.style, { width: `${100 / across}%`, height: `${100 / down}%` });
      drawCard(box, card);
    });
  }

  // First everything stands in its place, then the words are fitted to the room that is left, the first ones last.
  function drawCard(box, card) {
    const [said, then] = SAID[card.mode], known = site.desks.filter((each) => each.id === card.desk)[0];
    const counter = site.counters.filter((each) => each.id === card.counter)[0];
    const spoken = card.lang !== "vi" ? card.lang : page.dataset.second, written = [];
    const line = (into, kind, name, text) => written.push([into.appendChild(make(kind, name)), text]);
    const both = (into, key, kind) => {
      line(into, kind, "word", say(key));
      line(into, kind === "b" ? "span" : kind, "other", below(key, {}, card.lang));
    };
    box.dataset.desk = card.desk;
    if (card.fresh) box.classList.add("fresh");
    const top = box.appendChild(make("header", "top"));
    const place = readable(card.label || (known ? known.label : card.desk.toUpperCase()), 40);
    const other = counter && place.length <= LONG ? readable(counter.label[spoken], 40) : "";
    line(top, "b", other ? "place beside" : "place", place);
    line(top, "span", "other", other);
    const middle = box.appendChild(make("div", card.number ? "said" : "words"));
    both(middle, said, "b");
    if (!card.number) both(middle, then, "p");
    const digits = card.number ? box.appendChild(make("p", "digits")) : null, after = box.appendChild(make("footer", "after"));
    if (IDLE.indexOf(card.mode) < 0) both(after.appendChild(make("div", "text")), card.next ? "next" : "no_next", "b");
    if (card.next && IDLE.indexOf(card.mode) < 0) write(after.appendChild(make("b", "following")), readable(card.next, 8), after, 0.9);
    written.reverse().forEach(([place, text]) => write(place, text, place));
    if (digits) write(digits.appendChild(make("b", "number")), readable(card.number, 8), digits, 0.9);
  }

  // How pale the card of a desk that calls is now, 0 to 4.
  function pale(desk, soft) {
    const box = page.querySelector(`.card[data-desk="${desk}"]`);
    if (box && box.dataset.soft !== String(soft)) box.dataset.soft = soft;
  }

  return { name: (words) => { site = words; }, draw, pale };
})();
