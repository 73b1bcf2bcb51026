// A run of training: the settings, the parameters now, and the loss of every step so far.

import { drawNoise, huffman, initialParams, makeTree, noiseDistribution, trace, update } from "./engine.js";
import { examplesOf, parsePairs, sideOf, vocabularyOf } from "./pairs.js";

export function startRun(lesson) {
  const V = lesson.words.length;
  const tree = lesson.objective === "hierarchical" ? (lesson.tree ? makeTree(lesson.tree) : huffman(lesson.counts)) : null;
  const p = lesson.p ?? noiseDistribution(lesson.counts, lesson.alpha);
  const R = tree ? V - 1 : V;
  const params = lesson.params ?? initialParams(V, R, lesson.N, lesson.seed, lesson.spread);
  const noisy = lesson.objective === "negative" || lesson.objective === "nce";
  const rowNames = tree ? tree.children.map((_, n) => `n${n}`) : lesson.words;
  return { lesson, tree, p, noisy, rowNames, objective: { name: lesson.objective, tree, p, K: lesson.K }, params, start: params, s: 0, losses: [] };
}

// The example of step s, with its noise words: those that came with it on the first pass, else drawn.
export function exampleAt(run, s) {
  const { examples, K, seed } = run.lesson;
  const example = examples[s % examples.length];
  if (!run.noisy) return { ...example, noise: [] };
  const given = s < examples.length && example.noise.length && example.noise.every((words) => words.length === K);
  return { ...example, noise: given ? example.noise : drawNoise(run.p, K, example.targets.length, seed, s) };
}

export function traceNow(run) {
  return trace(run.params, exampleAt(run, run.s), run.objective);
}

export function advance(run, steps) {
  for (let k = 0; k < steps; k++) {
    const t = traceNow(run);
    const next = update(run.params, t, run.lesson.eta);
    if (!Number.isFinite(t.E) || !Object.values(next).flat(2).every(Number.isFinite)) {
      throw new Error(`step ${run.s + 1} leaves the numbers of a computer: take a smaller learning rate than ${run.lesson.eta}`);
    }
    run.losses.push(t.E);
    run.params = next;
    run.s += 1;
  }
  return run;
}

// A lesson from what stands in the form; words, counts and start are kept where nothing that they depend on changed.
export function lessonFrom(form, old) {
  const pairs = parsePairs(form.pairs);
  const same = old && form.pairs === old.pairs;
  const side = form.side === "as written" ? sideOf(pairs) : form.side;
  const { words, counts } = same ? old : vocabularyOf(pairs);
  const examples = same && side === old.side ? old.examples : examplesOf(pairs, side, words);
  const R = (objective) => words.length - (objective === "hierarchical");
  const kept = same && form.N === old.N && form.seed === old.seed && form.spread === old.spread && R(form.objective) === R(old.objective);
  return {
    ...form, side, words, counts, examples,
    params: kept ? old.params : null, tree: same ? old.tree : null, p: same && form.alpha === old.alpha ? old.p : null,
  };
}

