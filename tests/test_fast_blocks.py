"""The parts that the kernels are made of, each against a definition written out in loops."""

import numpy as np
import pytest

from w2v_edu import reference
from w2v_edu.fast.batch import batch_gradient
from w2v_edu.fast.block_inputs import inputs_of_blocks, mask_bits, target_masks
from w2v_edu.fast.context_band import ContextBand
from w2v_edu.fast.leaf_order import block_nodes, leaf_order, shared_nodes
from w2v_edu.fast.paths import path_blocks, turns
from w2v_edu.fast.ragged import stack, weighted_sums
from w2v_edu.fast.windows import Windows, blocks_of_windows, sum_overlaps
from w2v_edu.model import cbow, random_params
from w2v_edu.objectives import Negative
from w2v_edu.tree import from_nested, huffman


def random_windows(rng, T, window):
    ids = rng.integers(0, 9, T)
    left, right = (
        np.minimum(rng.integers(0, window + 1, T), limit) for limit in (np.arange(T), T - 1 - np.arange(T))
    )
    return Windows(ids, left, right)


def chain(V):
    tree = 0
    for word in range(1, V):
        tree = (word, tree)
    return from_nested(tree)


def paths_of(tree):
    return [path.tolist() for path in tree.paths]


def trees(rng):
    return {
        "huffman": huffman(rng.integers(1, 50, 37)),
        "chain": chain(300),  # deeper than one byte can say
        "255 words": huffman(rng.integers(1, 50, 255)),  # numbers of words that just fit one byte
        "256 words": huffman(rng.integers(1, 50, 256)),
    }


@pytest.mark.parametrize(("B", "window"), [(1, 1), (2, 3), (3, 2), (5, 1), (6, 4)])
def test_masks_say_which_targets_are_in_reach(B, window):
    masks, bits = target_masks(B, window), mask_bits(B, int)
    for column in range(B + 2 * window):
        place = column - window
        for left in range(window + 1):
            for right in range(window + 1):
                expected = [place - left <= j <= place + right and j != place for j in range(B)]
                assert bits[masks[column, left, right]].tolist() == [int(x) for x in expected]


@pytest.mark.parametrize(
    ("T", "G", "B", "window", "seed"), [(41, 3, 4, 2, 0), (12, 2, 1, 3, 1), (30, 5, 6, 1, 2)]
)
def test_inputs_of_blocks_are_all_pairs(T, G, B, window, seed):
    windows = random_windows(np.random.default_rng(seed), T, window)
    found = inputs_of_blocks(blocks_of_windows(windows, G, B, window), target_masks(B, window))
    bits = mask_bits(B, int)
    for block in range(len(found.words)):
        targets = range(block * B, block * B + B)
        expected = []
        for i, (left, right) in enumerate(zip(windows.left, windows.right, strict=True)):
            predicted = [j - targets[0] for j in targets if i - left <= j <= i + right and j != i]
            if predicted:
                expected.append((int(windows.ids[i]), predicted))
        n = found.number[block]
        pairs = [
            (int(word), np.flatnonzero(bits[mask]).tolist())
            for word, mask in zip(found.words[block], found.masks[block], strict=True)
        ]
        assert sorted(pair for pair in pairs if pair[1]) == sorted(expected)
        assert all(not predicted for _, predicted in pairs[n:])
        own = [int(windows.ids[j]) if j < T else 0 for j in targets]
        assert found.words[block, :B].tolist() == own
        assert n == B + sum(bool(predicted) for _, predicted in pairs[B:])


@pytest.mark.parametrize(("G", "B", "window", "N"), [(1, 3, 1, 2), (4, 2, 5, 3), (5, 7, 3, 1)])
def test_sum_overlaps_adds_every_row_to_its_word(G, B, window, N):
    blocks = np.random.default_rng(G).normal(size=(G, B + 2 * window, N))
    expected = np.zeros((G * B + 2 * window, N))
    for g in range(G):
        for column in range(B + 2 * window):
            expected[g * B + column] += blocks[g, column]
    line = np.full((G - (-2 * window // B), B, N), np.nan)
    sum_overlaps(blocks, line)
    found = line.reshape(-1, N)
    assert np.abs(found[: len(expected)] - expected).max() <= 1e-12
    assert not found[len(expected) :].any()


@pytest.mark.parametrize("one_over_C", [True, False])
@pytest.mark.parametrize("combine", ["mean", "sum"])
@pytest.mark.parametrize(("G", "B", "window"), [(3, 4, 2), (2, 3, 5), (1, 6, 1)])
def test_context_band_is_a_matrix_and_its_transpose(G, B, window, combine, one_over_C):
    rng = np.random.default_rng(B)
    T = G * B
    windows = random_windows(rng, T, window)
    blocks = blocks_of_windows(windows, G, B, window)
    there, back = np.zeros((2, T, T + 2 * window))
    for i, (left, right) in enumerate(zip(windows.left, windows.right, strict=True)):
        context = [j + window for j in range(i - left, i + right + 1) if j != i]
        C = max(len(context), 1)
        there[i, context] = 1 / C if combine == "mean" else 1
        back[i, context] = there[i, context] if one_over_C else 1
    band = ContextBand(G, B, window, np.dtype(np.float64), combine, one_over_C)
    for N, dtype in ((3, np.float64), (2, np.float64), (2, np.float32)):  # the room is made anew each time
        W = rng.normal(size=(9, N)).astype(dtype)
        H = band.gather(W, blocks.line[0], blocks.shapes(window)[0])
        assert np.abs(H.reshape(T, N) - there @ W[blocks.line[0]]).max() <= 1e-12
        EH = rng.normal(size=(G, B, N))
        band.EH[...] = EH
        assert np.abs(band.spread() - back.T @ EH.reshape(T, N)).max() <= 1e-12


@pytest.mark.parametrize("name", ["huffman", "chain", "255 words", "256 words"])
def test_shared_nodes_are_the_common_beginning_of_two_paths(name):
    rng = np.random.default_rng(3)
    tree = trees(rng)[name]
    order, paths = leaf_order(tree), paths_of(tree)
    word = np.argsort(order.rank)
    a, b = np.sort(rng.integers(0, tree.V, (2, 200)), axis=0)
    expected = [
        sum(x == y for x, y in zip(paths[word[i]], paths[word[j]], strict=False))
        for i, j in zip(a, b, strict=True)
    ]
    assert shared_nodes(order.shared, a, b).tolist() == expected


@pytest.mark.parametrize("name", ["huffman", "chain", "255 words", "256 words"])
@pytest.mark.parametrize("by_inputs", [True, False])
def test_path_blocks_ask_every_path_once(name, by_inputs):
    rng = np.random.default_rng(4)
    tree = trees(rng)[name]
    order, paths = leaf_order(tree), paths_of(tree)
    n, B, G = 23, 3, 4
    words = rng.integers(0, tree.V, (n, B))
    inputs = rng.integers(5, 9, n) if by_inputs else None
    stacks = path_blocks(order, order.rank[words], G, np.zeros(tree.V, np.uint8), inputs)
    assert sorted(np.concatenate([stacked.blocks for stacked in stacks])) == list(range(n))
    if inputs is not None:
        assert (np.diff(inputs[np.concatenate([stacked.blocks for stacked in stacks])]) >= 0).all()
    for stacked in stacks:
        P = stacked.nodes.shape[1]
        both = turns(stacked, order.rank[words[stacked.blocks]].astype(order.low.dtype), int)
        nowhere = turns(stacked, np.full((len(stacked.blocks), 1), tree.V, order.low.dtype), int)
        assert not nowhere.any()  # V as a rank: a target that is not asked
        for g, block in enumerate(stacked.blocks):
            for j, w in enumerate(words[block]):
                asked = stacked.nodes[g][both[g, j, :P] == 1].tolist()
                assert sorted(asked) == sorted(paths[w])
                left = stacked.nodes[g][both[g, j, P:] == 1].tolist()
                turned = zip(paths[w], tree.codes[w].tolist(), strict=True)
                assert sorted(left) == sorted(node for node, code in turned if code == 0)


def test_block_nodes_leave_out_the_beginnings():
    tree = huffman(np.random.default_rng(5).integers(1, 50, 37))
    order, paths = leaf_order(tree), paths_of(tree)
    ranks = np.sort(np.random.default_rng(6).integers(0, tree.V, (11, 4)), axis=1)
    above = np.full(tree.V, 2, np.uint8)
    word = np.argsort(order.rank)
    found = block_nodes(order, ranks, above)
    for block, nodes in enumerate(np.split(found.nodes, np.cumsum(found.sizes)[:-1])):
        expected = {node for rank in ranks[block] for node in paths[word[rank]][2:]}
        assert len(nodes) == len(expected) and set(nodes.tolist()) == expected


@pytest.mark.parametrize(
    "labels", [[0, 1, 2, 3], [0, 0, 1, 1, 2, 2], [1, 0, 2], [0, 2, 3], [0, 1, 1], [0, 1, 0, 1]]
)
def test_stacks_in_order_or_not_give_the_same_sums(labels):
    labels = np.array(labels)
    rng = np.random.default_rng(len(labels))
    which, weights, vectors = (
        rng.integers(0, 4, len(labels)),
        rng.normal(size=len(labels)),
        rng.normal(size=(4, 3)),
    )
    expected = np.zeros((5, 3))
    for label, v, x in zip(labels, which, weights, strict=True):
        expected[label] += x * vectors[v]
    assert np.abs(weighted_sums(5, stack(labels, which), weights, vectors) - expected).max() <= 1e-12


def test_a_batch_may_mix_means_and_sums():
    params = random_params(6, 3, np.random.default_rng(7))
    examples = [cbow([0, 2, 2], 1, (4, 5)), cbow([3, 1], 0, (2, 4), "sum"), cbow([5, 0, 1, 1], 4, (3, 3))]
    found = batch_gradient(params, examples, Negative())
    traces = [reference.trace(params, example, Negative()) for example in examples]
    for sums, expected in ((found.dW, [t.dW for t in traces]), (found.dW_out, [t.dW_out for t in traces])):
        assert np.abs(sums - np.sum(expected, axis=0)).max() <= 1e-12 * np.abs(sums).max()
