// Training: the loss of every step, and the map of both matrices with the words moving.

import { $, el, num, reducedMotion, svg } from "./dom.js";
import { dot, sum } from "./functions.js";
import { centred, fit, plane } from "./project.js";
import { advance } from "./run.js";
import { spaced } from "./vectors.js";

const text = (x, y, string, attributes) => svg("text", { x, y, ...attributes }, string);

// The mean loss over the last pass: one step's loss depends on which example it was.
export function means(losses, window) {
  let total = 0;
  return losses.map((E, s) => {
    total += E - (s >= window ? losses[s - window] : 0);
    return total / Math.min(s + 1, window);
  });
}

export function lossPicture(run) {
  const [W, H, left, bottom] = [560, 300, 58, 40];
  const { losses } = run;
  const window = run.lesson.examples.length;
  const mean = means(losses, window);
  const top = Math.max(...losses, 1e-9) * 1.05;
  const x = (s) => left + ((W - left - 16) * s) / Math.max(1, losses.length - 1);
  const y = (E) => 12 + (H - 12 - bottom) * (1 - E / top);
  const stride = Math.max(1, Math.floor(losses.length / 600));
  const kept = losses.map((_, s) => s).filter((s) => s % stride === 0 || s === losses.length - 1);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((k) => (k * top) / 1.05);
  const last = mean.at(-1);
  const label = losses.length ? `Loss after ${losses.length} steps: mean of the last ${Math.min(window, losses.length)} is ${num(last)}, at the first step ${num(losses[0])}.` : "No step taken yet.";
  return svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", class: "loss", "aria-label": label },
    ticks.map((E) => [svg("line", { x1: left, x2: W - 16, y1: y(E), y2: y(E), class: "rule" }), text(left - 8, y(E) + 4, num(E), { "text-anchor": "end", class: "tick" })]).flat(),
    text((W + left) / 2, H - 6, "step", { "text-anchor": "middle", class: "tick" }),
    text(left, H - 22, "0", { class: "tick", "text-anchor": "middle" }), losses.length > 1 ? text(W - 16, H - 22, String(losses.length), { class: "tick", "text-anchor": "end" }) : null,
    kept.map((s) => svg("circle", { cx: x(s), cy: y(losses[s]), r: 1.8, class: "one" })),
    losses.length ? svg("polyline", { points: kept.map((s) => `${x(s).toFixed(1)},${y(mean[s]).toFixed(1)}`).join(" "), class: "mean" }) : null,
  );
}

// Both matrices in one plane: rows of W as dots, rows of W_out as diamonds, a thin line from where each began.
export function mapPicture(run, trails) {
  const { params, start, lesson, rowNames } = run;
  const [W, H] = [600, 470];
  const rows = [...params.W, ...params.W_out];
  const mean = rows[0].map((_, i) => sum(rows.map((r) => r[i])) / rows.length);
  const flat = lesson.N === 2;
  run.basis = flat ? [[1, 0], [0, 1]] : plane(centred(rows), run.basis);
  const off = (v) => run.basis.map((axis) => dot(axis, v.map((x, i) => x - mean[i])));
  const before = [...start.W, ...start.W_out].map(off);
  const now = rows.map(off);
  const V = params.W.length;
  const longest = Math.max(...lesson.words.map((name) => name.length));
  const at = fit(trails ? [...now, ...before] : now, W, H, 40, 16 + 8 * longest);
  const labels = spaced(now.map((p, k) => ({ p: at(p), string: k < V ? lesson.words[k] : rowNames[k - V], cls: k < V ? "label input" : "label output" })).slice(0, $("labels-out").checked ? undefined : V), 13);
  const marks = now.map((p, k) => {
    const [x, y] = at(p);
    const [x0, y0] = at(before[k]);
    const trail = trails ? svg("line", { x1: x0, y1: y0, x2: x, y2: y, class: k < V ? "trail input" : "trail output" }) : null;
    const shape = k < V ? svg("circle", { cx: x, cy: y, r: 5, class: "dot input" }) : svg("path", { d: `M${x} ${y - 6}l6 6l-6 6l-6 -6z`, class: "dot output" });
    return svg("g", null, trail, shape);
  });
  return svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", class: "map", "aria-label": `Map of ${V} input vectors and ${rows.length - V} output vectors after ${run.s} steps` },
    marks, labels.map(({ p, string, cls }) => text(p[0], p[1], string, { class: cls })));
}

// The words nearest to each other in W, by cosine: what the map cannot promise, N dimensions can.
export function neighbours(run, w, many = 3) {
  const { W } = run.params;
  const cosine = (a, b) => dot(a, b) / (Math.sqrt(dot(a, a) * dot(b, b)) || 1);
  return W.map((v, k) => ({ k, c: cosine(W[w], v) })).filter(({ k }) => k !== w).sort((a, b) => b.c - a.c).slice(0, many)
    .map(({ k, c }) => ({ word: run.lesson.words[k], cosine: c }));
}

export function renderTraining(run) {
  $("loss").replaceChildren(lossPicture(run));
  $("map").replaceChildren(mapPicture(run, $("trails").checked));
  const mean = means(run.losses, run.lesson.examples.length).at(-1);
  $("count").textContent = `${run.s} step${run.s === 1 ? "" : "s"}${run.s ? `, mean loss of the last ${Math.min(run.s, run.lesson.examples.length)}: ${num(mean)}` : ""}`;
  $("near").replaceChildren(...run.lesson.words.slice(0, 30).map((name, w) =>
    el("tr", null, el("th", { scope: "row" }, name), el("td", null, neighbours(run, w).map((n) => `${n.word} ${num(n.cosine)}`).join(", ")))));
}

// Play until stopped: a few steps a picture; with reduced motion, a whole pass twice a second.
export function player(getRun, after) {
  let timer = null;
  const stop = () => {
    clearTimeout(timer);
    timer = null;
  };
  const tick = () => {
    const run = getRun();
    const calm = reducedMotion();
    try {
      advance(run, calm ? run.lesson.examples.length : Number($("speed").value));
    } catch (error) {
      stop();
      return after(error);
    }
    timer = setTimeout(tick, calm ? 500 : 40);
    return after();
  };
  return { stop, playing: () => timer !== null, toggle: () => (timer === null ? tick() : stop()) };
}
