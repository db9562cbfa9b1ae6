// Which call is spoken when: one after the other, none left out, none twice while it still waits.
// The same rules as of the loudspeakers of a board on HDMI (display_board/speech.py); a test holds both together.
// Nothing here knows a page or a sound. Of a `speech` nothing is ever changed: each function gives the next one.
"use strict";

const goisoSpeech = (() => {
  const MANY = 3, CROWD = 8;
  const silent = { waiting: [], speaking: null };

  // A call of the same ticket that still waits is merged with it, and keeps its place.
  function add(speech, call) {
    const same = (old) => (call.ticket ? old.ticket === call.ticket : JSON.stringify(old) === JSON.stringify(call));
    const waiting = speech.waiting.map((old) => (same(old) ? call : old));
    return { waiting: waiting.indexOf(call) >= 0 ? waiting : waiting.concat([call]), speaking: speech.speaking };
  }

  // The call that waited longest becomes the one that is spoken, unless one is.
  function begin(speech) {
    if (speech.speaking || !speech.waiting.length) return speech;
    return { waiting: speech.waiting.slice(1), speaking: speech.waiting[0] };
  }

  const ended = (speech) => ({ waiting: speech.waiting, speaking: null });

  // How much is said of what begins now: "full", "brief" (without chime, in the citizen's language), "bare" (no invitation).
  const form = (speech) => (speech.waiting.length >= CROWD ? "bare" : speech.waiting.length >= MANY ? "brief" : "full");

  const tongues = (call, always, form) => (form !== "full" ? [call.lang]
    : [call.lang].concat(always.filter((each, at) => each !== call.lang && always.indexOf(each) === at)));

  // Whether the `moment` ("11:45") lies in one of the `hours` ("11:30-13:00"), which may pass midnight.
  const isQuiet = (hours, moment) => hours.some((each) => {
    const [start, end] = each.split("-");
    return start <= end ? start <= moment && moment < end : moment >= start || moment < end;
  });

  return { silent, add, begin, ended, form, tongues, isQuiet };
})();
