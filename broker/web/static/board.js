// A board for a smart TV: hears the hub's states, draws them, says when it may be out of date, comes back by itself.
"use strict";

(() => {
  const { find, readable, write, forget, show } = goisoPaper;
  const page = document.body;
  const STALE_MS = 5000, SILENT_MS = 9000, OLD_MS = 60000, TURN_MS = 8000, PULSES_MS = 3000, DAY_MS = 20 * 3600 * 1000;
  const KEY = "goiso-board-announced";
  const STEP_MS = 125, SOFTEST = 4, STEPS_A_PULSE = 8;
  // Storage may be full or forbidden: then a page that is loaded anew may call somebody a second time, and still works.
  const board = makeBoardState({
    recall: () => { try { return localStorage.getItem(KEY); } catch (error) { return null; } },
    remember: (text) => { try { localStorage.setItem(KEY, text); } catch (error) { /* said above */ } },
  });
  const named = (name) => page.dataset[name].split(" ").filter(Boolean);
  const desks = named("desks"), counters = named("counters"), quiet = named("quiet"), seats = named("seats");
  const opened = performance.now();

  // `catching`: what is heard now happened while this page was away, longer than a call is new.
  let source = null, heardAt = opened, triedAt = opened, lastAt = Date.now(), setAt = opened, catching = true, wanted = "", drawing = false, drawn = "";
  let revision = "", rest = null, pulse = 0;
  const pulsing = {};

  // A hub whose clock is not to be trusted names no zone, and the board shows no time.
  const hand = page.dataset.zone
    ? new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: page.dataset.zone }) : null;
  const clock = () => Number(page.dataset.now) + (performance.now() - setAt) * Number(page.dataset.pace);
  const told = () => (hand ? hand.format(clock()) : "");
  const turn = () => Math.floor(performance.now() / TURN_MS);
  const stale = () => performance.now() - heardAt > STALE_MS;
  const fresh = (call) => performance.now() - (pulsing[call.seq] || -PULSES_MS) < PULSES_MS;
  // Three soft pulses in eight steps a second, as on HDMI boards: between two steps a television has nothing to draw.
  const still = window.matchMedia && matchMedia("(prefers-reduced-motion: reduce)").matches;
  function soft(call) {
    const step = Math.floor((performance.now() - pulsing[call.seq]) / STEP_MS);
    return still ? 0 : Math.round(SOFTEST * Math.sin(Math.PI * step / STEPS_A_PULSE) ** 2);
  }

  // A television may sleep with its line open: what had come in by then or piled up since is not news. It is left unread,
  // and the whole picture asked for anew.
  const slept = () => Math.abs(Date.now() - lastAt) > OLD_MS;

  function listen() {
    if (source) source.close();
    triedAt = performance.now();
    source = new EventSource(page.dataset.stream);
    source.onopen = () => {
      if (!slept()) return;
      lastAt = Date.now();
      catching = true;
      setClock();
    };
    source.onmessage = (event) => {
      if (slept()) { listen(); return; }
      const said = JSON.parse(event.data);
      const back = stale(), beat = said.topic === page.dataset.beat;
      heardAt = performance.now();
      lastAt = Date.now();
      if (beat) catching = false;
      if (back || (!beat && board.hear(said.topic, said.state))) soon();
    };
  }

  // A television in standby counts no time for `performance`, and gets its date again by itself: after a long silence the
  // hour of the centre is taken from this page's own address.
  function setClock() {
    const take = (text) => {
      page.dataset.now = new DOMParser().parseFromString(text, "text/html").body.dataset.now;
      setAt = performance.now();
    };
    fetch(location.href).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status))).then(take).catch(() => {});
  }

  // The names of the centre, when it has changed them; without them the board shows numbers and the places of the calls.
  function learn(now) {
    if (now === wanted) return;
    wanted = now;
    const heard = (words) => { [goisoParts, goisoCounter].forEach((each) => each.name(words)); revision = words.revision; draw(); };
    fetch(page.dataset.site).then((answer) => answer.json()).then(heard, () => { wanted = ""; });
  }

  const mine = (call) => (!desks.length && !counters.length)
    || desks.indexOf(call.desk) >= 0 || counters.indexOf(call.counter) >= 0;

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
    if (seats.length) drawSeats(); else drawHall(calls, now);
  }

  // The own screen of a counter: what each of its desks does.
  function drawSeats() {
    const cards = seats.map(board.seat).map((card) => Object.assign({ fresh: !!card.number && fresh(card) }, card));
    drawTime();
    part("seats", goisoCounter.draw, cards, turn(), revision);
    throb(cards.filter((card) => card.fresh));
    later(drawFoot);
  }

  function drawHall(calls, now) {
    const hero = calls.filter(fresh).sort((a, b) => pulsing[b.seq] - pulsing[a.seq] || b.seq - a.seq)[0]
      || calls.filter((call) => !call.serving)[0] || calls[0];
    const others = calls.filter((call) => call !== hero).sort((a, b) => (a.serving - b.serving) || (b.seq - a.seq));
    const waiting = board.queues(), notice = readable(now ? now.notice : "", 1000);
    const large = others.length === 0 && waiting.length > 0 && (!now || now.open || !!hero);
    // First what takes room from the rest, then the digits, which are fitted to what is left.
    page.classList.toggle("alone", !others.length && !waiting.length);
    page.classList.toggle("many", others.length > goisoParts.ROWS);
    page.classList.toggle("noticed", !!notice);
    show(".hero", !!hero); show(".calm", !hero); show(".list", others.length > 0); show(".queues", large); show(".notice", !!notice);
    drawTime();
    if (hero) part("hero", goisoParts.hero, hero, fresh(hero), revision);
    else part("calm", goisoParts.calm, now ? now.open : null);
    throb(hero && fresh(hero) ? [hero] : []);
    later(() => {
      part("list", goisoParts.list, others.map((call) => Object.assign({ fresh: fresh(call) }, call)), turn(), revision);
      part("queues", goisoParts.queues, waiting, large, turn(), revision);
      drawFoot();
      part("notice", goisoParts.notice, notice, turn());
    });
  }

  function drawFoot() {
    part("foot", goisoParts.foot, !!board.site(), board.queues().reduce((sum, queue) => sum + queue.state.waiting, 0));
  }

  // A call does not wait for the rest of the page: that is drawn when the frame with the call has begun.
  function later(draw) {
    if (!rest) requestAnimationFrame(() => setTimeout(() => { const due = rest; rest = null; due(); }, 0));
    rest = draw;
  }

  // The pulses of all calls that draw attention, until none does.
  function throb(calls) {
    const due = calls.filter(fresh);
    clearTimeout(pulse);
    if (seats.length) due.forEach((card) => goisoCounter.pale(card.desk, soft(card)));
    else goisoParts.pale(due.length ? soft(due[0]) : 0);
    if (due.length) pulse = setTimeout(throb, STEP_MS - (performance.now() - pulsing[due[0].seq]) % STEP_MS, due);
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
