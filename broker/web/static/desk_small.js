// The small window beside other programs: one that stays on top where the browser has it (only over https or on this
// machine), else a window that the desktop can keep on top.
"use strict";

(() => {
  const button = document.querySelector("[data-small]");
  const SIZE = { width: 360, height: 200 };

  async function onTop() {
    const small = await documentPictureInPicture.requestWindow(SIZE);
    const frame = small.document.createElement("iframe");
    frame.src = location.pathname;
    frame.title = document.title;
    Object.assign(small.document.body.style, { margin: "0", overflow: "hidden" });
    Object.assign(frame.style, { display: "block", width: "100vw", height: "100vh", border: "0" });
    frame.addEventListener("load", () => frame.contentWindow.focus());
    small.document.title = document.title;
    small.document.body.append(frame);
  }

  function beside() {
    window.open(location.pathname, `goiso-${document.body.dataset.desk}`, `popup,width=${SIZE.width},height=${SIZE.height}`);
  }

  button.addEventListener("click", () => {
    if ("documentPictureInPicture" in window) onTop().catch(beside);
    else beside();
  });
})();
