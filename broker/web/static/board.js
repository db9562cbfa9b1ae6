// A board for a smart TV: hears the hub's states, draws them, says when it may be out of date, comes back by itself.
"use strict";

(() => {
  const { find, readable, say, below, write, forget, make, empty, show } = goisoPaper;
  const page = document.body;
  const STALE_MS = 5000, SILENT_MS = 9000, OLD_MS = 60000, TURN_MS = 8000, PULSES_MS = 3000, DAY_MS = 20 * 3600 * 1000;
  const KEY = "goiso-board-announced";
  const ROWS = 6, SHORT = 3, QUEUES = 6;
  const TURNS = { left: 180, up: 270, down: 90, right: 0 };
  // Storage may be full or forbidden: then a page that is loaded anew may call somebody a second time, and still works.
  const board = makeBoardState({
    recall: () => { try { return localStorage.getItem(KEY); } catch (error) { return null; } },
    remember: (text) => { try { localStorage.setItem(KEY, text); } catch (error) { /* said above */ } },
  });
  const named = (name) => page.dataset[name].split(" ").filter(Boolean);
  const desks = named("desks"), counters = named("counters"), quiet = named("quiet");
  const opened = performance.now();

  // `catching`: what is heard now happened while this page was away, longer than a call is new.
  let source = null, heardAt = opened, triedAt = opened, catching = true, wanted = "", drawing = false, drawn = "";
  let site = { counters: [], queues: [] };
  const pulsing = {};

  // A hub whose clock is not to be trusted names no zone, and the board shows no time.
  const hand = page.dataset.zone
    ? new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: page.dataset.zone }) : null;
  const clock = () => Number(page.dataset.now) + (performance.now() - opened) * Number(page.dataset.pace);
  const told = () => (hand ? hand.format(clock()) : "");
  const turn = () => Math.floor(performance.now() / TURN_MS);
  const stale = () => performance.now() - heardAt > STALE_MS;
  const fresh = (call) => performance.now() - (pulsing[call.seq] || -PULSES_MS) < PULSES_MS;
  const page_of = (count, size) => turn() % Math.max(1, Math.ceil(count / size));

  function listen() {
    if (source) source.close();
    triedAt = performance.now();
    source = new EventSource(page.dataset.stream);
    source.onopen = () => { catching = catching || performance.now() - heardAt > OLD_MS; };
    source.onmessage = (event) => {
      const said = JSON.parse(event.data);
      const back = stale();
      heardAt = performance.now();
      if (said.topic === page.dataset.beat) catching = false; else if (board.hear(said.topic, said.state) || back) soon();
    };
  }

  // The names of the centre, when it has changed them; without them the board shows numbers and the places of the calls.
  function learn(revision) {
    if (revision === wanted) return;
    wanted = revision;
    fetch(page.dataset.site).then((answer) => answer.json()).then((words) => { site = words; draw(); }, () => { wanted = ""; });
  }

  const counterOf = (call) => site.counters.filter((each) => each.id === call.counter)[0];
  const mine = (call) => (!desks.length && !counters.length)
    || desks.indexOf(call.desk) >= 0 || counters.indexOf(call.counter) >= 0;

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

  // What is heard in one breath is drawn at once, before the next frame; several states cost one drawing.
  function soon() {
    if (drawing) return;
    drawing = true;
    Promise.resolve().then(() => { drawing = false; draw(); });
  }

  // Parts that would look as they do are left alone: a call must not wait for the rest of the page.
  const drawnParts = {};

  function part(name, draw, ...what) {
    const signature = JSON.stringify([what, page.className]);
    if (drawnParts[name] === signature) return;
    drawnParts[name] = signature;
    draw(...what);
  }

  function anew() {
    Object.keys(drawnParts).forEach((name) => delete drawnParts[name]);
    draw();
  }

  // What of a call is to be seen: from whichever state it is known, it looks the same and is drawn once.
  const shown = (call) => ({
    seq: call.seq, times: call.times, number: call.number, desk: call.desk, counter: call.counter, label: call.label,
    lang: call.lang, serving: call.serving,
  });

  function draw() {
    const all = board.calls();
    board.news(all).filter(mine).forEach((call) => {
      pulsing[call.seq] = performance.now();
      if (!catching && !goisoSpeech.isQuiet(quiet, told())) goisoVoice.say(call);
    });
    const calls = all.filter(mine).map(shown), now = board.site();
    if (now) learn(now.revision);
    const hero = calls.filter(fresh).sort((a, b) => pulsing[b.seq] - pulsing[a.seq] || b.seq - a.seq)[0]
      || calls.filter((call) => !call.serving)[0] || calls[0];
    const others = calls.filter((call) => call !== hero).sort((a, b) => (a.serving - b.serving) || (b.seq - a.seq));
    page.classList.toggle("alone", !others.length && !board.queues().length);
    page.classList.toggle("many", others.length > ROWS);
    // First what takes room from the rest, the largest digits last: they are fitted to what is left.
    show(".hero", !!hero); show(".calm", !hero); show(".list", others.length > 0);
    const notice = readable(now ? now.notice : "", 1000);
    page.classList.toggle("noticed", !!notice);
    drawTime();
    part("foot", drawFoot, !!now, board.queues().reduce((sum, queue) => sum + queue.state.waiting, 0));
    part("notice", drawNotice, notice, turn());
    const named = site.revision || "";
    part("queues", drawQueues, board.queues(), others.length === 0 && (!now || now.open || !!hero), turn(), named);
    part("list", drawList, others.map((call) => Object.assign({ fresh: fresh(call) }, call)), turn(), named);
    if (hero) part("hero", drawHero, hero, fresh(hero), named); else part("calm", drawCalm, now ? now.open : null);
  }

  function drawHero(call, isFresh) {
    const place = placeOf(call), short = place.rest.length <= SHORT, box = find(".hero");
    box.classList.toggle("serving", call.serving);
    const mark = isFresh ? `${call.seq}.${call.times}` : "";
    if (box.dataset.mark !== mark) {
      box.classList.remove("fresh");
      if (mark) { void box.offsetWidth; box.classList.add("fresh"); }
      box.dataset.mark = mark;
    }
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

  function drawCalm(open) {
    const key = open === null ? "starting" : open ? "welcome" : "closed";
    const then = { starting: "moment", welcome: "take", closed: "come_back" }[key];
    write(".calm h1", say(key));
    write(".calm .then", say(then));
    write(".calm .en", below(then, {}, "en"));
    write(".calm .km", below(then, {}, "km"));
  }

  // Whom the hall looks for stays; who is served takes turns in what room is left.
  function drawList(others) {
    const columns = others.length > ROWS ? 2 : 1, capacity = columns * ROWS;
    const looked = others.filter((call) => !call.serving).length, stays = looked < capacity ? looked : 0;
    const step = capacity - stays, first = stays + page_of(others.length - stays, step) * step;
    const due = others.slice(0, stays).concat(others.slice(first, first + step));
    const list = empty(find(".rows"));
    for (let column = 0; column < columns; column += 1) {
      const part = list.appendChild(make("div", "column"));
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

  function drawQueues(waiting, large) {
    const first = page_of(waiting.length, QUEUES) * QUEUES;
    show(".queues", large && waiting.length > 0);
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

  function drawFoot(known, count) {
    const key = count ? "waiting" : "nobody";
    write(".people b", known ? say(key, { count }) : "");
    write(".people span", known ? below(key, { count }) : "");
  }

  // A notice too long for its line is shown piece by piece, cut between words.
  function drawNotice(notice) {
    show(".notice", !!notice);
    const line = find(".notice span"), room = find(".notice").clientWidth * 0.86;
    const pieces = [""];
    notice.split(" ").forEach((word) => {
      const longer = `${pieces[pieces.length - 1]} ${word}`.trim();
      line.textContent = longer;
      if (line.scrollWidth > room && pieces[pieces.length - 1]) pieces.push(word);
      else pieces[pieces.length - 1] = longer;
    });
    const piece = turn() % pieces.length;
    line.textContent = pieces[piece];
    find(".notice small").textContent = pieces.length > 1 ? `${piece + 1}/${pieces.length}` : "";
  }

  function drawTime() {
    page.classList.toggle("stale", stale());
    write(".clock", told());
  }

  function look() {
    if (performance.now() - Math.max(heardAt, triedAt) > SILENT_MS) listen();
    drawTime();
    const calm = find(".hero").hidden && !stale();
    if (calm && performance.now() - opened > DAY_MS) location.reload();
    const looks = [turn(), stale(), find(".clock").textContent, Object.keys(pulsing).filter((seq) => fresh({ seq })).join()].join();
    if (looks !== drawn) { drawn = looks; draw(); }
  }

  addEventListener("resize", anew);
  if (document.fonts && document.fonts.ready) document.fonts.ready.then(() => { forget(); anew(); });
  listen();
  draw();
  setInterval(look, 500);
})();
