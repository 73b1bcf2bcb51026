// The network with its values: input words, hidden layer, and the output vectors that are asked.

import { heat, largest, num, svg } from "./dom.js";

const HEIGHT = 370;

// Columns as far apart as the names beside them need.
function columns(inputs, outputs, q) {
  const longest = (items) => Math.max(...items.map(({ name }) => name.length));
  const input = Math.min(150, Math.max(70, 26 + 7.4 * longest(inputs)));
  const output = input + 214;
  const panels = q === "e" ? 27 * (outputs[0].refs.length - 1) : 0;
  return { input, hidden: input + 106, output, width: output + panels + Math.min(270, 24 + 9.4 * (longest(outputs) + 7)) };
}

const spread = (n, k, top = 34, bottom = HEIGHT - 14) => (n === 1 ? (top + bottom) / 2 : top + ((bottom - top) * (k + 0.5)) / n);

const text = (x, y, string, { size, fill, ...attributes }) =>
  svg("text", { x, y, "dominant-baseline": "central", style: `${size ? `font-size:${size.toFixed(1)}px;` : ""}${fill ? `fill:${fill}` : ""}` || null, ...attributes }, string);

function node(x, y, r, v, limit, label, strong) {
  const colours = heat(v, limit);
  const parts = [svg("circle", { cx: x, cy: y, r, style: `fill:${colours.background}`, class: strong ? "unit on" : "unit" })];
  if (label) parts.push(text(x, y, label, { "text-anchor": "middle", fill: colours.color, size: Math.min(13, r * 0.72) }));
  return svg("g", null, parts);
}

// Which input words are drawn: all of a small vocabulary, else those of the example.
function inputItems(now) {
  const { words } = now.lesson;
  const used = now.trace.example.inputs;
  const shown = words.length <= 14 ? words.map((_, w) => w) : [...new Set(used)];
  return shown.map((w) => ({ name: words[w], w, count: used.filter((k) => k === w).length }));
}

function outputItems(now) {
  const { trace, lesson, rowNames } = now;
  if (lesson.objective === "softmax") {
    const all = rowNames.map((_, j) => j);
    const targets = trace.outputs.map((o) => o.w_O);
    const kept = all.length <= 16 ? all : all.filter((j) => targets.includes(j) || j < 14);
    return kept.map((j) => ({ name: rowNames[j], j, refs: trace.outputs.map((o, c) => ({ c, m: j })), target: targets.includes(j) }));
  }
  return trace.outputs.flatMap((o, c) =>
    o.rows.map((j, m) => ({ name: rowNames[j], j, refs: [{ c, m }], target: lesson.objective === "hierarchical" ? o.signs[m] === 1 : m === 0, gap: m === 0 && c > 0 })));
}

// The number written at the outputs: what the frame is about, or the latest that is known.
function outputQuantity(now) {
  const order = ["u", "z", "y", "e"];
  if (order.includes(now.focus)) return now.focus;
  return order.filter((q) => now.revealed.has(q)).pop() ?? null;
}

export function network(now) {
  const { trace, params, lesson } = now;
  const inputs = inputItems(now);
  const outputs = outputItems(now);
  const N = trace.h.length;
  const q = outputQuantity(now);
  const back = now.backward;
  const AT = columns(inputs, outputs, q);
  const hidden = back ? trace.EH : trace.h;
  const showHidden = now.revealed.has("h");
  const outX = AT.output;
  const yIn = (k) => spread(inputs.length, k);
  const yHid = (i) => spread(N, i, 60, HEIGHT - 40);
  const gaps = outputs.filter((o) => o.gap).length;
  let seen = 0;
  const outY = outputs.map((o, k) => {
    if (o.gap) seen += 1;
    return spread(outputs.length + gaps, k + seen);
  });
  const rHid = Math.min(22, (HEIGHT - 100) / N / 2.3);
  const rOut = Math.min(13, (HEIGHT - 48) / (outputs.length + gaps) / 2.3);
  const rIn = Math.min(12, (HEIGHT - 48) / inputs.length / 2.3);
  const edges = [];
  const wLimit = largest(params.W);
  const oLimit = largest(params.W_out);
  inputs.forEach((item, k) => {
    for (let i = 0; i < N; i++) {
      edges.push(edge(AT.input + rIn, yIn(k), AT.hidden - rHid, yHid(i), params.W[item.w][i], wLimit, item.count > 0 ));
    }
  });
  if (now.revealed.has("u") || now.revealed.has("y") || now.revealed.has("p")) {
    outputs.forEach((item, k) => {
      for (let i = 0; i < N; i++) {
        edges.push(edge(AT.hidden + rHid, yHid(i), outX - rOut, outY[k], params.W_out[item.j][i], oLimit, true, outputs.length > 9));
      }
    });
  }
  const value = (ref) => trace.outputs[ref.c][q][ref.m];
  const limit = q ? Math.max(...outputs.flatMap((o) => o.refs.map((ref) => Math.abs(value(ref)))), 1e-9) : 1;
  const parts = [
    svg("g", { class: "edges" }, edges),
    heading(AT.input - 8, "input x"), heading(AT.hidden, back ? "EH" : "hidden h"),
    heading(outX + 40, lesson.objective === "hierarchical" ? "inner nodes" : "output", q),
    inputs.map((item, k) => svg("g", null,
      node(AT.input, yIn(k), rIn, item.count ? 1 : 0, 1.6, item.count ? String(item.count) : "0", item.count > 0),
      text(AT.input - rIn - 6, yIn(k), item.name, { "text-anchor": "end", class: item.count ? "name on" : "name", size: fontFor(rIn) }))),
    hidden.map((v, i) => svg("g", null,
      node(AT.hidden, yHid(i), rHid, showHidden ? v : 0, largest([hidden]), showHidden ? short(v) : "", true))),
    outputs.map((item, k) => {
      const panels = q === "e" ? item.refs : item.refs.slice(0, 1);
      const step = 2 * rOut + 3;
      return svg("g", null,
        panels.map((ref, p) => node(outX + p * step, outY[k], rOut, q ? value(ref) : 0, limit, "", panels.length > 1 ? trace.outputs[ref.c].t[ref.m] : item.target)),
        text(outX + (panels.length - 1) * step + rOut + 6, outY[k], item.name + (q && panels.length === 1 ? `  ${num(value(panels[0]))}` : ""),
          { class: item.target ? "name on" : "name", size: fontFor(rOut) }));
    }),
  ];
  const left = lesson.objective === "softmax" ? lesson.words.length - outputs.length : 0;
  if (left) parts.push(text(AT.output, HEIGHT - 6, `… and ${left} more words`, { class: "name", size: 12 }));
  const what = `Network: ${trace.example.inputs.map((w) => lesson.words[w]).join(", ")} in; ` +
    `h = (${trace.h.map(num).join(", ")}); ${outputs.length} output vectors asked${q ? `, ${q} = ${outputs.map((o) => `${o.name} ${num(value(o.refs[0]))}`).join(", ")}` : ""}.`;
  return svg("svg", { viewBox: `0 0 ${AT.width} ${HEIGHT}`, role: "img", "aria-label": what, class: "network" }, parts);
}

const fontFor = (r) => Math.max(8.5, Math.min(14, r * 1.35));
const short = (v) => (Math.abs(v) < 10 ? v.toFixed(2) : v.toFixed(1)).replace("-", "−");
const heading = (x, string, q) => text(x, 14, q ? `${string} ${q}` : string, { "text-anchor": "middle", class: "head" });

function edge(x1, y1, x2, y2, w, limit, on, thin) {
  const share = Math.min(1, Math.abs(w) / limit);
  return svg("line", {
    x1, y1, x2, y2, class: on ? (w < 0 ? "edge below" : "edge above") : "edge off",
    "stroke-width": on ? (thin ? 0.4 : 0.6) + (thin ? 1.2 : 2.2) * share : 0.5, "stroke-opacity": on ? 0.3 + 0.6 * share : null,
  });
}
