// Draws what stands in data-chart. The hub has decided everything; here only the room is measured.
"use strict";

(() => {
  const NARROW = 520;

  function draw(place) {
    const { data, layout } = JSON.parse(place.dataset.chart);
    if (place.clientWidth < NARROW) {
      layout.margin = { ...layout.margin, l: 44, r: 8 };
      layout.font = { ...layout.font, size: 13 };
      for (const axis of [layout.xaxis, layout.yaxis]) axis.tickfont = { ...axis.tickfont, size: 12 };
      for (const note of layout.annotations) note.font = { ...note.font, size: 12 };
      layout.xaxis.nticks = 5;
    }
    // What a finger does on a chart is scrolling the page.
    Plotly.newPlot(place, data, layout, { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false });
  }

  document.fonts.ready.then(() => document.querySelectorAll("[data-chart]").forEach(draw));

  // On paper everything lies open.
  const folded = () => document.querySelectorAll("details:not([open])");
  let opened = [];
  addEventListener("beforeprint", () => { opened = [...folded()]; for (const each of opened) each.open = true; });
  addEventListener("afterprint", () => { for (const each of opened) each.open = false; });
})();
