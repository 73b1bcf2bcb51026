// Elements, numbers and colours.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// Text always goes in as text: a word of the corpus cannot become markup.
export const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
export const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
export const $ = (id) => document.getElementById(id);

export const digits = { value: 3 };

// A number as people read it: a true minus sign, and no 0.000 that is not zero.
export function num(v) {
  if (!Number.isFinite(v)) return String(v);
  const small = v !== 0 && Math.abs(v) < 0.5 * 10 ** -digits.value;
  return (small || Math.abs(v) >= 1e5 ? v.toExponential(1) : v.toFixed(digits.value)).replaceAll("-", "\u2212");
}

export const dark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

// Blue below zero, orange above, the colour of the paper at zero; the text colour is the one that reads better.
const RAMPS = {
  light: { zero: [255, 255, 255], below: [0, 90, 156], above: [176, 78, 0] },
  dark: { zero: [35, 40, 51], below: [110, 184, 245], above: [255, 178, 94] },
};

const luminance = (rgb) => {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

export function heat(v, limit) {
  const ramp = RAMPS[dark() ? "dark" : "light"];
  const share = Math.min(1, Math.abs(v) / (limit || 1)) ** 0.8;
  const end = v < 0 ? ramp.below : ramp.above;
  const rgb = ramp.zero.map((c, i) => Math.round(c + share * (end[i] - c)));
  const L = luminance(rgb);
  return { background: `rgb(${rgb})`, color: 1.05 / (L + 0.05) > (L + 0.05) / 0.05 ? "#fff" : "#000" };
}

export const largest = (rows) => Math.max(...rows.flat().map(Math.abs), 1e-300);
export const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
