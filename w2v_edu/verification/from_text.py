"""Cases read off a text: its vocabulary, counts, tree, noise distribution and examples."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from w2v_edu.corpus import Corpus, examples
from w2v_edu.errors import W2VError
from w2v_edu.model import InputSide, random_params
from w2v_edu.noise import Noise
from w2v_edu.objectives import make_objective
from w2v_edu.tree import huffman
from w2v_edu.verification.cases import Case

__all__ = ["text_cases"]

Sentence = NDArray[np.int32]


def text_cases(
    corpus: Corpus,
    models: tuple[tuple[InputSide, str], ...],
    count: int,
    seed: int,
    *,
    N: int = 20,
    K: int = 5,
    window: int = 2,
) -> Iterator[Case]:
    """`count` cases of each model, on sentences drawn from a text.

    Parameters
    ----------
    corpus : Corpus
        Read once, a sentence at a time.
    models : tuple of (input side, objective)
    count, seed : int
        How many of each; the same seed draws the same sentences, parameters and noise words.
    N, K, window : int
        Hidden size, noise words a target, and words on each side.

    Raises
    ------
    W2VError
        If no sentence has two words.
    """
    rng = np.random.default_rng(seed)
    drawn = _draw_sentences(corpus, count * len(models), rng)
    noise, tree = Noise.from_counts(corpus.counts), huffman(corpus.counts)
    for number, (side, name) in enumerate(models):
        objective = make_objective(name, tree=tree, noise=noise, K=K)
        params = random_params(len(corpus.words), N, rng, R=objective.rows(len(corpus.words)))
        for sentence in drawn[number * count : (number + 1) * count]:
            found = list(examples([sentence], side, window=window, noise=noise, K=K, rng=rng))
            example = found[int(rng.integers(len(found)))]
            yield Case(params, example, objective, corpus.words, corpus.name)


def _draw_sentences(corpus: Corpus, count: int, rng: np.random.Generator) -> list[Sentence]:
    """`count` sentences of two words or more, each as likely as any other: one pass, a reservoir."""
    kept: list[Sentence] = []
    seen = 0
    for sentence in corpus.sentences():
        if len(sentence) < 2:
            continue
        seen += 1
        if len(kept) < count:
            kept.append(sentence.copy())
        elif (place := int(rng.integers(seen))) < count:
            kept[place] = sentence.copy()
    if not kept:
        raise W2VError(f"no sentence of '{corpus.name}' has two words: there is no context to learn from")
    return [kept[i % len(kept)] for i in range(count)]
