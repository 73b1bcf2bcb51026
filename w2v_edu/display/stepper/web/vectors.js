// The geometric step: h goes towards the output vectors that fit too badly, and away from those that fit too well.

import { num, svg } from "./dom.js";
import { dot } from "./functions.js";
import { fit, plane } from "./project.js";

const WIDTH = 460;
const HEIGHT = 340;
const text = (p, string, attributes) => svg("text", { x: p[0], y: p[1], ...attributes }, string);

function arrow(a, b, cls, width) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(dx, dy);
  if (length < 1.5) return null;
  const size = Math.min(9, 3 + length / 4);
  const [ux, uy] = [dx / length, dy / length];
  const left = [b[0] - size * (ux - 0.5 * uy), b[1] - size * (uy + 0.5 * ux)];
  const right = [b[0] - size * (ux + 0.5 * uy), b[1] - size * (uy - 0.5 * ux)];
  return svg("g", { class: `arrow ${cls}` }, svg("line", { x1: a[0], y1: a[1], x2: b[0] - ux * size * 0.7, y2: b[1] - uy * size * 0.7, "stroke-width": width }),
    svg("polygon", { points: `${b} ${left} ${right}` }));
}

// The rows of W_out that pull h, each with its summed error; of a full softmax, the strongest.
function pulls(now) {
  const { trace } = now;
  const rows = [...new Set(trace.outputs.flatMap((o) => o.rows))].map((r) => ({ r, e: trace.EI[r] }));
  rows.sort((a, b) => Math.abs(b.e) - Math.abs(a.e));
  return { shown: rows.slice(0, 12), left: rows.length - Math.min(12, rows.length) };
}

export function stepPicture(now) {
  const { trace, params, after, lesson, rowNames } = now;
  const { shown, left } = pulls(now);
  const h = trace.h;
  const moved = h.map((x, i) => x - lesson.eta * trace.EH[i] * share(trace));
  const vectors = [h, moved, ...shown.flatMap(({ r }) => [params.W_out[r], after.W_out[r]])];
  const basis = h.length === 2 ? [[1, 0], [0, 1]] : plane(vectors);
  const flat = (v) => basis.map((axis) => dot(axis, v));
  const difference = (a, b) => a.map((x, i) => b[i] - x);
  const span = Math.max(...vectors.map((v) => Math.hypot(...flat(v))), 1e-9);
  const longest = Math.max(...[[h, moved], ...shown.map(({ r }) => [params.W_out[r], after.W_out[r]])].map(([a, b]) => Math.hypot(...flat(difference(a, b)))), 1e-12);
  const zoom = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((k) => longest * k > 0.3 * span) ?? 1000;
  const stretch = (a, b) => a.map((x, i) => x + zoom * (b[i] - x));
  const points = [[0, 0], ...vectors.map(flat), flat(stretch(h, moved)), ...shown.map(({ r }) => flat(stretch(params.W_out[r], after.W_out[r])))];
  const widest = Math.max(...shown.map(({ r }) => rowNames[r].length));
  const at = fit(points, WIDTH, HEIGHT, 30, 24 + 8 * widest);
  const origin = at([0, 0]);
  const tip = at(flat(h));
  const name = lesson.side === "cbow" ? "h" : lesson.words[trace.example.inputs[0]];
  const labels = spaced([{ p: tip, string: name, cls: "label h" }, ...shown.map(({ r, e }) => ({ p: at(flat(params.W_out[r])), string: rowNames[r], cls: `label ${e < 0 ? "toward" : "away"}` }))]);
  const parts = [
    svg("circle", { cx: origin[0], cy: origin[1], r: 3, class: "origin" }),
    shown.map(({ r, e }) => {
      const a = at(flat(params.W_out[r]));
      return svg("g", null, arrow(origin, a, "faint", 1.2), svg("circle", { cx: a[0], cy: a[1], r: 4.5, class: e < 0 ? "dot toward" : "dot away" }),
        arrow(a, at(flat(stretch(params.W_out[r], after.W_out[r]))), e < 0 ? "toward" : "away", 2));
    }),
    arrow(origin, tip, "h", 2.5),
    shown.map(({ r, e }) => {
      const part = h.map((x, i) => x - zoom * lesson.eta * share(trace) * e * params.W_out[r][i]);
      return arrow(tip, at(flat(part)), e < 0 ? "toward part" : "away part", 1.4);
    }),
    arrow(tip, at(flat(stretch(h, moved))), "step", 4),
    labels.map(({ p, string, cls }) => text(p, string, { class: cls })),
  ];
  const towards = shown.filter(({ e }) => e < 0).map(({ r }) => rowNames[r]);
  const away = shown.filter(({ e }) => e > 0).map(({ r }) => rowNames[r]);
  const caption = `${name} moves towards ${towards.join(", ") || "nothing"}${away.length ? ` and away from ${away.join(", ")}` : ""}` +
    `${left ? ` (and ${left} more)` : ""}; movements drawn ${zoom === 1 ? "to scale" : `${zoom} times as long`}` +
    `${h.length > 2 ? `; the plane is the best view of N = ${h.length} dimensions` : ""}.`;
  return { picture: svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", class: "vectors", "aria-label": `The step of length ${num(Math.hypot(...difference(h, moved)))}: ${caption}` }, parts), caption };
}

const share = (trace) => {
  const { inputs, combine } = trace.example;
  if (inputs.length === 1) return 1;
  const counts = inputs.map((w) => inputs.filter((k) => k === w).length);
  const weight = combine === "sum" ? 1 : 1 / inputs.length;
  return weight * weight * counts.reduce((a, b) => a + b, 0); // how far h itself moves when its words do
};

// Labels beside their points, pushed apart where they would overlap.
export function spaced(items, height = 15) {
  const placed = [];
  for (const item of [...items].sort((a, b) => a.p[1] - b.p[1])) {
    const width = 8 * item.string.length;
    let [x, y] = [item.p[0] + 8, item.p[1] - 5];
    const clash = () => placed.some((q) => Math.abs(q.p[1] - y) < height && x < q.p[0] + q.width && q.p[0] < x + width);
    for (let turn = 0; turn < 40 && clash(); turn++) y += 4;
    placed.push({ ...item, p: [x, y], width });
  }
  return placed;
}
