"""Trees: definitions by hand, optimality by exhaustive search, word2vec.c's rule by its own loop."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v_edu.counts import check_counts
from w2v_edu.errors import W2VError
from w2v_edu.functions import sigmoid
from w2v_edu.objectives import Hierarchical
from w2v_edu.tree import Tree, balanced, entropy, from_nested, huffman, huffman_word2vec_c

counts_lists = st.lists(st.integers(1, 50), min_size=2, max_size=30)


def same_tree(a, b):
    return np.array_equal(a.children, b.children)


def test_the_tree_of_figure_4():
    """L(w_2) = 4: left, left, right, (41)."""
    tree = from_nested((((0, 1), 2), (3, 4)))
    assert tree.root == 3
    assert tree.paths[1].tolist() == [3, 1, 0]
    assert tree.signs[1].tolist() == [1, 1, -1]
    assert tree.codes[1].tolist() == [0, 0, 1]
    assert (tree.paths[4].tolist(), tree.signs[4].tolist()) == ([3, 2], [-1, -1])


def test_huffman_by_hand():
    """5 3 2 1: 1 + 2 = 3 (node 0: left word 3, right word 2); the word 1 ties with it at 3 and goes first, so
    node 1 has left word 1, right node 0; word 0 with 5 is lighter than 6: left of the root, node 1 right."""
    tree = huffman([5, 3, 2, 1])
    assert tree.children.tolist() == [[3, 2], [1, 4], [0, 5]]
    assert tree.lengths.tolist() == [1, 2, 3, 3]


@given(counts_lists)
def test_paths_signs_and_codes_fit_together(counts):
    tree = huffman(counts)
    for w in range(tree.V):
        node = tree.root
        for at, sign, code in zip(tree.paths[w], tree.signs[w], tree.codes[w], strict=True):
            assert at == node
            assert sign == 1 - 2 * code
            child = int(tree.children[at, code])
            node = child - tree.V
        assert child == w
    assert tree.lengths.tolist() == [len(path) for path in tree.paths]


@given(counts_lists)
def test_codes_are_prefix_free_and_complete(counts):
    tree = huffman(counts)
    codes = sorted("".join(map(str, code)) for code in tree.codes)
    assert all(not b.startswith(a) for a, b in itertools.pairwise(codes))
    assert sum(2.0 ** -len(code) for code in codes) == pytest.approx(1.0)  # Kraft, with equality


@given(counts_lists)
def test_huffman_is_within_one_bit_of_the_entropy_and_never_longer_than_balanced(counts):
    p = np.array(counts) / sum(counts)
    length = huffman(counts).expected_length(p)
    assert entropy(p) - 1e-12 <= length < entropy(p) + 1
    assert length <= balanced(len(counts)).expected_length(p) + 1e-12
    assert balanced(len(counts)).lengths.max() == int(np.ceil(np.log2(len(counts))))


@given(st.lists(st.integers(1, 9), min_size=2, max_size=6))
def test_no_tree_is_shorter(counts):
    """Every full binary tree over six words at most, by merging in every order."""

    def best(weights):
        if len(weights) == 1:
            return 0
        return min(
            a + b + best([*(w for k, w in enumerate(weights) if k not in (i, j)), a + b])
            for (i, a), (j, b) in itertools.combinations(enumerate(weights), 2)
        )

    assert int(np.dot(huffman(counts).lengths, counts)) == best(counts)


@given(counts_lists)
def test_word2vec_c_tree_costs_the_same_and_follows_its_loop(counts):
    counts = sorted(counts, reverse=True)
    tree = huffman_word2vec_c(counts)
    assert np.dot(tree.lengths, counts) == np.dot(huffman(counts).lengths, counts)
    assert [code.tolist() for code in tree.codes] == codes_of_the_c_program(counts)


def codes_of_the_c_program(counts):
    """CreateBinaryTree as the arrays count, parent_node and binary have it."""
    V = len(counts)
    count = [*counts, *([10**15] * (V + 1))]
    parent, binary = [0] * (2 * V + 1), [0] * (2 * V + 1)
    low, high = V - 1, V
    for made in range(V - 1):
        chosen = []
        for _ in range(2):
            if low >= 0 and count[low] < count[high]:
                chosen.append(low)
                low -= 1
            else:
                chosen.append(high)
                high += 1
        count[V + made] = count[chosen[0]] + count[chosen[1]]
        parent[chosen[0]] = parent[chosen[1]] = V + made
        binary[chosen[1]] = 1
    codes = []
    for word in range(V):
        bits, node = [], word
        while node != 2 * V - 2:
            bits.append(binary[node])
            node = parent[node]
        codes.append(bits[::-1])
    return codes


def test_the_two_tie_rules_differ():
    """2 1 1 at weight 2: the heap takes the word first, word2vec.c the inner node."""
    assert huffman([2, 1, 1]).codes[0].tolist() == [0]
    assert huffman_word2vec_c([2, 1, 1]).codes[0].tolist() == [1]


@pytest.mark.parametrize("V", [2, 3, 5, 8, 21])
@pytest.mark.parametrize(
    "make", [balanced, lambda V: huffman(np.arange(1, V + 1))], ids=["balanced", "huffman"]
)
def test_leaf_probabilities_sum_to_one_43(V, make):
    tree, rng = make(V), np.random.default_rng(V)
    h, W_out = rng.standard_normal(4) * 3, rng.standard_normal((V - 1, 4))
    u = W_out @ h
    p = np.exp(tree.log_probabilities(u))
    assert p.sum() == pytest.approx(1.0, rel=1e-14)
    for w in range(V):
        product = np.prod([sigmoid(s * u[n]) for n, s in zip(tree.paths[w], tree.signs[w], strict=True)])
        assert p[w] == pytest.approx(product, rel=1e-12)
        assert Hierarchical(tree).E(h, W_out, w) == pytest.approx(-np.log(p[w]), rel=1e-12)


def test_a_deep_tree():
    counts = [1, 1]
    while len(counts) < 40:
        counts.append(counts[-1] + counts[-2])
    tree = huffman(counts)
    assert tree.lengths.max() == 39
    assert np.exp(tree.log_probabilities(np.zeros(39))).sum() == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: huffman([3]), "at least two words"),
        (lambda: huffman([[3, 4]]), "at least two words"),
        (lambda: huffman([3, 0]), "word 1 has count 0"),
        (lambda: huffman([3, 2, -1]), "word 2 has count -1"),
        (lambda: huffman([3, np.nan]), "word 1 has count nan"),
        (lambda: huffman([3, np.inf]), "word 1 has count inf"),
        (
            lambda: huffman_word2vec_c([2, 3]),
            "descending order; word 1 occurs 3 times, more than word 0 with 2",
        ),
        (lambda: huffman_word2vec_c([5, 5, 3, 4]), "word 3 occurs 4 times, more than word 2 with 3"),
        (lambda: balanced(1), "the vocabulary has 1"),
        (lambda: from_nested((0, (1, 1))), "^this is not a tree: each leaf .* must be a child once"),
        (lambda: from_nested((0, (1, 3))), "^this is not a tree: each leaf .* must be a child once"),
        (
            lambda: Tree(np.array([[4, 1], [0, 2], [3, 5]])),
            "^this is not a tree: a node must be made after both of its children$",
        ),
        (
            lambda: Tree(np.array([[0, 3], [1, 2]])),
            "^this is not a tree: a node must be made after both of its children$",
        ),
        (lambda: Tree(np.zeros((0, 2), dtype=int)), "expected \\(V - 1, 2\\)"),
        (lambda: Tree(np.array([[0, 1, 2]])), "expected \\(V - 1, 2\\)"),
    ],
)
def test_what_is_not_a_tree_is_said(make, message):
    with pytest.raises(W2VError, match=message):
        make()


def test_counts_come_back_as_numbers():
    assert check_counts([1, 2]).dtype == np.float64


def test_entropy_of_a_certain_word_is_zero():
    assert entropy([1.0, 0.0]) == 0.0
    assert entropy(np.full(8, 1 / 8)) == pytest.approx(3.0)
