// One pass forward and back, every intermediate kept: w2v_edu/reference.py in the browser.

import { dot, logSigmoid, logSumExp, mulberry32, sigmoid, softmax, stepRandom, sum } from "./functions.js";

// Both matrices uniform in +-spread, W first, row after row.
export function initialParams(V, R, N, seed, spread) {
  const random = mulberry32(seed);
  const matrix = (rows) =>
    Array.from({ length: rows }, () => Array.from({ length: N }, () => (2 * random() - 1) * spread));
  const W = matrix(V);
  return { W, W_out: matrix(R) };
}

// The Huffman tree of the counts: the lighter of the two merged is the left child; ties go to the smaller id.
export function huffman(counts) {
  const V = counts.length;
  const heap = counts.map((weight, id) => [weight, id]);
  const pop = () => {
    let best = 0;
    heap.forEach(([weight, id], k) => {
      if (weight < heap[best][0] || (weight === heap[best][0] && id < heap[best][1])) best = k;
    });
    return heap.splice(best, 1)[0];
  };
  const children = [];
  for (let node = 0; node < V - 1; node++) {
    const [light, left] = pop();
    const [heavy, right] = pop();
    children.push([left, right]);
    heap.push([light + heavy, V + node]);
  }
  return makeTree(children);
}

// Paths, codes and signs of every leaf; code 0 is left, sign +1 is left.
export function makeTree(children) {
  const V = children.length + 1;
  const paths = [];
  const codes = [];
  const walk = (id, nodes, bits) => {
    if (id < V) {
      paths[id] = nodes;
      codes[id] = bits;
    } else {
      children[id - V].forEach((child, bit) => walk(child, [...nodes, id - V], [...bits, bit]));
    }
  };
  walk(2 * V - 2, [], []);
  return { V, children, root: V - 2, paths, codes, signs: codes.map((bits) => bits.map((b) => 1 - 2 * b)) };
}

// P_n(w): the counts to the power alpha, normalised.
export function noiseDistribution(counts, alpha) {
  const weight = counts.map((count) => count ** alpha);
  const total = sum(weight);
  return weight.map((x) => x / total);
}

// K independent draws for each target, with replacement: W_neg is a multiset.
export function drawNoise(p, K, targets, seed, s) {
  const random = stepRandom(seed, s);
  let total = 0;
  const cdf = p.map((x) => (total += x));
  const draw = () => {
    const r = random() * total;
    const found = cdf.findIndex((x) => r < x);
    return found < 0 ? p.length - 1 : found;
  };
  return Array.from({ length: targets }, () => Array.from({ length: K }, draw));
}

function hidden(W, example) {
  const weight = example.combine === "sum" ? 1 : 1 / example.inputs.length;
  return W[0].map((_, i) => weight * sum(example.inputs.map((w) => W[w][i]))); // (1) (17) (24)
}

// One target word. An objective is which rows, which labels, which link.
function output(h, W_out, w_O, W_neg, objective) {
  const softmaxed = objective.name === "softmax";
  const path = objective.name === "hierarchical";
  const { tree, p, K } = objective;
  const rows = softmaxed ? W_out.map((_, j) => j) : path ? tree.paths[w_O] : [w_O, ...W_neg];
  const u = rows.map((j) => dot(W_out[j], h)); // (2) (26)
  const offset = objective.name === "nce" ? rows.map((j) => Math.log(K * p[j])) : null;
  const z = offset ? u.map((x, m) => x - offset[m]) : u; // (nce-1)
  const y = softmaxed ? softmax(u) : z.map(sigmoid); // (3) (39)
  const signs = path ? tree.signs[w_O] : null; // (38) (44)
  const t = rows.map((j, m) => (softmaxed ? +(j === w_O) : path ? +(signs[m] === 1) : +(m === 0)));
  const e = y.map((x, m) => x - t[m]); // (8) (30) (49) (57)
  const E = softmaxed
    ? -u[w_O] + logSumExp(u) // (7) (20)
    : -sum(z.map((x, m) => logSigmoid(t[m] ? x : -x))); // (46) (55)
  const EH = h.map((_, i) => sum(rows.map((j, m) => e[m] * W_out[j][i]))); // (12) (53) (61)
  return { rows, u, z, y, t, e, E, EH, w_O, W_neg, offset, signs, codes: path ? tree.codes[w_O] : null };
}

export function trace({ W, W_out }, example, objective) {
  const h = hidden(W, example);
  const outputs = example.targets.map((w_O, c) => output(h, W_out, w_O, example.noise[c] ?? [], objective));
  const EI = W_out.map(() => 0);
  for (const out of outputs) out.rows.forEach((j, m) => (EI[j] += out.e[m])); // (31)
  const EH = h.map((_, i) => sum(outputs.map((out) => out.EH[i]))); // (36) (54) (61)
  const dW_out = EI.map((ei) => h.map((x) => ei * x)); // (9) (32) (50) (58)
  const weight = example.combine === "sum" ? 1 : 1 / example.inputs.length;
  const dW = W.map((row, w) => {
    const share = weight * example.inputs.filter((k) => k === w).length;
    return row.map((_, i) => share * EH[i]); // (15) (23)
  });
  return { example, h, outputs, E: sum(outputs.map((out) => out.E)), EH, EI, dW, dW_out };
}

// One step of stochastic gradient descent; both gradients are taken at the old values.
export function update(params, t, eta) {
  const step = (M, D) => M.map((row, r) => row.map((x, i) => x - eta * D[r][i]));
  return { W: step(params.W, t.dW), W_out: step(params.W_out, t.dW_out) }; // (11) (16) (23) (35)
}

// log p of every leaf, (37); the exponentials sum to 1, (43).
export function leafProbabilities(tree, W_out, h) {
  const u = W_out.map((v) => dot(v, h));
  return tree.paths.map((nodes, w) =>
    Math.exp(sum(nodes.map((n, m) => logSigmoid(tree.signs[w][m] * u[n])))),
  );
}
