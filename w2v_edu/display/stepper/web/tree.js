// The tree of hierarchical softmax: the path to the target word, with code, sign, sigma and t at every node.

import { num, svg } from "./dom.js";

const NOTE = 108; // how wide a note may be

const text = (x, y, string, attributes) => svg("text", { x, y, ...attributes }, string);

// Leaves side by side at the foot, in the order of the tree; an inner node stands over the middle of its children.
function layout(tree) {
  const { V, children } = tree;
  const at = new Map();
  let next = 0;
  let deepest = 0;
  const place = (id, depth) => {
    deepest = Math.max(deepest, depth);
    const x = id < V ? next++ : (place(children[id - V][0], depth + 1) + place(children[id - V][1], depth + 1)) / 2;
    at.set(id, { x, depth });
    return x;
  };
  place(2 * V - 2, 0);
  return { at, deepest };
}

export function treePicture(now, picked, pick) {
  const { tree, lesson, trace } = now;
  const o = trace.outputs[now.panel];
  const { at, deepest } = layout(tree);
  const width = Math.max(430, 34 * tree.V + 60);
  const level = Math.max(40, Math.min(64, 260 / deepest));
  const height = 30 + level * deepest + 76;
  const X = (id) => 40 + ((width - 80) * (at.get(id).x + 0.5)) / tree.V;
  const Y = (id) => 24 + level * (id < tree.V ? deepest : at.get(id).depth);
  const onPath = new Map(o.rows.map((n, m) => [tree.V + n, m]));
  const edges = [];
  tree.children.forEach((pair, n) => pair.forEach((child, bit) => {
    const id = tree.V + n;
    const m = onPath.get(id);
    const on = m !== undefined && o.codes[m] === bit;
    edges.push(svg("line", { x1: X(id), y1: Y(id), x2: X(child), y2: Y(child), class: on ? "branch on" : "branch" }));
    if (on || m === undefined) {
      const share = Math.min(0.5, (0.55 * level) / (Y(child) - Y(id)));
      edges.push(text(X(id) + share * (X(child) - X(id)) + (bit ? 8 : -8), Y(id) + share * (Y(child) - Y(id)), String(bit), { "text-anchor": "middle", class: on ? "bit on" : "bit" }));
    }
  }));
  const nodes = tree.children.map((_, n) => {
    const id = tree.V + n;
    const m = onPath.get(id);
    const here = svg("g", { class: m === undefined ? "inner" : "inner on" },
      svg("circle", { cx: X(id), cy: Y(id), r: 12 }), text(X(id), Y(id), `n${n}`, { "text-anchor": "middle", "dominant-baseline": "central" }));
    return here;
  });
  // A note stands on the side with more room before the next node of the same level.
  const gap = (id, side) => Math.min(NOTE + 1, ...tree.children.flatMap((_, k) => {
    const distance = side * (X(tree.V + k) - X(id)) - 14;
    return Y(tree.V + k) === Y(id) && distance > 0 ? [distance] : [];
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
  const leaves = lesson.words.map((name, w) => {
    const on = w === o.w_O;
    const p = now.revealed.has("leaves") ? `  ${num(now.leaves[w])}` : "";
    const [x, y] = [X(w), Y(w)];
    return svg("g", { class: on ? "leaf on" : "leaf" }, svg("rect", { x: x - 4, y: y - 4, width: 8, height: 8, rx: 2 }),
      text(x + 2, y + 17, name + p, { transform: `rotate(38 ${x} ${y + 14})`, "text-anchor": "start" }));
  });
  const path = o.rows.map((n, m) => `n${n}: ${o.signs[m] > 0 ? "left" : "right"}, sigma ${num(o.y[m])}, t ${o.t[m]}`).join("; ");
  return svg("svg", { viewBox: `${start} 0 ${end - start} ${height}`, role: "img", class: "tree", "aria-label": `Tree: the way to ${lesson.words[o.w_O]}, code ${o.codes.join("")}: ${path}` },
    edges, nodes, leaves, notes);
}
