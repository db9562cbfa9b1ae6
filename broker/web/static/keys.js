// What a key is called on the pages: a key says where it is (`code`) where a Vietnamese keyboard would make another letter
// of it, as it does of the digits.
"use strict";

const keys = (() => {
  function letter(event) {
    if (/^[a-z0-9]$/i.test(event.key)) return event.key.toUpperCase();
    return /^(?:Key|Digit)([A-Z0-9])$/.exec(event.code)?.[1] ?? event.key;
  }

  return { letter };
})();
