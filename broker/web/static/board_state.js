// What a board knows of the centre: the newest of every state, put together to the calls that are good now.
// The same rules as in the boards on HDMI (display_board/board.py, calls.py, announce.py); a test holds both together.
// Written for the browsers of old televisions: nothing newer than ES2017, and nothing here touches the page.
"use strict";

// `memory` outlives the page: `recall()` gives what `remember(text)` was given last, or null.
const makeBoardState = (memory) => {
  const LISTED = 16;
  const REMEMBERED = 128;

  const kept = memory.recall();
  const states = {};
  let announced = kept === null ? null : kept.split(" ").filter(Boolean);
  let since = 0;

  const remember = () => memory.remember(announced.join(" "));

  const newer = (one, other) => one.gen > other.gen || (one.gen === other.gen && one.rev > other.rev);

  // Takes a state in; whether it says anything new.
  function hear(topic, state) {
    if (states[topic] && !newer(state, states[topic])) return false;
    states[topic] = state;
    return true;
  }

  const of = (topic) => states[topic] || null;

  function desks() {
    return Object.keys(states).filter((topic) => topic.indexOf("state/desk/") === 0)
      .map((topic) => ({ id: topic.slice("state/desk/".length), state: states[topic] }));
  }

  const callAtDesk = (id, state) => ({
    seq: state.call_seq, times: state.times || 0, ticket: state.ticket || "", number: state.number, desk: id,
    counter: state.counter, label: state.label.split(" · ")[0], lang: state.lang || "vi",
    serving: state.phase === "serving", listed: false,
  });

  // Every call whose visit is at its desk, newest first.
  function calls() {
    const list = of("state/calls");
    const site = of("state/site");
    const listed = list ? list.calls : [];
    const found = {};
    listed.forEach((call) => {
      const state = of("state/desk/" + call.desk);
      if (state && newer(state, list) && state.call_seq !== call.seq) return;
      const serving = !!state && state.call_seq === call.seq && state.phase === "serving";
      found[call.seq] = Object.assign({}, call, { serving: serving, listed: true });
    });
    const oldest = listed.reduce((least, call) => Math.min(least, call.seq), Infinity);
    desks().forEach((desk) => {
      const state = desk.state;
      if (!state.number || !state.phase || found[state.call_seq]) return;
      if (site && site.desks.indexOf(desk.id) < 0) return;
      const cut = !!list && listed.length >= LISTED && state.gen === list.gen && state.call_seq < oldest;
      if (!list || newer(state, list) || cut) found[state.call_seq] = callAtDesk(desk.id, state);
    });
    return Object.keys(found).map((seq) => found[seq]).sort((a, b) => b.seq - a.seq);
  }

  const nameOf = (call) => `${call.seq}.${call.times}.${call.ticket.slice(0, 8)}`;

  // The calls to draw attention to, oldest first, each once in the life of this board.
  function news(now) {
    if (!of("state/calls")) return [];
    const names = now.map(nameOf);
    if (announced === null) {
      announced = names.slice().reverse();
      since = now.reduce((most, call) => Math.max(most, call.seq), 0);
      remember();
      return [];
    }
    const unknown = now.filter((call) => call.times && announced.indexOf(nameOf(call)) < 0).reverse();
    if (!unknown.length) return [];
    const all = announced.concat(unknown.map(nameOf));
    const old = all.slice(0, Math.max(0, all.length - REMEMBERED));
    announced = old.filter((name) => names.indexOf(name) >= 0).concat(all.slice(-REMEMBERED));
    remember();
    return unknown.filter((call) => call.listed || call.seq > since);
  }

  // What a desk does, for a screen that shows it alone; "unknown" where nobody has heard of it.
  function seat(id) {
    const state = of("state/desk/" + id);
    if (!state) return { desk: id, label: "", counter: "", mode: "unknown", number: "", next: "", seq: 0, times: 0, lang: "vi" };
    const at = !!state.number && !!state.phase;
    return {
      desk: id, label: state.label, counter: state.counter, mode: at ? state.phase : state.status, number: at ? state.number : "",
      next: state.next || "", seq: state.call_seq, times: state.times || 0, lang: state.lang || "vi",
    };
  }

  // Who waits where, in the order of the centre.
  function queues() {
    const site = of("state/site");
    return (site ? site.queues : []).map((id) => ({ id: id, state: of("state/queue/" + id) }))
      .filter((queue) => queue.state && queue.state.waiting > 0);
  }

  return { hear, calls, news, queues, seat, site: () => of("state/site") };
};
