// The very sum behind a number: click a cell, and see its equation with its own numbers in it.

import { dot, logSumExp, sum } from "./functions.js";
import { apply, bold, chunk, frac, mi, mn, mo, paren, plus, prime, row, signed, sub, sup, times, vOut, word } from "./mathml.js";

const line = (...pieces) => `<p class="sum">${pieces.join(" ")}</p>`;
const is = (x) => chunk(mo("="), x);
const result = (v) => `<strong class="result">${chunk(mo("="), mn(v))}</strong>`;
const idx = (i) => `<mn>${i + 1}</mn>`;
const h_ = (i) => sub(mi("h"), idx(i));
const named = (x, name) => sub(mi(x), word(name));

// `now` is what main.js knows of this step: lesson, params, after, trace, next trace, names of rows.
export function explain(now, cell) {
  const make = MAKERS[cell.q];
  return make ? make(now, cell) : "";
}

const out = (now, cell) => now.trace.outputs[cell.c ?? 0];
const rowName = (now, r) => now.rowNames[r];
const askedName = (now, cell) => rowName(now, out(now, cell).rows[cell.m]);
const isSoftmax = (now) => now.lesson.objective === "softmax";
const weightMark = (now) => (now.trace.example.combine === "sum" ? "" : frac(`<mn>1</mn>`, `<mn>${now.trace.example.inputs.length}</mn>`));

const given = (name, r, i, v) =>
  line(chunk(sub(name, word(r), mo(","), idx(i))), result(v)) + `<p class="why">a parameter: where this step starts from</p>`;

const MAKERS = {
  W: (now, { r, i }) => given(mi("w"), now.lesson.words[r], i, now.params.W[r][i]),
  W_out: (now, { r, i }) => given(prime(mi("w")), rowName(now, r), i, now.params.W_out[r][i]),
  h: hiddenUnit,
  u: score,
  z: (now, cell) => {
    const o = out(now, cell);
    const name = askedName(now, cell);
    return line(
      chunk(named("z", name)),
      chunk(mo("="), named("u", name), mo("−"), apply("log", mi("K"), named("q", name))),
      chunk(mo("="), mn(o.u[cell.m]), mo("−"), signed(o.offset[cell.m])),
      result(o.z[cell.m]),
    );
  },
  y: prediction,
  t: label,
  sign: (now, cell) => {
    const o = out(now, cell);
    const left = o.signs[cell.m] === 1;
    const turn = `at ${askedName(now, cell)} the path to ‘${now.lesson.words[o.w_O]}’ turns ${left ? "left" : "right"}`;
    return line(chunk(mo("⟦·⟧"), mo("="), `<mn>${left ? "+1" : "−1"}</mn>`, mo(","), mi("t"), mo("="), `<mn>${+left}</mn>`)) + why(turn + `; code bit ${o.codes[cell.m]}`);
  },
  e: (now, cell) => {
    const o = out(now, cell);
    const name = askedName(now, cell);
    const y = isSoftmax(now) ? named("y", name) : apply("σ", named(o.offset ? "z" : "u", name));
    return line(
      chunk(named("e", name)), chunk(mo("="), y, mo("−"), named("t", name)),
      chunk(mo("="), mn(o.y[cell.m]), mo("−"), `<mn>${o.t[cell.m]}</mn>`), result(o.e[cell.m]),
    );
  },
  EI: summedError,
  EH: hiddenError,
  E: loss,
  goal: (now, cell) => {
    const o = out(now, cell);
    const m = o.t.indexOf(1);
    const y = named("y", askedName(now, { ...cell, m }));
    return line(chunk(y), result(o.y[m])) + line(chunk(apply("log", y)), result(Math.log(o.y[m]))) +
      why("y and log y are largest at the same parameters; their values differ");
  },
  p: pathProbability,
  leaves: (now) => {
    const terms = now.leaves.map((p) => mn(p));
    return line(chunk("<munder><mo>∑</mo><mi>i</mi></munder>", mi("p"), paren(sub(mi("w"), mi("i")))), chunk(mo("=")), plus(terms), result(sum(now.leaves)));
  },
  dW_out: (now, { r, i }) => {
    const ei = now.trace.EI[r];
    return line(
      chunk(frac(row(mi("∂"), mi("E")), row(mi("∂"), sub(prime(mi("w")), word(rowName(now, r)), mo(","), idx(i))))),
      chunk(mo("="), times(errorName(now, r), h_(i))), chunk(mo("="), times(mn(ei), signed(now.trace.h[i]))),
      result(now.trace.dW_out[r][i]),
    ) + errorsAt(now, r);
  },
  dW: (now, { r, i }) => {
    const { inputs, combine } = now.trace.example;
    const times_ = inputs.filter((w) => w === r).length;
    const share = combine === "sum" ? times_ : times_ / inputs.length;
    return line(
      chunk(frac(row(mi("∂"), mi("E")), row(mi("∂"), sub(mi("w"), word(now.lesson.words[r]), mo(","), idx(i))))),
      chunk(mo("="), shared(now, times_, sub(mi("EH"), idx(i)))),
      share === 1 ? "" : chunk(mo("="), times(mn(share), signed(now.trace.EH[i]))), result(now.trace.dW[r][i]),
    ) + (times_ ? "" : why("not an input word of this example: its row stays as it is"));
  },
  W_out_new: (now, { r, i }) =>
    stepped(now, prime(mi("w")), rowName(now, r), i, now.params.W_out[r][i], times(errorName(now, r), h_(i)),
      times(signed(now.trace.EI[r]), signed(now.trace.h[i])), now.after.W_out[r][i]) + errorsAt(now, r),
  W_new: (now, { r, i }) => {
    const { inputs, combine } = now.trace.example;
    const n = inputs.filter((w) => w === r).length;
    const share = combine === "sum" ? n : n / inputs.length;
    const numbers = share === 1 ? signed(now.trace.EH[i]) : times(mn(share), signed(now.trace.EH[i]));
    return stepped(now, mi("w"), now.lesson.words[r], i, now.params.W[r][i], shared(now, n, sub(mi("EH"), idx(i))), numbers, now.after.W[r][i]) +
      (n ? "" : why("not an input word of this example: its row stays as it is"));
  },
  after: (now) =>
    line(chunk(mi("E"), mo("="), mn(now.trace.E)), chunk(mo("→")), `<strong class="result">${chunk(mn(now.traceAfter.E))}</strong>`) +
    why(now.traceAfter.E < now.trace.E
      ? "the same example costs less after the step"
      : "the same example costs more after the step: the learning rate is too large for this point"),
};

const why = (text) => `<p class="why">${text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`)}</p>`;

// count / C times what every input vector gets; a factor of 1 is left out.
function shared(now, count, x) {
  const C = now.trace.example.combine === "sum" ? 1 : now.trace.example.inputs.length;
  if (count === C) return x;
  return times(C === 1 ? `<mn>${count}</mn>` : frac(`<mn>${count}</mn>`, `<mn>${C}</mn>`), x);
}

function hiddenUnit(now, { i }) {
  const { inputs } = now.trace.example;
  const w = (k) => sub(mi("w"), word(now.lesson.words[k]), mo(","), idx(i));
  if (inputs.length === 1 && now.lesson.side !== "cbow") {
    return line(chunk(h_(i)), is(w(inputs[0])), result(now.trace.h[i])) +
      why(`x is 1 at ‘${now.lesson.words[inputs[0]]}’ and 0 elsewhere: a row is copied, nothing is multiplied`);
  }
  return line(chunk(h_(i)), chunk(mo("="), weightMark(now), mo("(")), plus(inputs.map(w)), chunk(mo(")"))) +
    line(chunk(mo("="), weightMark(now), mo("(")), plus(inputs.map((k) => signed(now.params.W[k][i]))), chunk(mo(")")), result(now.trace.h[i]));
}

function score(now, cell) {
  const o = out(now, cell);
  const name = askedName(now, cell);
  const v = now.params.W_out[o.rows[cell.m]];
  return line(
    chunk(named("u", name)), chunk(mo("="), sup(vOut(name), mi("T")), bold("h")), chunk(mo("=")),
    plus(v.map((x, i) => times(signed(x), signed(now.trace.h[i])))), result(dot(v, now.trace.h)),
  );
}

function prediction(now, cell) {
  const o = out(now, cell);
  const name = askedName(now, cell);
  if (!isSoftmax(now)) {
    const arg = o.offset ? "z" : "u";
    const z = o.z[cell.m];
    return line(
      chunk(named("y", name)), chunk(mo("="), apply("σ", named(arg, name))),
      is(frac("<mn>1</mn>", row("<mn>1</mn>", mo("+"), apply("exp", mn(-z))))), result(o.y[cell.m]),
    ) + (now.lesson.objective === "hierarchical" ? why(`the probability of going left at ${name}; right has the rest, ${now.format(1 - o.y[cell.m])}`) : "");
  }
  const total = Math.exp(logSumExp(o.u));
  return line(
    chunk(named("y", name)), is(frac(apply("exp", named("u", name)), row("<munder><mo>∑</mo><msup><mi>j</mi><mo>′</mo></msup></munder>", apply("exp", sub(mi("u"), `<msup><mi>j</mi><mo>′</mo></msup>`))))),
    is(frac(apply("exp", mn(o.u[cell.m])), mn(total))), result(o.y[cell.m]),
  ) + line(chunk(mn(total), mo("=")), plus(o.u.map((u) => apply("exp", mn(u)))));
}

function label(now, cell) {
  const o = out(now, cell);
  const name = askedName(now, cell);
  const reason = isSoftmax(now) || now.lesson.objective !== "hierarchical"
    ? (o.t[cell.m] ? `‘${name}’ is the word that came` : isSoftmax(now) ? `‘${name}’ is not the word that came` : `‘${name}’ was drawn as noise`)
    : `the path turns ${o.t[cell.m] ? "left" : "right"} at ${name}`;
  return line(chunk(named("t", name), mo("="), `<mn>${o.t[cell.m]}</mn>`)) + why(reason);
}

// e_j, EI_j, or the sum over the occurrences of a row that was asked more than once.
function errorName(now, r) {
  return now.trace.outputs.length > 1 ? named("EI", rowName(now, r)) : named("e", rowName(now, r));
}

const errorsOf = (now, r) =>
  now.trace.outputs.flatMap((o) => o.rows.flatMap((j, m) => (j === r ? [o.e[m]] : [])));

function errorsAt(now, r) {
  const errors = errorsOf(now, r);
  if (!errors.length) return why("not asked in this example: its gradient is zero");
  if (errors.length === 1) return "";
  return line(chunk(errorName(now, r), mo("=")), plus(errors.map(signed)), result(now.trace.EI[r])) +
    why(isSoftmax(now) ? `one error from each of the ${errors.length} panels` : `asked ${errors.length} times: each time counts`);
}

function summedError(now, { r }) {
  const errors = errorsOf(now, r);
  const name = rowName(now, r);
  if (!errors.length) return line(chunk(named("EI", name), mo("="), "<mn>0</mn>")) + why("not asked in this example");
  const C = now.trace.outputs.length;
  let text = line(chunk(named("EI", name), mo("=")), plus(errors.map(signed)), result(now.trace.EI[r]));
  if (isSoftmax(now)) {
    const y = now.trace.outputs[0].y[r];
    const count = now.trace.outputs.filter((o) => o.w_O === r).length;
    text += line(
      chunk(mi("C"), named("y", name), mo("−"), mi("count")), chunk(mo("="), times(`<mn>${C}</mn>`, mn(y)), mo("−"), `<mn>${count}</mn>`), result(C * y - count),
    );
  }
  return text;
}

function hiddenError(now, { i }) {
  const rows = now.trace.EI.map((_, r) => r).filter((r) => errorsOf(now, r).length);
  const left = now.trace.outputs.length > 1 ? "EI" : "e";
  return line(
    chunk(sub(mi("EH"), idx(i))), is(row("<munder><mo>∑</mo><mi>j</mi></munder>", times(sub(mi(left), mi("j")), `<msubsup><mi>w</mi><mrow><mi>j</mi><mo>,</mo>${idx(i)}</mrow><mo>′</mo></msubsup>`))), chunk(mo("=")),
    plus(rows.map((r) => times(signed(now.trace.EI[r]), signed(now.params.W_out[r][i])))), result(now.trace.EH[i]),
  ) + why("with the old W′: both gradients are taken before anything moves");
}

function loss(now) {
  const panels = now.trace.outputs;
  const left = panels.length === 1 ? chunk(mi("E"), mo("=")) : "";
  const one = (o) => {
    const name = (m) => rowName(now, o.rows[m]);
    if (isSoftmax(now)) {
      return line(
        left, chunk(mo("−"), named("u", now.lesson.words[o.w_O]), mo("+"), mi("log"), "<munder><mo>∑</mo><mi>j</mi></munder>", apply("exp", sub(mi("u"), mi("j")))),
        chunk(mo("="), mo("−"), signed(o.u[o.w_O]), mo("+"), mn(logSumExp(o.u))), result(o.E),
      );
    }
    const arg = o.offset ? "z" : "u";
    const terms = o.z.map((_, m) => row(mo("−"), mi("log"), apply("σ", o.t[m] ? "" : mo("−"), named(arg, name(m)))));
    const numbers = o.z.map((z, m) => mn(-Math.log(o.t[m] ? o.y[m] : 1 - o.y[m])));
    return line(left, ...terms.map((x) => chunk(x))) + line(chunk(mo("=")), plus(numbers), result(o.E));
  };
  if (panels.length === 1) return one(panels[0]);
  return line(chunk(mi("E"), mo("=")), plus(panels.map((o) => mn(o.E))), result(now.trace.E)) +
    panels.map((o, c) => `<p class="why">panel ${c + 1}: ${chunk(word(now.lesson.words[o.w_O]))}</p>` + one(o)).join("");
}

function pathProbability(now, cell) {
  const o = out(now, cell);
  const terms = o.u.map((u, m) => apply("σ", o.signs[m] > 0 ? "" : mo("−"), named("u", rowName(now, o.rows[m]))));
  const numbers = o.y.map((y, m) => mn(o.signs[m] > 0 ? y : 1 - y));
  const product = (xs) => xs.map((x, k) => chunk(k ? mo("·") : "", x)).join(" ");
  return line(chunk(mi("p"), paren(word(now.lesson.words[o.w_O])), mo("=")), product(terms)) +
    line(chunk(mo("=")), product(numbers), result(Math.exp(-o.E)));
}

function stepped(now, name, r, i, old, symbols, numbers, value) {
  const entry = sub(name, word(r), mo(","), idx(i));
  const fresh = `<msubsup>${name}${row(word(r), mo(","), idx(i))}<mtext>(new)</mtext></msubsup>`;
  return line(
    chunk(fresh), chunk(mo("="), entry, mo("−"), times(mi("η"), symbols)),
    chunk(mo("="), mn(old), mo("−"), times(mn(now.lesson.eta), numbers)), result(value),
  );
}
