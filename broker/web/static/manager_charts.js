// Draws what stands in data-chart. The hub has decided everything; here only the room is measured.
"use strict";

(() => {
  const NARROW_PX = 520;
  const PAPER_PX = 660;
  const ROWS_ON_PAPER = 62;
  const charts = () => document.querySelectorAll("[data-chart]");

  // A long name on two lines, so that room is left for the chart beside it.
  function inTwo(name) {
    const gap = name.indexOf(" ", name.length / 2);
    return name.length < 16 || gap < 0 ? name : `${name.slice(0, gap)}<br>${name.slice(gap + 1)}`;
  }

  function fitNarrow(layout) {
    layout.margin = { ...layout.margin, l: 44, r: 8 };
    layout.font = { ...layout.font, size: 13 };
    for (const axis of [layout.xaxis, layout.yaxis]) axis.tickfont = { ...axis.tickfont, size: 12 };
    for (const note of layout.annotations) note.font = { ...note.font, size: 12 };
    layout.xaxis.nticks = 4;
    if (layout.yaxis.tickvals) {
      layout.yaxis.ticktext = layout.yaxis.tickvals.map(inTwo);
      layout.height += 6 * layout.yaxis.tickvals.length;
    }
  }

  function draw(place) {
    const { data, layout } = JSON.parse(place.dataset.chart);
    if (place.clientWidth < NARROW_PX) fitNarrow(layout);
    // What a finger does on a chart is scrolling the page.
    Plotly.newPlot(place, data, layout, { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false });
  }

  document.fonts.ready.then(() => charts().forEach(draw));

  // On paper charts have the width of the paper, and every table lies open that is not longer than two pages.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")].filter((each) => each.querySelectorAll("tr").length <= ROWS_ON_PAPER);
    for (const each of opened) each.open = true;
    for (const place of charts()) Plotly.relayout(place, { width: PAPER_PX });
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
    for (const place of charts()) Plotly.relayout(place, { width: null, autosize: true });
  });
})();
