// One frame on the page: its equation, its numbers, both matrices, the output layer, and a picture.

import { $ } from "./dom.js";
import { explain } from "./explain.js";
import { matrix } from "./matrix.js";
import { network } from "./network.js";
import { outputTables } from "./outputs.js";
import { treePicture } from "./tree.js";
import { stepPicture } from "./vectors.js";

export const BACK = new Set(["EH", "dW", "W_new"]); // what is drawn backwards

// The number that a frame begins with.
export function defaultCell(now, shows) {
  const c = now.panel;
  const o = now.trace.outputs[c];
  const m = Math.max(0, o.t.indexOf(1));
  const r = now.lesson.objective === "softmax" ? now.trace.outputs[0].w_O : o.rows[m];
  const k = now.trace.example.inputs[0];
  return {
    h: { q: "h", i: 0 }, u: { q: "u", c, m }, z: { q: "z", c, m }, y: { q: "y", c, m }, e: { q: "e", c, m }, sign: { q: "sign", c, m: 0 },
    EI: { q: "EI", r }, EH: { q: "EH", i: 0 }, W_out: { q: "W_out", r, i: 0 }, dW_out: { q: "dW_out", r, i: 0 }, W_out_new: { q: "W_out_new", r, i: 0 },
    dW: { q: "dW", r: k, i: 0 }, W_new: { q: "W_new", r: k, i: 0 },
  }[shows] ?? { q: shows, c };
}

export function equationPanel(now, frame) {
  const e = now.equation;
  $("number").textContent = frame.number ? `(${frame.number})` : "";
  $("number").hidden = !frame.number;
  $("number").className = `number ${frame.part}`;
  $("says").textContent = frame.says[0].toUpperCase() + frame.says.slice(1);
  $("equation").innerHTML = e ? e.mathml : ""; // MathML that Python made from the ledger
  $("equation").hidden = !e;
  $("note").textContent = frame.note ?? "";
  $("print").hidden = !e?.note;
  $("printed").textContent = e?.note ?? "";
  $("where").textContent = e ? `${e.section} · ${frame.part}` : "";
}

// What needs the layout comes last, so that the page is laid out once.
export function settle() {
  fitWidth($("equation"));
  const [list, here] = [$("rail"), $("rail").querySelector("[aria-current]").parentElement];
  const [left, right] = [here.offsetLeft - list.offsetLeft, here.offsetLeft - list.offsetLeft + here.offsetWidth];
  if (left < list.scrollLeft) list.scrollLeft = left - 40;
  else if (right > list.scrollLeft + list.clientWidth) list.scrollLeft = right - list.clientWidth + 40;
}

// A long equation is set smaller rather than cut off; on a phone it scrolls beyond that.
function fitWidth(box) {
  const math = box.firstElementChild;
  if (!math) return;
  math.style.fontSize = "";
  const ratio = box.clientWidth / Math.max(1, box.scrollWidth);
  const size = ratio < 1 ? parseFloat(getComputedStyle(math).fontSize) : 0;
  if (size) math.style.fontSize = `${size * Math.max(0.62, ratio * 0.98)}px`;
}

export function sumPanel(now) {
  $("sum").innerHTML = explain(now, now.cell); // words are escaped in mathml.js
  $("check").hidden = !now.reference;
  if (!$("check").hidden) $("check").textContent = agreement(now.trace, now.reference);
}

// The largest difference between this page's first step and the trace that Python computed.
function agreement(t, reference) {
  let worst = 0;
  const compare = (a, b) => (Array.isArray(a) ? a.forEach((x, k) => compare(x, b[k])) : (worst = Math.max(worst, Math.abs(a - b) / Math.max(1, Math.abs(b)))));
  for (const name of ["h", "E", "EH", "EI", "dW", "dW_out"]) compare(t[name], reference[name]);
  return worst < 1e-9 ? `equal to the Python reference (largest difference ${worst.toExponential(0)})` : `DIFFERS from the trace that was given, by ${worst.toPrecision(2)}`;
}

// A cell is chosen: only the sum is made anew.
function choose(now, address, node) {
  now.cell = address;
  now.keepCell(address);
  document.querySelectorAll(".picked").forEach((old) => {
    old.classList.remove("picked");
    old.setAttribute("aria-selected", "false");
  });
  node.closest("table").querySelectorAll("[tabindex='0']").forEach((old) => (old.tabIndex = -1));
  node.classList.add("picked");
  node.setAttribute("aria-selected", "true");
  node.tabIndex = 0;
  sumPanel(now);
}

export function stage(now) {
  const pick = (address, node) => choose(now, address, node);
  const mode = { dW_out: "gradient", W_out_new: "after", after: "after" }[now.focus] ?? "before";
  const modeW = { dW: "gradient", W_new: "after", after: "after" }[now.focus] ?? "before";
  const columns = now.trace.h.map((_, i) => String(i + 1));
  const inputs = now.trace.example.inputs;
  const asked = new Set(now.trace.outputs.flatMap((o) => o.rows));
  const draws = (r) => now.trace.outputs.flatMap((o) => o.rows).filter((j) => j === r).length;
  const titles = { before: ["", "before the step"], gradient: ["∂E/∂", "gradient"], after: ["", "after the step"] };
  const pane = (M, D, M2, which, q) => ({ before: [M, q], gradient: [D, `d${q}`], after: [M2, `${q}_new`] })[which];
  const [rowsW, qW] = pane(now.params.W, now.trace.dW, now.after.W, modeW, "W");
  const [rowsO, qO] = pane(now.params.W_out, now.trace.dW_out, now.after.W_out, mode, "W_out");
  const few = (rows, keep) => (rows.length <= 18 ? rows : [...rows.filter((r) => keep(r.id)), ...rows.filter((r) => !keep(r.id))]);
  const layers = [["h", now.trace.h], ["EH", now.trace.EH]].filter(([q]) => now.revealed.has(q)).map(([q, cells]) => ({ label: q, cells, at: (i) => ({ q, i }) }));
  const W = matrix({
    caption: `${titles[modeW][0]}W`, hint: titles[modeW][1], q: qW, columns, picked: now.cell, pick, focus: ["h", "EH", "dW", "W_new"].includes(now.focus),
    rows: few(rowsW.map((cells, r) => ({ id: r, label: now.lesson.words[r], cells, touched: inputs.includes(r), badge: inputs.filter((w) => w === r).length > 1 ? `×${inputs.filter((w) => w === r).length}` : "" })), (r) => inputs.includes(r)).concat(layers),
  });
  const all = now.lesson.objective === "softmax";
  const Wout = matrix({
    caption: `${titles[mode][0]}W′`, hint: `${titles[mode][1]}, row j is v′`, q: qO, columns, picked: now.cell, pick, focus: ["W_out", "dW_out", "W_out_new"].includes(now.focus),
    rows: few(rowsO.map((cells, r) => ({ id: r, label: now.rowNames[r], cells, touched: asked.has(r), badge: !all && draws(r) > 1 ? `×${draws(r)}` : "" })), (r) => asked.has(r)),
  });
  $("left").replaceChildren(W);
  $("right").replaceChildren(Wout);
  $("outputs").replaceChildren(...outputTables(now, pick));
}

export function picture(now, wanted) {
  const tree = now.lesson.objective === "hierarchical";
  const late = now.focus === "after" || now.focus === "W_new";
  const auto = late ? "vectors" : tree && !["h"].includes(now.focus) && !BACK.has(now.focus) ? "tree" : "network";
  const chosen = wanted === "auto" || (wanted === "tree" && !tree) ? auto : wanted;
  for (const name of ["network", "tree", "vectors"]) $(`view-${name}`).setAttribute("aria-pressed", String(name === chosen));
  $("view-tree").hidden = !tree;
  const { picture: drawn, caption } = chosen === "vectors" ? stepPicture(now) : { picture: chosen === "tree" ? treePicture(now) : network(now), caption: "" };
  $("picture").replaceChildren(drawn);
  $("legend").textContent = caption;
}
