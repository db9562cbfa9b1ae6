// A question to the hub that is given up when no answer comes: a machine that lost its power says no more goodbye than a
// line that was pulled out, and who waits for it for ever asks nobody else.
"use strict";

const patient = (() => {
  const PATIENCE_MS = 10000; // longer than the hub waits for its disk

  return (address, options = {}) => {
    const cut = new AbortController();
    setTimeout(() => cut.abort(), PATIENCE_MS); // also while the answer is read; once it is here that does nothing
    return fetch(address, { ...options, signal: cut.signal });
  };
})();
