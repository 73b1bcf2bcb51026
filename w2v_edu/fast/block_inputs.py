"""Which words around a block of targets predict which of them.

Word i predicts the words of its window, (24). For B targets in a row, the inputs are these words themselves
and those of the `window` words on either side whose window reaches into the block; of the outermost, few do.
Which targets an input predicts is a number of B bits, its mask: bit j stands for target j.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from w2v_edu.fast.windows import Blocks

__all__ = ["BlockInputs", "inputs_of_blocks", "mask_bits", "target_masks"]

Ints = NDArray[np.int64]


class BlockInputs(NamedTuple):
    """The inputs of n blocks.

    Attributes
    ----------
    words : ndarray of int, shape (n, B + 2 window)
        The block's own words, then the others around it that are its inputs, then the rest.
    masks : ndarray of int, shape (n, B + 2 window)
        The targets that each of them predicts; 0 for the rest, and for an own word without a window.
    number : ndarray of int, shape (n,)
        How many come before the rest.
    """

    words: Ints
    masks: Ints
    number: Ints


def target_masks(B: int, window: int) -> Ints:
    """The mask of every place around a block, for every reach. Shape (B + 2 window, window + 1, window + 1).

    Examples
    --------
    >>> masks = target_masks(B=3, window=1)
    >>> [f"{m:03b}" for m in masks[:, 1, 1]]  # one word to the left and one to the right, never itself
    ['001', '010', '101', '010', '100']
    >>> masks[[0, 4], [1, 0], [0, 1]]  # beside the block, but looking away
    array([0, 0])
    """
    place = np.arange(-window, B + window)[:, None, None]
    reach = np.arange(window + 1)
    first, end = np.clip(place - reach[:, None], 0, B), np.clip(place + reach + 1, 0, B)
    itself = np.where((place >= 0) & (place < B), 1 << np.clip(place, 0, B), 0)
    return np.asarray(((1 << end) - (1 << first)) & ~itself)


def mask_bits(B: int, dtype: Any) -> NDArray[Any]:
    """The bits of every mask as 0s and 1s: shape (2^B, B).

    Examples
    --------
    >>> mask_bits(3, int)[0b110]
    array([0, 1, 1])
    """
    return np.asarray(np.arange(1 << B)[:, None] >> np.arange(B) & 1, dtype=dtype)


def inputs_of_blocks(blocks: Blocks, masks: Ints) -> BlockInputs:
    """The inputs of the blocks of all chunks; `masks` from `target_masks`.

    Notes
    -----
    What is sorted by, and the word and its mask, are packed into one integer: sorting short rows of integers
    is faster than finding their order and following it.
    """
    (chunks, G, B), width, window = blocks.left.shape, blocks.seen.shape[2], masks.shape[1] - 1
    reach = np.zeros((2, chunks * G * B + 2 * window), dtype=np.int64)
    reach[:, window : reach.shape[1] - window] = blocks.left.ravel(), blocks.right.ravel()
    left, right = sliding_window_view(reach, width, axis=1)[:, ::B]  #    (n, B + 2 window)
    column = np.arange(width)
    mask = masks.ravel().take((column * (window + 1) + left) * (window + 1) + right)
    own = (column >= window) & (column < window + B)
    place = np.where(own, column, np.where(mask > 0, column + width, column + 2 * width))
    words = blocks.seen.reshape(-1, width)
    key = place << 32
    key |= words
    key <<= B
    key |= mask
    key.sort(axis=1)
    return BlockInputs(
        key >> B & 0xFFFFFFFF, key & ((1 << B) - 1), np.count_nonzero((mask > 0) | own, axis=1)
    )
