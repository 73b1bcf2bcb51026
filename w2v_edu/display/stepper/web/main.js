// The page: which frame is shown, what is known by then, and what a key or a click does.

import { $, digits, el, num } from "./dom.js";
import { leafProbabilities, trace, update } from "./engine.js";
import { advance, exampleAt, lessonFrom, startRun, traceNow } from "./run.js";
import { fillForm, fillPresets, pairsText, readForm } from "./setup.js";
import { BACK, defaultCell, equationPanel, picture, settle, stage, sumPanel } from "./stage.js";
import { player, renderTraining } from "./training.js";

const DATA = JSON.parse($("data").textContent);
const state = { run: null, frame: 0, panel: 0, cell: null, view: "auto", tab: "step", now: null };

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
    reference: run.s === 0 && run.lesson === DATA.lesson ? DATA.reference : null,
    keepCell: (cell) => { state.cell = cell; },
    choosePanel: (c) => { state.panel = c; state.cell = null; render(); },
  };
  state.panel = Math.min(state.panel, t.outputs.length - 1);
  render();
}

const frames = () => DATA.frames[`${state.run.lesson.side}/${state.run.lesson.objective}`];

function render() {
  const list = frames();
  state.frame = Math.min(state.frame, list.length - 1);
  const frame = list[state.frame];
  const revealed = new Set(list.slice(0, state.frame + 1).flatMap((f) => [f.shows, ...(f.reveals ?? [])]));
  const along = { e: ["y", "t"], sign: ["t"], p: ["u"], E: ["u"], EI: ["t"] }; // what a frame needs to be read
  for (const q of [...revealed]) for (const other of along[q] ?? []) revealed.add(other);
  const now = Object.assign(state.now, { frame, equation: DATA.equations[frame.number], focus: frame.shows, revealed, panel: state.panel });
  now.backward = BACK.has(frame.shows) || frame.shows === "after";
  now.cell = state.cell ?? defaultCell(now, frame.shows);
  rail(list);
  equationPanel(now, frame);
  sumPanel(now);
  stage(now);
  picture(now, state.view);
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
  for (const name of ["network", "tree", "vectors"]) $(`view-${name}`).onclick = () => { state.view = state.view === name ? "auto" : name; picture(state.now, state.view); };
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
