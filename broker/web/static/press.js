// One press, one id: sent again with the same id until it is answered, so that a lost answer never becomes a second press.
"use strict";

const press = (() => {
  const page = document.body;
  const GIVE_UP_MS = 30000;
  const word = document.querySelector(".word");
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  let wordTimer = 0;

  function uuid() {
    // crypto.randomUUID is only there with https.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function say(text) {
    clearTimeout(wordTimer);
    word.textContent = text;
    wordTimer = setTimeout(() => { word.textContent = ""; }, 5000);
  }

  // The body of the answer; null when there was none, or it said no (then the page has said why, and `refused` what).
  async function send(address, content, waiting = () => {}, refused = () => {}) {
    const id = uuid();
    const until = performance.now() + GIVE_UP_MS;
    while (performance.now() < until) {
      try {
        const answer = await patient(address, {
          method: "POST",
          headers: { "Content-Type": "application/json", "Idempotency-Key": id, "X-Form-Token": page.dataset.formToken },
          body: JSON.stringify(content),
        });
        if (answer.status === 401) { location.reload(); return null; }
        if (answer.status < 500) {
          const body = await answer.json();
          if (answer.ok) return body;
          say(body.message[document.documentElement.lang] || body.message.vi);
          refused(body);
          return null;
        }
      } catch {
        // No answer: whether it was done is not known, so the same id is sent again.
      }
      waiting();
      await pause(1000);
    }
    say(page.dataset.sentLate);
    return null;
  }

  return { send, say };
})();
