"""The noise distribution against the counts: what the power 3/4 does to frequent and rare words."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from w2v_edu.counts import check_counts
from w2v_edu.display.plots.labels import place_labels
from w2v_edu.display.plots.style import (
    BLUE,
    GREEN,
    GREY,
    SMALL,
    TEXT,
    VERMILLION,
    describe,
    frame,
    legend,
    slide,
    word_name,
)
from w2v_edu.errors import W2VError
from w2v_edu.noise import Noise

__all__ = ["noise_plot"]

Array = NDArray[Any]
BARS = 20  # a larger vocabulary is drawn by rank


def noise_plot(
    noise: Noise,
    counts: ArrayLike,
    words: Sequence[str] | None = None,
    draws: Sequence[int] = (),
    ax: Axes | None = None,
) -> Axes:
    """How often each word stands in the text, and how often it is drawn as a noise word.

    Parameters
    ----------
    noise : Noise
        As of ``Noise.from_counts(counts, alpha=0.75)``.
    counts : array_like, shape (V,)
        How often each word occurs.
    words : sequence of str, optional
        The vocabulary.
    draws : sequence of int, optional
        Noise words that were really drawn; their shares are marked.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Up to 20 words as bars, more by rank on logarithmic axes; with alt text.
    """
    count = check_counts(counts)
    if len(count) != noise.V:
        raise W2VError(f"{len(count)} counts for a noise distribution over {noise.V} words")
    order = np.argsort(-count, kind="stable")
    share, p = (count / count.sum())[order], noise.p[order]
    drawn = np.bincount(np.asarray(draws, dtype=np.int64), minlength=noise.V)[order] / max(1, len(draws))
    ax = slide(ax)
    names = [word_name(int(w), words) for w in order]
    title = "How often a word occurs, and how often it is drawn as noise"
    if noise.V <= BARS:
        frame(ax, title, "", "probability")
        _bars(ax, names, share, p)
    else:
        frame(ax, title, "rank of the word", "probability")
        _ranks(ax, share, p)
    if len(draws):
        at = np.arange(noise.V) + (0.2 if noise.V <= BARS else 1.0)
        seen = drawn > 0
        label = f"share of {len(draws):,} draws"
        ax.plot(
            at[seen],
            drawn[seen],
            "D",
            color=GREEN,
            markersize=9,
            markeredgecolor="white",
            label=label,
            zorder=4,
        )
    legend(ax, loc="upper right")
    if noise.V > BARS and words is not None:
        some = np.unique(np.geomspace(1, noise.V, 5).astype(int)) - 1
        points = np.stack([some + 1.0, p[some]], axis=1)
        curve = np.stack([np.arange(1, noise.V + 1), p], axis=1)
        place_labels(ax, points, [names[k] for k in some], colours=["#a34700"], lines=_pieces(curve))
    return describe(ax, _told(names, share, p, len(draws)))


def _bars(ax: Axes, names: list[str], share: Array, p: Array) -> None:
    at = np.arange(len(names))
    ax.bar(at - 0.2, share, 0.38, color=BLUE, label="share of the text", zorder=2)
    look: dict[str, Any] = {"color": VERMILLION, "edgecolor": "white", "hatch": "//"}
    ax.bar(at + 0.2, p, 0.38, label="noise distribution $P_n$", zorder=2, **look)
    turned = len(names) > 8
    ax.set_xticks(at, names, rotation=50 if turned else 0, ha="right" if turned else "center")
    ax.tick_params(axis="x", labelsize=TEXT if len(names) <= 14 else SMALL, length=0)
    ax.grid(False, axis="x")


def _ranks(ax: Axes, share: Array, p: Array) -> None:
    rank = np.arange(1, len(p) + 1)
    ax.set(xscale="log", yscale="log")
    ax.plot(rank, share, color=BLUE, linewidth=3, label="share of the text")
    ax.plot(rank, p, color=VERMILLION, linewidth=3, linestyle="--", label="noise distribution $P_n$")
    ax.axhline(1 / len(p), color=GREY, linewidth=1.5, linestyle=":", label="uniform, 1/V")


def _pieces(curve: Array) -> list[tuple[Array, Array]]:
    some = np.unique(np.geomspace(1, len(curve), 40).astype(int)) - 1
    return [(curve[a], curve[b]) for a, b in pairwise(some)]


def _told(names: list[str], share: Array, p: Array, draws: int) -> str:
    def one(k: int) -> str:
        times = f"{p[k] / share[k]:.2g} times"
        return f"{names[k]}, is {share[k]:.2%} of the text and {p[k]:.2%} of the noise ({times})"

    return (
        f"Noise distribution of {len(p):,} words against their share of the text. The most frequent word, "
        f"{one(0)}; the rarest, {one(-1)}." + (f" The shares of {draws:,} draws are marked." if draws else "")
    )
