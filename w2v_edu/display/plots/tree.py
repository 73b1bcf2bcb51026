"""The tree of hierarchical softmax: the path to a word, its code, and sigma and t at every node."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from w2v_edu.display.plots.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    SIZE,
    SMALL,
    TEXT,
    bare,
    describe,
    minus,
    plain,
    slide,
    which_word,
    word_name,
    write,
)
from w2v_edu.errors import W2VError
from w2v_edu.model import OutputTrace, Trace
from w2v_edu.tree import Tree

__all__ = ["tree_plot"]

WHOLE = 20  # a tree of more leaves is drawn along one path


class Place(NamedTuple):
    """A node or leaf of the picture: where, what it says, whether the path goes through it."""

    x: float
    y: float
    name: str
    leaf: bool
    on: bool


def tree_plot(
    tree: Tree,
    words: Sequence[str] | None = None,
    word: int | str | None = None,
    trace: Trace | OutputTrace | None = None,
    ax: Axes | None = None,
) -> Axes:
    """The tree with the path to one word; a large one along that path only, its subtrees collapsed.

    Parameters
    ----------
    tree : Tree
    words : sequence of str, optional
        The vocabulary; word ids are shown if it is not given.
    word : int or str, optional
        The word whose path is marked; the target of the trace if not given.
    trace : Trace or OutputTrace, optional
        Of that word under `Hierarchical(tree)`: then sigma(u), t and e stand beside every node of the path.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        With alt text that spells the path.

    Raises
    ------
    W2VError
        If the tree is large and no word is named, or if the trace is of another tree or word.
    """
    out = None if trace is None else _panel(trace, None if word is None else which_word(word, words, tree.V))
    w = out.w_O if word is None and out is not None else word
    w = None if w is None else which_word(w, words, tree.V)
    if out is not None and w is not None and not np.array_equal(out.rows, tree.paths[w]):
        raise W2VError("the trace does not follow a path of this tree: trace it with Hierarchical(tree)")
    if tree.V > WHOLE and w is None:
        raise W2VError(
            f"a tree of {tree.V:,} leaves is drawn along one path: name its word, as in "
            f"word={0 if words is None else repr(words[0])}"
        )
    whole = tree.V <= WHOLE
    levels = int(tree.lengths.max()) if whole or w is None else int(tree.lengths[w])
    ax = slide(ax, (SIZE[0], max(SIZE[1], 1.1 + (0.85 if whole else 0.46) * levels)))
    bare(ax, _title(tree, words, w, out))
    ax.set_ylim(-levels - 0.3, 0.9)
    if whole or w is None:
        _draw_whole(ax, tree, words, w, 6.0 if out is not None else 9.0)
        columns = _values(out)
    else:
        _draw_path(ax, tree, words, w)
        columns = {"node": [str(n) for n in tree.paths[w]]} | (_values(out) or _signs(tree, w))
    _draw_table(ax, columns)
    return describe(ax, _told(tree, words, w, out))


def _panel(trace: Trace | OutputTrace, w: int | None) -> OutputTrace:
    outputs = trace.outputs if isinstance(trace, Trace) else (trace,)
    found = [out for out in outputs if w is None or out.w_O == w]
    if not found:
        raise W2VError(f"word {w} is not a target of this trace; its targets are {[o.w_O for o in outputs]}")
    if found[0].nodes is None or found[0].signs is None:
        raise W2VError("this trace has no tree: trace it with Hierarchical(tree)")
    return found[0]


def _title(tree: Tree, words: Sequence[str] | None, w: int | None, out: OutputTrace | None) -> str:
    if w is None:
        return f"A tree over {tree.V} words: left is code 0, t = 1"
    name = word_name(w, words)
    if out is None:
        return f"Path to {name}: code {''.join(map(str, tree.codes[w]))}"
    return f"Path to {name}: p = {_probability(out):.3g}, the product of its branches  (37)"


def _probability(out: OutputTrace) -> float:
    return float(np.exp(-out.E))


def _draw_whole(ax: Axes, tree: Tree, words: Sequence[str] | None, w: int | None, inches: float) -> None:
    """Leaves from left to right in the order of their codes, each at its depth."""
    V = tree.V
    order = sorted(range(V), key=lambda leaf: tree.codes[leaf].tolist())
    x = np.zeros(2 * V - 1)
    x[order] = np.arange(V)
    for node, pair in enumerate(tree.children):
        x[V + node] = x[pair].mean()
    y = np.zeros(2 * V - 1)
    for node in range(tree.root, -1, -1):
        y[tree.children[node]] = y[V + node] - 1
    path = set() if w is None else {w, *(V + int(n) for n in tree.paths[w])}
    names = [word_name(leaf, words) for leaf in range(V)] + [str(n) for n in range(V - 1)]
    places = [Place(x[k], y[k], names[k], k < V, k in path) for k in range(2 * V - 1)]
    upright = max(len(name) for name in names[:V]) * TEXT * 0.65 / 72 > inches / V
    for node, pair in enumerate(tree.children):
        for code, child in enumerate(pair):
            _edge(ax, places[V + node], places[child], code)
    for place in places:
        _node(ax, place, upright)
    ax.set_xlim(-0.8, V - 0.2)


def _draw_path(ax: Axes, tree: Tree, words: Sequence[str] | None, w: int) -> None:
    """The path downwards; beside it, at each level, what was not taken and how many words hang there."""
    leaves = np.ones(2 * tree.V - 1, dtype=np.int64)
    for node, pair in enumerate(tree.children):
        leaves[tree.V + node] = leaves[pair].sum()
    here = Place(0.0, 0.0, "", False, True)
    xs = [0.0]
    for node, code in zip(tree.paths[w], tree.codes[w].tolist(), strict=True):
        turn = 1 if code else -1
        last = node == tree.paths[w][-1]
        then = Place(here.x + 0.8 * turn, here.y - 1, word_name(w, words) if last else "", last, True)
        aside = Place(here.x - turn, here.y - 0.75, "", False, False)
        other = int(tree.children[node, 1 - code])
        _edge(ax, here, aside, 1 - code)
        _edge(ax, here, then, code)
        _subtree(ax, aside, -turn, int(leaves[other]), other, words, tree.V)
        ax.plot(here.x, here.y, "o", markersize=12, color="white", markeredgecolor=BLUE, markeredgewidth=3)
        here = then
        xs += [then.x, aside.x]
    _node(ax, here, False)
    ax.set_xlim(min(xs) - 2.6, max(xs) + 2.6)


def _subtree(
    ax: Axes, at: Place, side: int, leaves: int, child: int, words: Sequence[str] | None, V: int
) -> None:
    text = word_name(child, words) if child < V else f"{leaves:,} words"
    ax.plot(at.x, at.y, marker="s" if leaves == 1 else "^", markersize=9, color=GREY, zorder=3)
    ha = "left" if side > 0 else "right"
    gap = "  " if side > 0 else ""
    write(ax, at.x, at.y, gap + text + ("" if gap else "  "), fontsize=SMALL, color=GREY, ha=ha)


def _edge(ax: Axes, above: Place, below: Place, code: int) -> None:
    on = above.on and below.on
    colour, width = (BLUE, 4.5) if on else ("#b4b9c0", 1.8)
    ax.plot([above.x, below.x], [above.y, below.y], color=colour, linewidth=width, zorder=1)
    middle = (above.x + below.x) / 2, (above.y + below.y) / 2
    box = {"boxstyle": "round,pad=0.08", "facecolor": "white", "edgecolor": "none"}
    style: dict[str, Any] = {"fontsize": TEXT if on else SMALL, "fontweight": "bold" if on else "normal"}
    write(ax, *middle, str(code), color=BLUE if on else GREY, bbox=box, zorder=2, **style)


def _node(ax: Axes, place: Place, upright: bool) -> None:
    weight = "bold" if place.on else "normal"
    if place.leaf:
        ax.plot(place.x, place.y, "s", markersize=9, color=GREEN if place.on else GREY, zorder=3)
        ax.annotate(
            place.name, (place.x, place.y), xytext=(0, -9), textcoords="offset points", ha="center", va="top",
            rotation=90 if upright else 0, fontsize=TEXT, color=INK, fontweight=weight, **plain(),
        )  # fmt: skip
        return
    shape = "circle,pad=0.3" if len(place.name) < 3 else "round,pad=0.3,rounding_size=0.7"
    edge, width = (BLUE, 2.8) if place.on else (GREY, 1.2)
    box = {"boxstyle": shape, "facecolor": "white", "edgecolor": edge, "linewidth": width}
    write(ax, place.x, place.y, place.name, fontsize=SMALL, fontweight=weight, bbox=box, zorder=4)


def _values(out: OutputTrace | None) -> dict[str, list[str]]:
    if out is None or out.signs is None:
        return {}
    return {
        "[[·]]": [f"{sign:+d}" for sign in out.signs],
        "σ(u)": [f"{float(y):.3f}" for y in out.y],
        "t": [f"{float(t):.0f}" for t in out.t],
        "e = σ − t": [f"{float(e):+.3f}" for e in out.e],
    }


def _signs(tree: Tree, w: int) -> dict[str, list[str]]:
    return {
        "[[·]]": [f"{sign:+d}" for sign in tree.signs[w]],
        "t": [str(1 - code) for code in tree.codes[w]],
    }


def _draw_table(ax: Axes, columns: dict[str, list[str]]) -> None:
    """One line a level, to the right of the tree: a path has one node at each."""
    if not columns:
        return
    low, high = ax.get_xlim()
    step = 0.135 * (high - low)
    ax.set_xlim(low, high + (len(columns) + 0.6) * step)
    for level in range(len(next(iter(columns.values())))):
        ax.axhline(-level, color="#e8eaed", linewidth=1, zorder=0)
    for k, (head, cells) in enumerate(columns.items()):
        x = high + (k + 0.6 + 0.2 * (head.startswith("e"))) * step
        write(ax, x, 0.65, head, color=GREY)
        for level, cell in enumerate(cells):
            box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
            write(ax, x, -level, minus(cell), bbox=box)


def _told(tree: Tree, words: Sequence[str] | None, w: int | None, out: OutputTrace | None) -> str:
    lengths: NDArray[Any] = tree.lengths
    told = f"Binary tree over {tree.V:,} words with codes of {lengths.min()} to {lengths.max()} bits."
    if w is None:
        return told
    code = "".join(map(str, tree.codes[w]))
    told += f" The path to {word_name(w, words)} has code {code} and passes the inner nodes "
    if out is None:
        return told + ", ".join(map(str, tree.paths[w])) + "."
    nodes = (f"{n} (sigma {y:.3f}, t = {t:.0f})" for n, y, t in zip(tree.paths[w], out.y, out.t, strict=True))
    return told + ", ".join(nodes) + f"; p = {_probability(out):.3g}."
