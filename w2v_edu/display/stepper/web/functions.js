// The functions that the equations are made of, safe at scores of 800, and the portable random numbers.

export const sum = (xs) => xs.reduce((a, b) => a + b, 0);
export const dot = (a, b) => a.reduce((s, x, i) => s + x * b[i], 0);

export function sigmoid(u) {
  const z = Math.exp(-Math.abs(u));
  return (u >= 0 ? 1 : z) / (1 + z); // (67)
}

export function logSigmoid(u) {
  return Math.min(u, 0) - Math.log1p(Math.exp(-Math.abs(u)));
}

export function logSumExp(u) {
  const top = Math.max(...u);
  return Math.log(sum(u.map((x) => Math.exp(x - top)))) + top;
}

export function softmax(u) {
  const top = Math.max(...u);
  const z = u.map((x) => Math.exp(x - top));
  const total = sum(z);
  return z.map((x) => x / total); // (3)
}

// mulberry32: uniform numbers in [0, 1) that Python makes too (stepper/portable.py), bit for bit.
export function mulberry32(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// The generator of step s: its noise words depend on the seed and on s alone.
export function stepRandom(seed, s) {
  return mulberry32(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(s + 1, 0x85ebca6b));
}
