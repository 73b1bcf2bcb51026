// The form: own training pairs, sizes, learning rate, seed, presets.

import { $, el } from "./dom.js";

const NUMBERS = ["N", "eta", "seed", "K", "alpha", "spread"];

// Training pairs as text, from examples.
export const pairsText = (lesson) =>
  lesson.examples.map(({ inputs, targets }) => [inputs, targets].map((side) => side.map((w) => lesson.words[w]).join("^")).join("|")).join(", ");

export function fillForm(lesson) {
  $("pairs").value = lesson.pairs;
  $("side").value = lesson.side;
  $("objective").value = lesson.objective;
  for (const name of NUMBERS) $(name).value = lesson[name];
}

export function readForm() {
  const form = { pairs: $("pairs").value, side: $("side").value, objective: $("objective").value };
  for (const name of NUMBERS) form[name] = Number($(name).value);
  const whole = (name, low, high) => {
    if (!Number.isInteger(form[name]) || form[name] < low || form[name] > high) throw new Error(`${name} is ${$(name).value || "empty"}: expected a whole number from ${low} to ${high}`);
  };
  whole("N", 1, 64);
  whole("K", 1, 25);
  whole("seed", 0, 4294967295);
  if (!(form.eta > 0 && form.eta <= 10)) throw new Error(`the learning rate is ${form.eta}: expected a number above 0, up to 10`);
  if (!(form.spread > 0 && form.spread <= 5)) throw new Error(`the starting values spread to ${form.spread}: expected a number above 0, up to 5`);
  if (!Number.isFinite(form.alpha)) throw new Error("the power of the noise distribution is not a number");
  return form;
}

export function fillPresets(presets, choose) {
  $("presets").replaceChildren(...presets.map((preset) =>
    el("button", { type: "button", class: "preset", onclick: () => choose(preset) }, el("strong", null, preset.name), el("span", null, preset.says))));
}
