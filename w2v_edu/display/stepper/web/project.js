// Vectors to the plane: the two directions in which they differ most.

import { dot, sum } from "./functions.js";

const norm = (a) => Math.sqrt(dot(a, a));

// Two leading directions of the rows' second moments by orthogonal iteration. Started from the last basis, it
// follows the words smoothly, so that the map does not flip between two pictures.
export function plane(rows, start) {
  const N = rows[0].length;
  if (N === 1) return [[1], [0]];
  const M = Array.from({ length: N }, (_, i) => Array.from({ length: N }, (_, k) => sum(rows.map((r) => r[i] * r[k]))));
  const axis = (k) => Array.from({ length: N }, (_, i) => +(i === k) + 0.01 * Math.sin(1 + i * (k + 2)));
  let [a, b] = start ?? [axis(0), axis(1)];
  for (let turn = 0; turn < (start ? 8 : 200); turn++) {
    a = unit(M.map((row) => dot(row, a)), axis(0));
    b = M.map((row) => dot(row, b));
    b = unit(b.map((x, i) => x - dot(a, b) * a[i]), b.map((x, i) => axis(1)[i] - dot(a, axis(1)) * a[i]));
  }
  return [a, b];
}

function unit(v, otherwise) {
  const length = norm(v);
  if (length > 1e-12) return v.map((x) => x / length);
  const other = norm(otherwise) || 1;
  return otherwise.map((x) => x / other);
}

export const centred = (rows) => {
  const mean = rows[0].map((_, i) => sum(rows.map((r) => r[i])) / rows.length);
  return rows.map((r) => r.map((x, i) => x - mean[i]));
};

// One scale for both directions, with room around the points and, on the right, for their labels.
export function fit(points, width, height, margin, right = margin) {
  const xs = points.map((p) => p[0]);
  const ys = points.map((p) => p[1]);
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min((width - margin - right) / (x1 - x0 || 1), (height - 2 * margin) / (y1 - y0 || 1));
  const dx = (width + margin - right) / 2 - (scale * (x0 + x1)) / 2;
  const dy = height / 2 + (scale * (y0 + y1)) / 2;
  return ([x, y]) => [dx + scale * x, dy - scale * y];
}
