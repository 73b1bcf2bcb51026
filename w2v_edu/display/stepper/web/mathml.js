// Small pieces of MathML for the numbers put into an equation. A sum is many pieces, so that it wraps.

import { num } from "./dom.js";

const escape_ = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

export const mi = (x) => (x.length > 1 ? `<mi mathvariant="normal">${escape_(x)}</mi>` : `<mi>${x}</mi>`);
export const mo = (x) => `<mo>${x}</mo>`;
export const mn = (v) => `<mn>${num(v)}</mn>`;
export const bold = (x) => `<mi mathvariant="bold" class="bold">${x}</mi>`;
export const word = (x) => `<mtext class="word">${escape_(x)}</mtext>`;
export const row = (...xs) => `<mrow>${xs.join("")}</mrow>`;
export const sub = (x, ...below) => `<msub>${x}${row(...below)}</msub>`;
export const sup = (x, above) => `<msup>${x}${row(above)}</msup>`;
export const frac = (a, b) => `<mfrac>${row(a)}${row(b)}</mfrac>`;
export const paren = (...xs) => row(mo("("), ...xs, mo(")"));
export const apply = (f, ...xs) => row(mi(f), "<mspace width='0.1em'/>", paren(...xs));
export const signed = (v) => (v < 0 || Object.is(v, -0) ? paren(mn(v)) : mn(v));
export const times = (...xs) => xs.join(mo("·"));
export const prime = (x) => `<msup>${x}<mo>′</mo></msup>`;
export const chunk = (...xs) => `<math displaystyle="true">${row(...xs)}</math>`;

// v'_w with the word as its index.
export const vOut = (name) => `<msubsup>${bold("v")}${word(name)}<mo>′</mo></msubsup>`;

// "a + b + c" as pieces that may be broken between lines.
export const plus = (terms) => terms.map((term, k) => chunk(k ? mo("+") : "", term)).join(" ");
