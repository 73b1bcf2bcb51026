// The tree of hierarchical softmax: the path to the target word, with code, sign, sigma and t at every node.

import { num, svg } from "./dom.js";

const NOTE = 108; // how wide a note may be
const MANY = 20; // words that a whole tree is drawn for

const text = (x, y, string, attributes) => svg("text", { x, y, ...attributes }, string);

// Leaves side by side at the foot, in the order of the tree; a node stands over the middle of its children. In a
// large tree what is off the path is one leaf, with the number of its words.
function layout(tree, onPath) {
  const { V, children } = tree;
  const at = new Map();
  const words = (id) => (id < V ? 1 : words(children[id - V][0]) + words(children[id - V][1]));
  const isFoot = (id) => id < V || (V > MANY && !onPath.has(id));
  let next = 0;
  let deepest = 0;
  const place = (id, depth) => {
    deepest = Math.max(deepest, depth);
    const foot = isFoot(id);
    const x = foot ? next++ : (place(children[id - V][0], depth + 1) + place(children[id - V][1], depth + 1)) / 2;
    at.set(id, { x, depth, foot, words: id < V ? 0 : words(id) });
    return x;
  };
  place(2 * V - 2, 0);
  return { at, deepest, feet: next };
}

export function treePicture(now) {
  const { tree, lesson, trace } = now;
  const o = trace.outputs[now.panel];
  const onPath = new Map(o.rows.map((n, m) => [tree.V + n, m]));
  const { at, deepest, feet } = layout(tree, onPath);
  const width = Math.max(430, 34 * feet + 60);
  const level = Math.max(40, Math.min(64, 260 / deepest));
  const height = 30 + level * deepest + 76;
  const X = (id) => 40 + ((width - 80) * (at.get(id).x + 0.5)) / feet;
  const Y = (id) => 24 + level * (at.get(id).foot ? deepest : at.get(id).depth);
  const inner = [...at.keys()].filter((id) => !at.get(id).foot);
  const edges = inner.flatMap((id) => tree.children[id - tree.V].flatMap((child, bit) => {
    const m = onPath.get(id);
    const on = m !== undefined && o.codes[m] === bit;
    const share = Math.min(0.5, (0.55 * level) / (Y(child) - Y(id)));
    return [
      svg("line", { x1: X(id), y1: Y(id), x2: X(child), y2: Y(child), class: on ? "branch on" : "branch" }),
      on || m === undefined ? text(X(id) + share * (X(child) - X(id)) + (bit ? 8 : -8), Y(id) + share * (Y(child) - Y(id)), String(bit), { "text-anchor": "middle", class: on ? "bit on" : "bit" }) : null,
    ];
  }));
  const nodes = inner.map((id) => svg("g", { class: onPath.has(id) ? "inner on" : "inner" },
    svg("circle", { cx: X(id), cy: Y(id), r: 12 }), text(X(id), Y(id), `n${id - tree.V}`, { "text-anchor": "middle", "dominant-baseline": "central" })));
  // A note stands on the side with more room before the next node of the same level.
  const gap = (id, side) => Math.min(NOTE + 1, ...inner.flatMap((other) => {
    const distance = side * (X(other) - X(id)) - 14;
    return Y(other) === Y(id) && distance > 0 ? [distance] : [];
  }));
  let [start, end] = [0, width + 40];
  const notes = o.rows.map((n, m) => {
    const id = tree.V + n;
    const side = o.codes[m] ? -1 : 1; // away from the turn, if there is room
    const dir = gap(id, side) >= Math.min(NOTE, gap(id, -side)) ? side : -side;
    start = Math.min(start, X(id) - 18 - (dir < 0 ? NOTE : 0));
    end = Math.max(end, X(id) + 18 + (dir > 0 ? NOTE : 0));
    const x = X(id) + dir * 18;
    const anchor = dir < 0 ? "end" : "start";
    const lines = [`⟦·⟧ = ${o.signs[m] > 0 ? "+1" : "−1"}  t = ${o.t[m]}`];
    if (now.revealed.has("y")) lines.unshift(`σ(u) = ${num(o.y[m])}`);
    if (now.revealed.has("e")) lines.push(`e = ${num(o.e[m])}`);
    return svg("g", { class: "note" }, lines.map((string, k) => text(x, Y(id) - 3 + 14 * k, string, { "text-anchor": anchor })));
  });
  const leaves = [...at.keys()].filter((id) => at.get(id).foot).map((id) => {
    const on = id === o.w_O;
    const name = id < tree.V ? lesson.words[id] : `${at.get(id).words} words`;
    const p = id < tree.V && now.revealed.has("leaves") ? `  ${num(now.leaves[id])}` : "";
    const [x, y] = [X(id), Y(id)];
    return svg("g", { class: on ? "leaf on" : "leaf" }, svg("rect", { x: x - 4, y: y - 4, width: 8, height: 8, rx: 2 }),
      text(x + 2, y + 17, name + p, { transform: `rotate(38 ${x} ${y + 14})`, "text-anchor": "start" }));
  });
  const path = o.rows.map((n, m) => `n${n}: ${o.signs[m] > 0 ? "left" : "right"}, sigma ${num(o.y[m])}, t ${o.t[m]}`).join("; ");
  return svg("svg", { viewBox: `${start} 0 ${end - start} ${height}`, role: "img", class: "tree", "aria-label": `Tree: the way to ${lesson.words[o.w_O]}, code ${o.codes.join("")}: ${path}` },
    edges, nodes, leaves, notes);
}
