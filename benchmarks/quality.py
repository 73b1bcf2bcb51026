"""How good vectors are: held-out loss, and similarity; the same yardstick for every trainer."""

import numpy as np
from numpy.typing import NDArray

from w2v_edu.corpus import Corpus
from w2v_edu.fast.evaluate import held_out_loss
from w2v_edu.fast.result import Result

__all__ = ["quality"]

NEIGHBOURS, MOST_FREQUENT = 10, 3_000


def quality(result: Result, corpus: Corpus, held_out: Corpus) -> dict[str, float]:
    """Held-out loss, and topic recovery or the rank correlations with human judgements."""
    loss = held_out_loss(result, held_out).loss
    if corpus.topics is not None:
        return {"loss": loss, "topics": topic_recovery(result.W, corpus.topics)}
    return {"loss": loss, **human_similarity(result)}


def topic_recovery(W: NDArray[np.float32], topics: NDArray[np.int64]) -> float:
    """How many of a word's ten nearest neighbours have its topic, over the most frequent words with one."""
    W = W / np.maximum(np.linalg.norm(W, axis=1, keepdims=True), 1e-12)
    words = np.flatnonzero(topics[: len(W)] >= 0)[:MOST_FREQUENT]
    S = W[words] @ W[words].T
    np.fill_diagonal(S, -2)
    nearest = np.argpartition(-S, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    return float((topics[words][nearest] == topics[words][:, None]).mean())


def human_similarity(result: Result) -> dict[str, float]:
    """Spearman's rank correlation with WordSim-353 and SimLex-999, which come with gensim's tests."""
    from gensim.models import KeyedVectors
    from gensim.test.utils import datapath

    vectors = KeyedVectors(result.W.shape[1])
    vectors.add_vectors(list(result.words), result.W)
    return {
        name: float(vectors.evaluate_word_pairs(datapath(file))[1][0])
        for name, file in (("wordsim", "wordsim353.tsv"), ("simlex", "simlex999.txt"))
    }
