// The output layer as a table: what was asked, and u, y, t, e of each; a panel for each target word.

import { el, num } from "./dom.js";
import { cell, roving } from "./matrix.js";

const TITLES = { u: "u", z: "z", y: "y", t: "t", e: "e", sign: "⟦·⟧", EI: "EI" };

function columnsOf(now) {
  const { objective } = now.lesson;
  const all = objective === "hierarchical" ? ["sign", "u", "y", "t", "e"] : objective === "nce" ? ["u", "z", "y", "t", "e"] : ["u", "y", "t", "e"];
  return all.filter((q) => now.revealed.has(q));
}

export function outputTables(now, pick) {
  const { lesson, trace } = now;
  const skipSoftmax = lesson.objective === "softmax" && trace.outputs.length > 1;
  if (skipSoftmax) return [panelsTable(now, pick)];
  const choose = trace.outputs.map((o, c) => el("button", { type: "button", "aria-pressed": String(c === now.panel), onclick: () => now.choosePanel(c) },
    `panel ${c + 1}: ${lesson.words[o.w_O]}`));
  return [choose.length > 1 ? el("div", { class: "panels", role: "group", "aria-label": "panels" }, choose) : null, panelTable(now, now.panel, pick)].filter(Boolean);
}

const value = (o, q, m) => (q === "sign" ? o.signs[m] : o[q][m]);
const WHOLE = { t: String, sign: (v) => (v > 0 ? "+1" : "−1") };

function panelTable(now, c, pick) {
  const { lesson, trace } = now;
  const o = trace.outputs[c];
  const columns = columnsOf(now);
  const caption = `target: ${lesson.words[o.w_O]}`;
  const drawn = new Map();
  const rows = o.rows.map((j, m) => {
    const noise = o.W_neg.length && m > 0;
    if (noise) drawn.set(j, (drawn.get(j) ?? 0) + 1);
    const times = noise ? o.W_neg.filter((w) => w === j).length : 1;
    const isTarget = lesson.objective === "hierarchical" ? false : j === o.w_O && !noise;
    return el("tr", { class: isTarget ? "target" : null },
      el("th", { scope: "row" }, now.rowNames[j], isTarget ? mark("w_O") : null,
        times > 1 ? el("span", { class: "badge", title: `drawn ${times} times` }, `draw ${drawn.get(j)} of ${times}`) : null),
      columns.map((q) => wrap(now, q, cell(value(o, q, m), { q, c, m }, now.cell, pick, null, `${now.rowNames[j]}, ${TITLES[q]}`, WHOLE[q]))));
  });
  const code = o.codes ? ` · code ${o.codes.join("")}` : "";
  return figure(caption + code, columns.map((q) => TITLES[q]), rows, now.revealed.has("E") ? `E = ${num(o.E)}${trace.outputs.length > 1 ? ` of ${num(trace.E)}` : ""}` : "");
}

// Skip-gram with softmax: u and y are shared; each panel has its own label and error; EI is their sum.
function panelsTable(now, pick) {
  const { lesson, trace } = now;
  const shared = ["u", "y"].filter((q) => now.revealed.has(q));
  const panels = now.revealed.has("e") ? trace.outputs.map((_, c) => c) : [];
  const EI = now.revealed.has("EI");
  const wevi = now.frame.number === "31";
  const rows = lesson.words.map((name, j) => {
    const hits = trace.outputs.flatMap((o, c) => (o.w_O === j ? [c + 1] : []));
    return el("tr", { class: hits.length ? "target" : null },
      el("th", { scope: "row" }, name, hits.length ? mark(`w_O,${hits.join(",")}`) : null),
      shared.map((q) => wrap(now, q, cell(trace.outputs[0][q][j], { q, c: 0, m: j }, now.cell, pick, null, `${name}, ${q}`))),
      panels.map((c) => wrap(now, "e", cell(trace.outputs[c].e[j], { q: "e", c, m: j }, now.cell, pick, null, `${name}, e of panel ${c + 1}`))),
      EI ? wrap(now, "EI", cell(trace.EI[j], { q: "EI", r: j }, now.cell, pick, null, `${name}, EI`)) : null,
      wevi ? el("td", { class: "wevi" }, num(trace.outputs[0].y[j] - Math.min(1, hits.length))) : null);
  });
  const heads = [...shared, ...panels.map((c) => `e${"₁₂₃₄₅₆₇₈₉"[c] ?? c + 1}`), ...(EI ? ["EI"] : []), ...(wevi ? ["wevi"] : [])];
  const names = trace.outputs.map((o, c) => `${c + 1} ${lesson.words[o.w_O]}`).join(", ");
  return figure(`${trace.outputs.length} panels: ${names}`, heads, rows, now.revealed.has("E") ? `E = ${num(trace.E)}` : "");
}

const mark = (text) => el("span", { class: "mark" }, text);

function wrap(now, q, node) {
  if (now.focus === q) node.classList.add("now");
  return node;
}

function figure(caption, heads, rows, loss) {
  const table = el("table", { role: "grid", "aria-label": caption, class: "list" },
    el("thead", null, el("tr", null, el("th", { scope: "col" }, el("span", { class: "sr" }, "asked")), heads.map((h) => el("th", { scope: "col" }, h)))),
    el("tbody", null, rows));
  roving(table);
  return el("figure", null, el("figcaption", null, caption, loss ? el("span", { class: "hint" }, loss) : null), el("div", { class: "scroll" }, table));
}
