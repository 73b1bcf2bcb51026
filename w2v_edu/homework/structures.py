"""Huffman codes, windows, prediction rules and first values of the parameters."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from w2v_edu.corpus.windows import contexts
from w2v_edu.homework.arguments import Layout, argument
from w2v_edu.homework.points import make_points
from w2v_edu.homework.things import Case, Kind, Strange, numbers
from w2v_edu.homework.truth import truth
from w2v_edu.homework.wire import Other, StandIn
from w2v_edu.tree import huffman

__all__ = ["STRUCTURES"]


# --- Huffman codes: any code that is free of prefixes and as short as possible ---
def _huffman_cases(seed: int, name: str, roles: Sequence[str]) -> list[Case]:
    rng = np.random.default_rng([seed, 78])
    many = [
        ("with powers of two", 2 ** rng.permutation(6)),
        ("with random counts", rng.integers(1, 100, 9)),
        ("with equal counts", np.full(6, 3)),
        ("with two words", np.array([5, 2])),
    ]
    return [_huffman_case(label, counts) for label, counts in many]


def _huffman_case(label: str, counts: Any) -> Case:
    best = int((huffman(counts).lengths * counts).sum())
    return Case(
        label,
        {"list": StandIn("ids", [int(count) for count in counts])},
        lambda value: _code_cost(value, counts),
        {"": f"{best} bits for the text"},
    )


def _code_cost(value: Any, counts: Any) -> Any:
    """The length of the text in bits under a code; or why it is no code."""
    codes = list(value.values()) if isinstance(value, dict) else value
    if isinstance(codes, np.ndarray) and codes.ndim == 2:
        codes = list(codes)
    if not isinstance(codes, list | tuple) or len(codes) != len(counts):
        return Strange(f"it is not a list (or dict) of {len(counts)} codes, one a word")
    bits = [_bits(code) for code in codes]
    for word, code in enumerate(bits):
        if code is None or not code:
            return Strange(f"the code of word {word} is not made of 0 and 1: {_seen(codes[word])}")
    for word, code in enumerate(bits):
        for other, longer in enumerate(bits):
            if word != other and longer is not None and code is not None and longer[: len(code)] == code:
                return Strange(
                    f"the code of word {word} ({code}) is the beginning of that of word {other} ({longer})"
                )
    return (
        f"{sum(len(code) * int(n) for code, n in zip(bits, counts, strict=True) if code)} bits for the text"
    )


def _bits(code: Any) -> str | None:
    if isinstance(code, np.ndarray):
        code = "".join(str(int(bit)) for bit in code.ravel())
    elif isinstance(code, list | tuple):
        code = "".join(
            str(int(bit)) if isinstance(bit, np.ndarray) and bit.size == 1 else str(bit) for bit in code
        )
    return code if isinstance(code, str) and set(code) <= {"0", "1"} else None


def _seen(code: Any) -> str:
    return code.what if isinstance(code, Other) else str(code)[:60]


# --- windows: pairs or groups, in any order ---
ROLES_SWAPPED = "the context word is the input, as in word2vec.c"


def _window_cases(seed: int, name: str, roles: Sequence[str]) -> list[Case]:
    rng = np.random.default_rng([seed, 79])
    cases = []
    for label, length, window in (
        ("in a sentence of eight words", 8, 2),
        ("in a sentence shorter than the window", 3, 5),
        ("with a window of one", 6, 1),
        ("in a sentence of one word", 1, 2),
    ):
        words = [int(w) for w in rng.permutation(20)[:length] + 10]
        found = list(contexts(words, window))
        pairs = [(word, other) for word, context in found for other in context]
        padded = _padded(words, window)
        cases.append(
            Case(
                label,
                {"tokens": StandIn("ids", words), "window": StandIn("int", window)},
                _pairs,
                {ROLES_SWAPPED: tuple((b, a) for a, b in pairs), "": pairs},
                (("padded", padded), ("padded", [(b, a) for a, b in padded])),
                _same_pairs,
            )
        )
    return cases


def _padded(words: list[int], window: int) -> list[tuple[int, int]]:
    filled = [0] * window + words + [0] * window
    return sorted(
        (word, other)
        for t, word in enumerate(words)
        for other in filled[t : t + window] + filled[t + window + 1 : t + 2 * window + 1]
    )


def _pairs(value: Any) -> Any:
    """All (word, context word) pairs, sorted: from pairs, or from words with their lists of context words."""
    items = list(value.items()) if isinstance(value, dict) else value
    if isinstance(items, np.ndarray):
        items = list(items)
    if not isinstance(items, list | tuple):
        return Strange("it is not a list of (word, context word) pairs or (word, context words) groups")
    found: list[tuple[int, int]] = []
    for item in items:
        if isinstance(item, np.ndarray) and item.ndim == 1 and len(item) == 2:
            item = (item[0], item[1])
        if not isinstance(item, list | tuple) or len(item) != 2:
            return Strange(f"{_seen(item)} is neither a pair nor a word with its context words")
        first, second = _ids(item[0]), _ids(item[1])
        if isinstance(first, Strange) or isinstance(second, Strange):
            return Strange("it holds something that is no word id")
        found += [(int(a), int(b)) for a in first for b in second]
    return found


def _same_pairs(one: Any, other: Any) -> bool:
    """In any order; only swapped roles, given as a tuple, show in the order alone: windows are symmetric."""
    return tuple(one) == other if isinstance(other, tuple) else sorted(one) == sorted(other)


def _ids(part: Any) -> Any:
    return np.array([part]) if isinstance(part, int | float | np.generic) else numbers(part)


# --- prediction rules ---
def _predict_cases(seed: int, name: str, roles: Sequence[str]) -> list[Case]:
    tree = bool({"tree", "paths"} & set(roles))
    cases = []
    for number in range(6):
        points = make_points("one-word", "hierarchical" if tree else "softmax", seed * 100 + number)
        for point in (points[0], points[3]):
            wrong: tuple[tuple[str, Any], ...] = ()
            handed = {role: argument(role, point, Layout()) for role in ("h", "W_out")}
            if not tree:
                best = int(truth(point)["y"].argmax())
            else:
                assert point.tree is not None
                u = point.params.W_out @ point.h
                best = int(point.tree.log_probabilities(u).argmax())
                handed["tree"] = argument("tree", point, Layout())
                for part in ("paths", "codes", "signs"):
                    handed[part] = StandIn(
                        "id lists", [list(map(int, row)) for row in getattr(point.tree, part)]
                    )
                wrong = (("greedy", np.array(_greedy(point.tree, u))),)
            cases.append(Case(point.label, handed, _one_id, {"": np.array(best)}, wrong))
    return cases


def _greedy(tree: Any, u: Any) -> int:
    """The leaf that the likelier child at every node leads to."""
    here = int(tree.V + tree.root)
    while here >= tree.V:
        node = here - tree.V
        here = int(tree.children[node, 0 if u[node] >= 0 else 1])
    return here


def _one_id(value: Any) -> Any:
    found = numbers(value)
    if isinstance(found, Strange):
        return found
    return np.asarray(found[0]) if len(found) == 1 else Strange("it is not one word id")


# --- first values ---
def _init_cases(seed: int, name: str, roles: Sequence[str]) -> list[Case]:
    return [_init_case(V, N, seed) for V, N in ((7, 3), (4, 4), (30, 11))]


def _init_case(V: int, N: int, seed: int) -> Case:
    return Case(
        f"for V = {V}, N = {N}",
        {"V": StandIn("int", V), "N": StandIn("int", N), "rng": StandIn("generator", seed)},
        lambda value: _start(value, V, N),
        {"": "random", "the output vectors start at zero, as in word2vec.c": "W_out zero"},
        (("both-zero", "zero"),),
    )


def _start(value: Any, V: int, N: int) -> Any:
    if not isinstance(value, tuple | list) or len(value) != 2:
        return Strange("it does not give two matrices, W and W_out")
    W, W_out = (part if isinstance(part, np.ndarray) else np.empty(0) for part in value)
    if W_out.shape == (N, V) and V != N:
        W_out = W_out.T
    if W.shape != (V, N) or W_out.shape not in ((V, N), (V - 1, N)):
        return Strange(f"the shapes are {W.shape} and {W_out.shape}; expected {(V, N)} twice")
    if not (np.isfinite(W).all() and np.isfinite(W_out).all()):
        return Strange("it holds a nan or an infinity")
    if not W.any() and not W_out.any():
        return "zero"
    if not W.any():
        return Strange(
            "the input vectors start at zero: h and the output vectors' gradient are zero at first"
        )
    if len(np.unique(W, axis=0)) < V:
        return Strange("input vectors of different words start equal")
    return "random" if W_out.any() else "W_out zero"


STRUCTURES = (
    Kind(
        "huffman codes",
        "the Huffman code",
        r"huffman|build_tree|build_codes",
        {
            **dict.fromkeys(
                ["counts", "freqs", "frequencies", "weights", "freq", "count", "word_counts"], "list"
            )
        },
        _huffman_cases,
        37,
        frozenset({"list"}),
        _huffman_case,
    ),
    Kind(
        "windows",
        "the words in the window",
        r"window|context|pairs|skip_?gram_(data|examples)|training_(data|pairs|examples)",
        dict.fromkeys(["tokens", "words", "sentence", "text", "ids", "corpus", "seq"], "tokens")
        | dict.fromkeys(["window", "window_size", "windowSize", "m", "C", "L"], "window"),
        _window_cases,
        needed=frozenset({"tokens", "window"}),
    ),
    Kind(
        "prediction",
        "the predicted word",
        r"predict(_word)?$|most_likely|predicted_word|argmax",
        {"h": "h", "v_c": "h", "W_out": "W_out", "U": "W_out", "tree": "tree"}
        | {"paths": "paths", "codes": "codes", "signs": "signs"},
        _predict_cases,
        needed=frozenset({"h", "W_out"}),
    ),
    Kind(
        "first values",
        "the first values of W and W_out",
        r"init",
        dict.fromkeys(["V", "vocab_size", "vocabulary_size"], "V")
        | dict.fromkeys(["N", "d", "dim", "hidden_size", "embedding_dim", "embed_size"], "N")
        | dict.fromkeys(["rng", "generator"], "rng"),
        _init_cases,
        needed=frozenset({"V", "N"}),
    ),
)
