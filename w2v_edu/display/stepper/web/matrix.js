// A matrix as a heat map of numbers: one row a vector, each cell a button with its own sum behind it.

import { el, heat, largest, num } from "./dom.js";

// rows: [{label, id, cells, touched, badge, at}]; a row with `at` is a layer of its own, not one of the matrix. q: the quantity of a cell, pick(cell): what a click does.
export function matrix({ caption, rows, q, columns, picked, pick, focus, hint }) {
  const limit = largest(rows.filter((r) => !r.at).map((r) => r.cells));
  const body = rows.map((r) =>
    el("tr", { class: r.touched ? "touched" : r.at ? "layer" : null },
      el("th", { scope: "row", title: r.label }, r.label, r.badge ? el("span", { class: "badge" }, r.badge) : null),
      r.cells.map((v, i) => cell(v, r.at ? r.at(i) : { q, r: r.id, i }, picked, pick, r.at ? largest([r.cells]) : limit, `${r.label}, ${columns[i]}`))),
  );
  const table = el("table", { role: "grid", "aria-label": caption, class: "heat" },
    el("thead", null, el("tr", null, el("th", { scope: "col" }, el("span", { class: "sr" }, "row")), columns.map((c) => el("th", { scope: "col" }, c)))),
    el("tbody", null, body));
  roving(table);
  return el("figure", { class: `matrix${focus ? " focus" : ""}` },
    el("figcaption", null, caption, hint ? el("span", { class: "hint" }, hint) : null),
    el("div", { class: "scroll" }, table));
}

export function cell(v, address, picked, pick, limit, name, write = num) {
  const chosen = picked && Object.keys(address).every((k) => picked[k] === address[k]);
  const colours = limit ? heat(v, limit) : null;
  const node = el("td", {
    role: "gridcell", tabindex: chosen ? "0" : "-1", class: chosen ? "picked" : null, "aria-selected": chosen ? "true" : "false",
    style: colours ? `background:${colours.background};color:${colours.color}` : null,
    "aria-label": `${name}: ${write(v)}`,
  }, write(v));
  node.address = address;
  node.onclick = () => pick(address, node);
  node.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick(address, node);
    }
  };
  return node;
}

// One tab stop a grid; the arrow keys walk through it.
export function roving(table) {
  const cells = () => [...table.querySelectorAll("[role=gridcell]")];
  if (!table.querySelector("[role=gridcell][tabindex='0']")) cells()[0]?.setAttribute("tabindex", "0");
  table.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const here = event.target.closest("[role=gridcell]");
    if (!step || !here) return;
    event.preventDefault();
    event.stopPropagation();
    const line = [...table.tBodies].flatMap((body) => [...body.rows]);
    const at = line.indexOf(here.parentElement);
    const column = [...here.parentElement.querySelectorAll("[role=gridcell]")].indexOf(here);
    const there = line[at + step[0]]?.querySelectorAll("[role=gridcell]")[column + step[1]];
    if (!there) return;
    here.tabIndex = -1;
    there.tabIndex = 0;
    there.focus();
  });
}
