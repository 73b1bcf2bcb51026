"""The texts: one generated, with planted topics, and any that the user names."""

from dataclasses import dataclass

import numpy as np

from w2v_edu.corpus import Corpus, ZipfTopics, corpus_from_text, load_corpus, zipf_corpus

__all__ = ["TextSpec", "training_and_held_out"]

HELD_OUT = 20_000  # words


@dataclass(frozen=True)
class TextSpec:
    """Which text: a path, or the size of a generated one."""

    path: str = ""
    tokens: int = 1_000_000
    V: int = 30_000
    most_words: int = 0
    min_count: int = 5


def training_and_held_out(spec: TextSpec) -> tuple[Corpus, Corpus]:
    """A text to learn from, and another of the same kind."""
    if spec.path:
        return _split(load_corpus(spec.path, min_count=1), spec.min_count)
    zipf = ZipfTopics(V=spec.V, n_topics=50, function_words=100, purity=0.7)
    most = spec.most_words or None
    rng = np.random.default_rng(1)
    corpus = zipf_corpus(spec.tokens, rng, zipf, min_count=spec.min_count, max_vocabulary=most)
    return corpus, zipf_corpus(HELD_OUT, rng, zipf)


def _split(corpus: Corpus, min_count: int) -> tuple[Corpus, Corpus]:
    """Every fiftieth sentence is held out."""
    parts: tuple[list[str], list[str]] = ([], [])
    for i, sentence in enumerate(corpus.sentences()):
        parts[i % 50 == 49].append(corpus.vocabulary.text(sentence.tolist()))
    training, held_out = ("\n".join(part) for part in parts)
    rules = {"tokens": "spaces", "sentences": "line"}
    return (
        corpus_from_text(training, name=corpus.name, min_count=min_count, **rules),  # type: ignore[arg-type]
        corpus_from_text(held_out, name=corpus.name, **rules),  # type: ignore[arg-type]
    )
