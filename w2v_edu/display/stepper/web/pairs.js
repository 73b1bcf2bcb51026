// Training pairs as people write them, `a^b|c`: input words, a bar, target words. stepper/pairs.py in the browser.

const SIDES = ["one-word", "cbow", "skip-gram"];

export function parsePairs(text) {
  const pieces = text.split(/[,;\n]/).map((piece) => piece.trim()).filter(Boolean);
  if (!pieces.length) throw new Error("there are no training pairs: write some, such as drink^juice|apple");
  return pieces.map((piece) => {
    const sides = piece.split("|").map((side) => side.split("^").map((word) => word.trim()));
    if (sides.length !== 2 || sides.flat().some((word) => !word)) {
      throw new Error(`'${piece}' is not a training pair: expected input|target, such as drink^juice|apple`);
    }
    if (sides[0].length > 1 && sides[1].length > 1) {
      throw new Error(`'${piece}' has several words on both sides: CBOW has one target, skip-gram one input`);
    }
    return sides;
  });
}

// What the pairs are as they stand.
export function sideOf(pairs) {
  if (pairs.some(([inputs]) => inputs.length > 1)) return "cbow";
  return pairs.some(([, targets]) => targets.length > 1) ? "skip-gram" : "one-word";
}

// The same co-occurrences seen from another side: a context changes its place, or falls apart into pairs.
export function asSide(pairs, side) {
  if (!SIDES.includes(side)) throw new Error(`input side '${side}' is not one of ${SIDES.join(", ")}`);
  if (side === "one-word") return pairs.flatMap(([a, b]) => a.flatMap((x) => b.map((y) => [[x], [y]])));
  const many = side === "cbow" ? 1 : 0; // the place that holds one word only
  return pairs.map((pair) => (pair[many].length > 1 ? [pair[1], pair[0]] : pair));
}

export function vocabularyOf(pairs) {
  const counts = new Map();
  for (const word of pairs.flat(2)) counts.set(word, (counts.get(word) ?? 0) + 1);
  if (counts.size < 2) throw new Error("the pairs hold one word only: a vocabulary needs at least two");
  return { words: [...counts.keys()], counts: [...counts.values()] };
}

export function examplesOf(pairs, side, words) {
  const id = new Map(words.map((word, w) => [word, w]));
  const ids = (side_) => side_.map((word) => id.get(word));
  return asSide(pairs, side).map(([inputs, targets]) => ({
    side, inputs: ids(inputs), targets: ids(targets), noise: [], combine: "mean",
  }));
}
