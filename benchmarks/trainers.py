"""The trainers that are compared: ours, gensim's, and a PyTorch mini-batch for full softmax."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from w2v_edu.corpus import Corpus
from w2v_edu.fast.result import Result
from w2v_edu.fast.softmax import SkipGramSoftmax
from w2v_edu.fast.text import read_blocks, words_of
from w2v_edu.fast.train import initial_params, train
from w2v_edu.fast.windows import keep_probability, read_windows
from w2v_edu.noise import Noise
from w2v_edu.tree import Tree, huffman

__all__ = ["MODELS", "TRAINERS", "Timed"]

MODELS = {
    "SG-NS": ("skip-gram", "negative"),
    "CBOW-NS": ("cbow", "negative"),
    "SG-HS": ("skip-gram", "hierarchical"),
    "CBOW-HS": ("cbow", "hierarchical"),
    "softmax": ("skip-gram", "softmax"),
}
COMMON: dict[str, Any] = {"vector_size": 100, "window": 5, "sample": 1e-3, "alpha": 0.025, "min_alpha": 1e-4}


class Timed(NamedTuple):
    """What was learned, and how long training took: wall clock and processor."""

    result: Result
    seconds: float
    cpu: float


def ours(corpus: Corpus, model: str, epochs: int, seed: int, **more: Any) -> Timed:
    """Our `train`, all of it: subsampling, windows, tree or noise, steps.

    CBOW leaves 1/C out of the way back, as gensim does: with the true gradient it would learn something else.
    """
    input_side, objective = MODELS[model]
    settings = {**COMMON, "min_count": 1, "one_over_C": input_side != "cbow", **more}
    if objective == "hierarchical":
        settings["tree"] = huffman(corpus.counts)  # before the clock starts, as gensim's
    clock = _clock()
    result = train(corpus, input_side, objective, epochs=epochs, seed=seed, **settings)
    return Timed(result, *clock())


def gensim(corpus: Corpus, model: str, epochs: int, seed: int) -> Timed:
    """gensim's `Word2Vec.train` on lists of words; its pass for vocabulary and tree is not counted."""
    from gensim.models import Word2Vec

    input_side, objective = MODELS[model]
    words = corpus.words
    sentences = [[words[i] for i in sentence.tolist()] for sentence in corpus.sentences()]
    hierarchical = objective == "hierarchical"
    kind = {
        "sg": int(input_side == "skip-gram"),
        "hs": int(hierarchical),
        "negative": 0 if hierarchical else 5,
    }
    peer = Word2Vec(**COMMON, **kind, min_count=1, workers=1, seed=seed)
    peer.build_vocab(sentences)
    of_peer = np.array([corpus.vocabulary.id(word) for word in peer.wv.index_to_key])
    start = initial_params(len(words), 2, COMMON["vector_size"], seed)
    peer.wv.vectors[:] = start.W[of_peer]
    clock = _clock()
    peer.train(sentences, total_examples=peer.corpus_count, epochs=epochs)
    took = clock()
    W = np.empty_like(peer.wv.vectors)
    W[of_peer] = peer.wv.vectors
    if hierarchical:
        tree, W_out = _tree(peer, of_peer), peer.syn1[: len(words) - 1]  # its last row is never used
    else:
        tree, W_out = None, np.empty_like(W)
        W_out[of_peer] = peer.syn1neg
    noise = None if hierarchical else Noise.from_counts(corpus.counts)
    return Timed(_result(corpus, model, epochs, seed, W, W_out, tree, noise), *took)


def torch(corpus: Corpus, model: str, epochs: int, seed: int, batch: int = 1024) -> Timed:
    """Full softmax in PyTorch: mini-batches of pairs, cross entropy over all scores, plain SGD."""
    import torch as pt

    pt.set_num_threads(1)
    V = len(corpus.words)
    start = initial_params(V, V, COMMON["vector_size"], seed)
    W, W_out = (pt.tensor(a, requires_grad=True) for a in (start.W, start.W_out))
    rng, words = np.random.default_rng(seed), words_of(corpus, 1)
    keep = keep_probability(corpus.counts, COMMON["sample"])
    kernel = SkipGramSoftmax(window=COMMON["window"], T=1 << 30)
    clock, done, total = _clock(), 0, corpus.n_tokens * epochs
    for _ in range(epochs):
        for ids, offsets in read_blocks(corpus, words):
            windows = read_windows(ids, offsets, keep, COMMON["window"], "skip-gram", True, rng)
            chunk = kernel.plan(windows, rng)[0]
            inputs = pt.from_numpy(chunk.inputs[chunk.asked.at_row])
            targets = pt.from_numpy(chunk.asked.target)
            for i in range(0, len(inputs), batch):
                part = (done + len(ids) * i / len(inputs)) / total
                rate = COMMON["alpha"] - (COMMON["alpha"] - COMMON["min_alpha"]) * part
                scores = W[inputs[i : i + batch]] @ W_out.T
                loss: Any = pt.nn.functional.cross_entropy(scores, targets[i : i + batch], reduction="sum")
                loss.backward()
                with pt.no_grad():
                    for matrix in (W, W_out):
                        matrix -= rate * matrix.grad
                        matrix.grad = None
            done += len(ids)
    took = clock()
    return Timed(_result(corpus, model, epochs, seed, W.detach().numpy(), W_out.detach().numpy()), *took)


def _clock() -> Callable[[], tuple[float, float]]:
    wall, cpu = time.perf_counter(), time.process_time()
    return lambda: (time.perf_counter() - wall, time.process_time() - cpu)


def _result(
    corpus: Corpus,
    model: str,
    epochs: int,
    seed: int,
    W: NDArray[np.float32],
    W_out: NDArray[np.float32],
    tree: Tree | None = None,
    noise: Noise | None = None,
) -> Result:
    """A peer's matrices as a `Result` of ours, so that both are measured by the same code."""
    one_step = train(corpus, *MODELS[model], epochs=1, seed=seed, min_count=1, sample=1e-9, vector_size=1)
    settings = one_step.settings.__class__(**(vars(one_step.settings) | COMMON | {"epochs": epochs}))
    return Result(W, W_out, corpus.words, corpus.counts, tree, noise, settings, ())


def _tree(peer: Any, of_peer: NDArray[np.int64]) -> Tree:
    """gensim's tree, which it keeps as one path for each word."""
    V = len(of_peer)
    children = np.zeros((V - 1, 2), dtype=np.int64)
    for word, name in zip(of_peer.tolist(), peer.wv.index_to_key, strict=True):
        code, point = peer.wv.get_vecattr(name, "code"), peer.wv.get_vecattr(name, "point")
        below = [*(V + point[1 : len(code)].astype(np.int64)), word]
        children[point[: len(code)], code] = below
    return Tree(children)


TRAINERS = {"ours": ours, "gensim": gensim, "torch": torch}
