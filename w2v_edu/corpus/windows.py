"""Windows over sentences, and the training examples that they make."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from w2v_edu.corpus.stream import Block
from w2v_edu.errors import W2VError
from w2v_edu.model import Combine, Example, InputSide
from w2v_edu.noise import Noise

__all__ = ["SkipGram", "contexts", "examples", "window_pairs"]

SkipGram = Literal["panels", "pairs", "word2vec.c"]

Ids = NDArray[np.int32]


def contexts(
    sentence: Sequence[int] | Ids, window: int, shrink: np.random.Generator | None = None
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each word of a sentence with the words around it, in the order of the text.

    At the edges of the sentence the window holds fewer words; the word of a one-word sentence has no context
    and is left out.

    Parameters
    ----------
    sentence : sequence of int
        Word ids.
    window : int
        How many words to the left and to the right, 1 or more.
    shrink : numpy.random.Generator, optional
        If given, the window of each word is drawn evenly from 1 .. `window`, as word2vec.c does: near words
        take part more often than far ones.

    Yields
    ------
    word, context : int, tuple of int

    Examples
    --------
    >>> list(contexts([7, 8, 9], window=1))
    [(7, (8,)), (8, (7, 9)), (9, (8,))]
    """
    _check_window(window)
    ids = np.asarray(sentence).tolist()
    reach = [window] * len(ids) if shrink is None else shrink.integers(1, window + 1, len(ids)).tolist()
    for t, (word, b) in enumerate(zip(ids, reach, strict=True)):
        context = tuple(ids[max(0, t - b) : t] + ids[t + 1 : t + 1 + b])
        if context:
            yield word, context


def examples(
    sentences: Iterable[Sequence[int] | Ids],
    input_side: InputSide,
    *,
    window: int = 2,
    shrink: np.random.Generator | None = None,
    noise: Noise | None = None,
    K: int = 0,
    rng: np.random.Generator | None = None,
    combine: Combine = "mean",
    skip_gram: SkipGram = "panels",
) -> Iterator[Example]:
    """The training examples of a text, complete with their noise words.

    Parameters
    ----------
    sentences : iterable of sequences of int
        Word ids: ``corpus.sentences()``.
    input_side : {"one-word", "cbow", "skip-gram"}
        ``"one-word"``: each word predicts the next one, so the examples are the bigrams and `window` plays no
        part. ``"cbow"``: the words around predict the word. ``"skip-gram"``: the word predicts those around
        it.
    window, shrink
        As in `contexts`.
    noise : Noise, optional
        Where noise words are drawn from; each target word gets its own K.
    K : int
        Noise words of each target; 0 for the objectives that need none.
    rng : numpy.random.Generator, optional
        Needed with K > 0.
    combine : {"mean", "sum"}
        How CBOW makes h.
    skip_gram : {"panels", "pairs", "word2vec.c"}
        ``"panels"``: one example a word, with a panel for each word around it, as in the paper. ``"pairs"``:
        one example for each word around it. ``"word2vec.c"``: the same pairs the other way round: the
        word around is the input and the word itself the target, as that program does it.

    Yields
    ------
    Example

    Raises
    ------
    W2VError
        If the window is not positive, if K > 0 comes without `noise` or `rng`, or if the text has ended and
        no word had a neighbour.

    Examples
    --------
    >>> [(example.inputs, example.targets) for example in examples([[0, 1, 2]], "skip-gram", window=1)]
    [((0,), (1,)), ((1,), (0, 2)), ((2,), (1,))]
    >>> drink = Noise.from_counts([3, 2, 1])
    >>> next(examples([[0, 1, 2]], "cbow", window=2, noise=drink, K=4, rng=np.random.default_rng(0))).noise
    ((1, 0, 0, 0),)
    """
    _check_window(window)
    named = (
        ("input side", input_side, InputSide),
        ("skip_gram", skip_gram, SkipGram),
        ("combine", combine, Combine),
    )
    for name, value, choices in named:
        if value not in get_args(choices):
            raise W2VError(f"{name} is {value!r}; expected one of {', '.join(get_args(choices))}")
    if K < 0:
        raise W2VError(f"K is {K}: the number of noise words cannot be negative")
    if K and (noise is None or rng is None):
        raise W2VError(f"K = {K} noise words need a noise distribution and a random generator (noise=, rng=)")

    if K and input_side == "cbow" and noise is not None and noise.redraw == "input":
        raise W2VError(
            "redraw='input' speaks of one input word; CBOW has several: redraw 'none' or 'positive'"
        )
    questions = (
        question
        for sentence in sentences
        for question in _questions(sentence, input_side, window, shrink, skip_gram)
    )
    return _with_noise(questions, input_side, noise, K, rng, combine)


def _questions(
    sentence: Sequence[int] | Ids,
    input_side: InputSide,
    window: int,
    shrink: np.random.Generator | None,
    skip_gram: SkipGram,
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Input words and target words of each example of a sentence."""
    if input_side == "one-word":
        ids = np.asarray(sentence).tolist()
        for w_I, w_O in pairwise(ids):
            yield (w_I,), (w_O,)
        return
    for word, context in contexts(sentence, window, shrink):
        if input_side == "cbow":
            yield context, (word,)
        elif skip_gram == "panels":
            yield (word,), context
        else:
            for other in context:
                yield ((word,), (other,)) if skip_gram == "pairs" else ((other,), (word,))


def _with_noise(
    questions: Iterable[tuple[tuple[int, ...], tuple[int, ...]]],
    input_side: InputSide,
    noise: Noise | None,
    K: int,
    rng: np.random.Generator | None,
    combine: Combine,
) -> Iterator[Example]:
    found = False
    for inputs, targets in questions:
        found = True
        W_negs: tuple[tuple[int, ...], ...] = ()
        if K and noise is not None and rng is not None:
            W_negs = tuple(noise.draw(rng, K, w_O=w_O, w_I=inputs[0]) for w_O in targets)
        yield Example(input_side, inputs, targets, W_negs, combine)
    if not found:
        raise W2VError("there is no example in this text: no word has a neighbour in its sentence")


def window_pairs(
    block: Block, window: int, shrink: np.random.Generator | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every (word, context word) pair of a block of sentences at once, as two arrays.

    The same pairs as `contexts` gives, in another order: by distance.

    Parameters
    ----------
    block : Block
        Whole sentences.
    window, shrink
        As in `contexts`.

    Returns
    -------
    w, c : ndarray of int64, shape (M,) each

    Examples
    --------
    >>> from w2v_edu.corpus import Block
    >>> w, c = window_pairs(Block(np.array([7, 8, 9, 7]), np.array([0, 3, 4])), window=2)
    >>> list(zip(w.tolist(), c.tolist()))
    [(7, 8), (8, 9), (8, 7), (9, 8), (7, 9), (9, 7)]
    """
    _check_window(window)
    ids = block.ids.astype(np.int64)
    T = len(ids)
    sentence = np.repeat(np.arange(len(block.offsets) - 1), np.diff(block.offsets))
    reach = np.full(T, window) if shrink is None else shrink.integers(1, window + 1, T)
    words, others = [], []
    for d in range(1, min(window, T - 1) + 1):
        left = np.flatnonzero(sentence[d:] == sentence[:-d])
        right = left + d
        forward, backward = reach[left] >= d, reach[right] >= d
        words += [ids[left[forward]], ids[right[backward]]]
        others += [ids[right[forward]], ids[left[backward]]]
    empty = np.empty(0, np.int64)
    return np.concatenate([*words, empty]), np.concatenate([*others, empty])


def _check_window(window: int) -> None:
    if window < 1:
        raise W2VError(f"the window is {window}: at least one word to the left and right expected")
