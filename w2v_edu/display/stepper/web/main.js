// The page: which frame is shown, what is known by then, and what a key or a click does.

import { $, digits, el, num } from "./dom.js";
import { leafProbabilities, trace, update } from "./engine.js";
import { explain } from "./explain.js";
import { matrix } from "./matrix.js";
import { network } from "./network.js";
import { outputTables } from "./outputs.js";
import { advance, exampleAt, lessonFrom, startRun, traceNow } from "./run.js";
import { fillForm, fillPresets, pairsText, readForm } from "./setup.js";
import { player, renderTraining } from "./training.js";
import { treePicture } from "./tree.js";
import { stepPicture } from "./vectors.js";

const DATA = JSON.parse($("data").textContent);
const state = { run: null, frame: 0, panel: 0, cell: null, view: "auto", tab: "step", now: null };
const BACK = new Set(["EH", "dW", "W_new"]);

function load(lesson, frame = 0) {
  lesson.pairs ??= pairsText(lesson);
  const run = startRun(lesson);
  traceNow(run); // whatever is wrong with the lesson shows here, before anything is replaced
  Object.assign(state, { run, frame, panel: 0, cell: null });
  fillForm(lesson);
  $("labels-out").checked = lesson.words.length <= 14; // more would cover one another
  $("model").textContent = `${lesson.side} · ${DATA.objectives[lesson.objective]}`;
  refresh();
}

// Everything about the step at hand; worked out once a step.
function refresh() {
  const { run } = state;
  const t = traceNow(run);
  const after = update(run.params, t, run.lesson.eta);
  state.now = {
    lesson: run.lesson, tree: run.tree, p: run.p, params: run.params, rowNames: run.rowNames, trace: t, after,
    traceAfter: trace(after, t.example, run.objective), format: num,
    leaves: run.tree ? leafProbabilities(run.tree, run.params.W_out, t.h) : null,
    choosePanel: (c) => { state.panel = c; state.cell = null; render(); },
  };
  state.panel = Math.min(state.panel, t.outputs.length - 1);
  render();
}

const frames = () => DATA.frames[`${state.run.lesson.side}/${state.run.lesson.objective}`];

function defaultCell(now, shows) {
  const c = state.panel;
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

function render() {
  const list = frames();
  state.frame = Math.min(state.frame, list.length - 1);
  const frame = list[state.frame];
  const revealed = new Set(list.slice(0, state.frame + 1).flatMap((f) => [f.shows, ...(f.reveals ?? [])]));
  const along = { e: ["y", "t"], sign: ["t"], p: ["u"], E: ["u"], EI: ["t"] }; // what a frame needs to be read
  for (const q of [...revealed]) for (const other of along[q] ?? []) revealed.add(other);
  const now = Object.assign(state.now, { frame, focus: frame.shows, revealed, panel: state.panel });
  now.backward = BACK.has(frame.shows) || frame.shows === "after";
  now.cell = state.cell ?? defaultCell(now, frame.shows);
  rail(list);
  equationPanel(now, frame);
  sumPanel(now);
  stage(now);
  if (state.tab === "train") renderTraining(state.run);
  else settle();
  $("stepno").textContent = `· step ${state.run.s + 1}: ${describe(now)}`;
}

function describe(now) {
  const { words } = now.lesson;
  const names = (ids) => ids.map((w) => words[w]).join(", ");
  return `${names(now.trace.example.inputs)} → ${names(now.trace.example.targets)}`;
}

function rail(list) {
  const here = state.frame;
  $("rail").replaceChildren(...list.map((f, k) => el("li", null,
    el("button", { type: "button", class: f.part, "aria-current": k === here ? "step" : null, "aria-label": `${f.number ? `equation ${f.number}` : "after the step"}: ${f.says}`, title: f.says,
      onclick: () => go(k) }, f.number ?? "after"))));
  $("back").disabled = here === 0;
  $("next").textContent = here === list.length - 1 ? "Next example" : "Next";
}

function equationPanel(now, frame) {
  const e = frame.number ? DATA.equations[frame.number] : null;
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
function settle() {
  fitWidth($("equation"));
  const [list, here] = [$("rail"), $("rail").children[state.frame]];
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

function sumPanel(now) {
  $("sum").innerHTML = explain(now, now.cell); // words are escaped in mathml.js
  $("check").hidden = !(DATA.reference && state.run.s === 0 && state.run.lesson === DATA.lesson);
  if (!$("check").hidden) $("check").textContent = agreement(now.trace);
}

// The largest difference between this page's first step and the trace that Python computed.
function agreement(t) {
  let worst = 0;
  const compare = (a, b) => (Array.isArray(a) ? a.forEach((x, k) => compare(x, b[k])) : (worst = Math.max(worst, Math.abs(a - b) / Math.max(1, Math.abs(b)))));
  for (const name of ["h", "E", "EH", "EI", "dW", "dW_out"]) compare(t[name], DATA.reference[name]);
  return worst < 1e-9 ? `equal to the Python reference (largest difference ${worst.toExponential(0)})` : `DIFFERS from the trace that was given, by ${worst.toPrecision(2)}`;
}

function pick(address, node) {
  const fresh = address;
  state.cell = fresh;
  state.now.cell = fresh;
  document.querySelectorAll(".picked").forEach((old) => {
    old.classList.remove("picked");
    old.setAttribute("aria-selected", "false");
  });
  node.closest("table").querySelectorAll("[tabindex='0']").forEach((old) => (old.tabIndex = -1));
  node.classList.add("picked");
  node.setAttribute("aria-selected", "true");
  node.tabIndex = 0;
  sumPanel(state.now);
}

function stage(now) {
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
  view(now);
}

function view(now) {
  const tree = now.lesson.objective === "hierarchical";
  const late = now.focus === "after" || now.focus === "W_new";
  const auto = late ? "vectors" : tree && !["h"].includes(now.focus) && !BACK.has(now.focus) ? "tree" : "network";
  const chosen = state.view === "auto" || (state.view === "tree" && !tree) ? auto : state.view;
  for (const name of ["network", "tree", "vectors"]) $(`view-${name}`).setAttribute("aria-pressed", String(name === chosen));
  $("view-tree").hidden = !tree;
  const { picture, caption } = chosen === "vectors" ? stepPicture(now) : { picture: chosen === "tree" ? treePicture(now) : network(now), caption: "" };
  $("picture").replaceChildren(picture);
  $("legend").textContent = caption;
}

function go(k) {
  const list = frames();
  if (k >= list.length) {
    advance(state.run, 1);
    Object.assign(state, { frame: 0, cell: null });
    return refresh();
  }
  Object.assign(state, { frame: Math.max(0, k), cell: null });
  return render();
}

function say(error) {
  $("wrong").textContent = error ? error.message : "";
  $("wrong").hidden = !error;
}

function attempt(action) {
  try {
    say(null);
    action();
  } catch (error) {
    say(error);
  }
}

function tab(name) {
  state.tab = name;
  for (const other of ["step", "train", "setup", "about"]) {
    $(`tab-${other}`).setAttribute("aria-selected", String(other === name));
    $(`tab-${other}`).tabIndex = other === name ? 0 : -1;
    $(other).hidden = other !== name;
  }
  if (name === "train") renderTraining(state.run);
  if (name === "step") settle();
}

const play = player(() => state.run, (error) => {
  $("play").textContent = play.playing() ? "Pause" : "Play";
  if (error) say(error);
  state.frame = 0;
  state.cell = null;
  refresh();
});

function steps(n) {
  play.stop();
  $("play").textContent = "Play";
  attempt(() => advance(state.run, n));
  Object.assign(state, { frame: 0, cell: null });
  refresh();
}

function restart() {
  play.stop();
  $("play").textContent = "Play";
  load(state.run.lesson);
}

function connect() {
  $("back").onclick = () => go(state.frame - 1);
  $("next").onclick = () => attempt(() => go(state.frame + 1));
  for (const name of ["network", "tree", "vectors"]) $(`view-${name}`).onclick = () => { state.view = state.view === name ? "auto" : name; view(state.now); };
  for (const name of ["step", "train", "setup", "about"]) $(`tab-${name}`).onclick = () => tab(name);
  $("tabs").onkeydown = (event) => {
    const names = ["step", "train", "setup", "about"];
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!move) return;
    event.stopPropagation();
    const next = names[(names.indexOf(state.tab) + move + names.length) % names.length];
    tab(next);
    $(`tab-${next}`).focus();
  };
  for (const n of [1, 20, 100, 500]) $(`go-${n}`).onclick = () => steps(n);
  $("play").onclick = () => { play.toggle(); $("play").textContent = play.playing() ? "Pause" : "Play"; };
  $("restart").onclick = restart;
  for (const name of ["trails", "labels-out"]) $(name).onchange = () => renderTraining(state.run);
  $("digits").onchange = () => { digits.value = Number($("digits").value); render(); };
  $("theme").onclick = () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    render();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => render());
  $("setup-form").onsubmit = (event) => {
    event.preventDefault();
    attempt(() => { load(lessonFrom(readForm(), state.run.lesson)); tab("step"); });
  };
  fillPresets(DATA.presets, (preset) => attempt(() => {
    $("pairs").value = preset.pairs;
    $("side").value = preset.side;
    for (const name of ["objective", "K", "seed"]) $(name).value = preset[name];
    load(lessonFrom(readForm(), null));
    tab("step");
  }));
  document.addEventListener("keydown", keys);
}

function keys(event) {
  if (event.target.closest("input, textarea, select, [role=tablist]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const button = event.target.closest("button");
  const action = state.tab === "train"
    ? { " ": button ? null : () => $("play").click(), ArrowRight: () => steps(1) }[event.key]
    : state.tab === "step" ? { ArrowRight: () => $("next").click(), ArrowLeft: () => go(state.frame - 1), Home: () => go(0), End: () => go(frames().length - 1) }[event.key] : null;
  if (!action) return;
  event.preventDefault();
  action();
}

connect();
fillForm({ ...DATA.lesson, pairs: DATA.lesson.pairs ?? pairsText(DATA.lesson) });
load(DATA.lesson);
tab(DATA.open ?? "step");

// For the console, and for the tests that hold this page against Python.
window.stepper = { state, go, load, tab, advance: (n) => advance(state.run, n), exampleAt: (s) => exampleAt(state.run, s), lessonFrom, trace, refresh };
