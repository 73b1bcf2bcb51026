"""The texts that students read about mistakes, as data: to be reworded and translated here.

Each mistake: its name in a few words, and what to change. Each quantity: how a message speaks of it. Each
model: the equation that gives the quantity.
"""

from typing import NamedTuple

__all__ = ["HINTS", "SPOKEN", "Hint", "equation_of", "spoken"]


class Hint(NamedTuple):
    """A mistake in words: what it is, and what to change."""

    title: str
    change: str


HINTS: dict[str, Hint] = {
    "sign": Hint(
        "the sign is turned round",
        "This is the direction of ascent: the gradient of the loss has y - t in it, not t - y.",
    ),
    "loss-sign": Hint("the loss has the wrong sign", "E is minus the logarithm of the probability."),
    "transposed": Hint(
        "the matrix is transposed",
        "Every word's gradient is a row here, as its vector is: np.outer(e, h), not np.outer(h, e).",
    ),
    "target-missing": Hint(
        "the target's own vector is missing: U^T y instead of U^T (y - t)",
        "Subtract 1 from the prediction of the target word before you multiply by the output vectors.",
    ),
    "label-missing": Hint(
        "the label is missing: y instead of y - t",
        "Subtract 1 from the prediction of the target word: its vector must move towards h.",
    ),
    "loss-vector": Hint(
        "the loss is not taken at the target word",
        "-log y is one number a word. The loss is the one of the target: -log(y[w_O]).",
    ),
    "dot-for-outer": Hint(
        "a dot product where an outer product belongs",
        "Each word j gets e_j times the whole vector h: np.outer(e, h).",
    ),
    "column-label": Hint(
        "a column minus a flat vector: (V, 1) and (V,) make a (V, V) matrix",
        "Give prediction and label the same shape, e.g. with .ravel(), before you subtract.",
    ),
    "alias": Hint(
        "the prediction was changed in place before its logarithm was taken",
        "delta = y; delta[w_O] -= 1 changes y as well. Compute the loss first, or write delta = y.copy().",
    ),
    "softmax-of-vector": Hint(
        "softmax of the vector instead of the scores",
        "The scores are U @ v, one a word; softmax is taken of those.",
    ),
    "repeats-overwritten": Hint(
        "a noise word drawn twice counts once: its rows overwrite one another",
        "grad[idx] += values keeps one value of a repeated index. Use np.add.at(grad, idx, values).",
    ),
    "repeats-dropped": Hint(
        "a noise word drawn twice counts once: W_neg is read as a set",
        "W_neg is a multiset: sum over all K draws, a word as often as it was drawn.",
    ),
    "forced-unique": Hint(
        "the noise words are forced to differ",
        "The K draws are independent, so words may repeat; with V - 1 < K your loop never ends.",
    ),
    "noise-sigma-of-minus": Hint(
        "sigma(-u) instead of sigma(u) for the noise words",
        "d/du of -log sigma(-u) is sigma(u): for a noise word e = sigma(u) - 0.",
    ),
    "noise-as-positive": Hint(
        "the noise words are treated as positive ones",
        "Their label is 0, so e = sigma(u), not sigma(u) - 1.",
    ),
    "noise-sign": Hint(
        "the sign of the noise words is turned round",
        "The gradient of a noise word is +sigma(u) h: descent moves it away from h.",
    ),
    "noise-loss-sign": Hint(
        "the noise words' part of the loss has the wrong sign",
        "Both parts are subtracted: -log sigma(u_pos) - sum log sigma(-u_neg).",
    ),
    "noise-loss-minus": Hint(
        "the minus inside sigma(-u) of the noise words is missing",
        "The noise words should score low: their part of the loss is -log sigma(-u).",
    ),
    "sigma-factor": Hint(
        "the derivative of the logarithm is forgotten: one sigma too many",
        "d log sigma(u)/du = sigma'(u)/sigma(u) = 1 - sigma(u); the sigma in front cancels.",
    ),
    "positive-missing": Hint(
        "the positive word's part is missing",
        "Add the term of w_O: (sigma(u) - 1), label 1, to those of the noise words.",
    ),
    "not-scattered": Hint(
        "the rows are not put at their words",
        "You return one row a draw. The gradient of the matrix has V rows: add each row at its word's id.",
    ),
    "index-by-word": Hint(
        "an array of K entries is indexed with a word id",
        "sig has one entry a draw: write sig[k], not sig[negs[k]].",
    ),
    "off-by-one": Hint(
        "one noise word is left out", "The loop runs over all K noise words: range(K), not range(K - 1)."
    ),
    "hard-coded-K": Hint(
        "the number of noise words is fixed in the code", "Loop over the words that are given: range(K)."
    ),
    "every-row": Hint(
        "every row is changed, not only the rows of the words drawn",
        "Write the word's index: grad[k] += ..., not grad += ....",
    ),
    "sigmoid-sign": Hint("the sign in the exponent of sigma is wrong", "sigma(u) = 1 / (1 + exp(-u))."),
    "sigmoid-without-one": Hint(
        "sigma without its 1 +", "sigma(u) = 1 / (1 + exp(-u)); 1 / exp(-u) is not between 0 and 1."
    ),
    "every-input-row": Hint(
        "the gradient is added to every row of the input vectors",
        "Only the rows of the input words change: grad[c] += g, not grad += g.",
    ),
    "after-loop": Hint(
        "only the last context word counts: the sum stands after the loop",
        "Add inside the for loop, once for each context word.",
    ),
    "inside-loop": Hint(
        "only the first context word counts: the function returns inside the loop",
        "Move the return statement out of the for loop.",
    ),
    "digit-one": Hint("1 is added instead of the loss l", "loss += l: the letter, not the digit."),
    "own-loss": Hint(
        "the loss function that was handed over is not used",
        "Call the function in the parameter word2vecLossAndGradient, whatever it is.",
    ),
    "padded": Hint(
        "missing context words are replaced by word 0",
        "At the edge of a sentence use only the words that exist.",
    ),
    "context-once": Hint(
        "a repeated context word counts once",
        "grad[ctx] += g adds once to a repeated index. Use np.add.at(grad, ctx, g), or a loop.",
    ),
    "center-row": Hint(
        "the gradient goes to the word in the middle",
        "h is made of the context words' vectors: each of their rows gets its share of EH.",
    ),
    "undivided": Hint(
        "1/C is missing on the way back",
        "h is the mean of C vectors, so each of them gets EH / C.",
    ),
    "empty-context": Hint(
        "a position without context words is not skipped",
        "The mean of no vectors is 0 / 0. Skip a position that has no context.",
    ),
    "code-as-label": Hint(
        "the code is used as the label",
        "Code 0 turns left, and sigma(u) is the probability of left: the label is t = 1 - code.",
    ),
    "saturated-skipped": Hint(
        "nodes with a score beyond 6 are skipped",
        "word2vec.c does so for speed. Where such a node is wrong, its error is close to 1, and it is lost.",
    ),
    "turn-left-out": Hint(
        "left and right turns are treated alike",
        "The sign [[.]] is -1 where the path turns right; there the label is 0.",
    ),
    "ascent": Hint("the step goes uphill", "Subtract eta times the gradient: new = old - eta * gradient."),
    "rate-missing": Hint("the learning rate is missing", "new = old - eta * gradient."),
    "new-output-vectors": Hint(
        "EH is made from output vectors that have already been changed",
        "Compute both gradients at the old values, then make both steps.",
    ),
    "fresh-draws": Hint(
        "the same arguments give another answer each time",
        "A gradient check needs one fixed loss: draw the noise words once, or restore the generator's state.",
    ),
    "greedy": Hint(
        "the likelier child at every node does not lead to the likeliest word",
        "Compare the probabilities of the leaves: each is the product over its whole path.",
    ),
    "counts-for-frequencies": Hint(
        "counts are used where frequencies belong",
        "Divide each count by the total first: f = count / total.",
    ),
    "noise-power": Hint(
        "the power of the noise distribution is not 3/4",
        "P_n(w) is count(w)**0.75, divided by the sum over all words.",
    ),
    "both-zero": Hint(
        "both matrices start at zero",
        "Then h and every gradient are zero for ever. Start at least one of them at random.",
    ),
    "epsilon": Hint(
        "a small number is added inside the logarithm",
        "Use log sigma(u) = -log(1 + exp(-u)), or log-sum-exp.",
    ),
    "clipped-probability": Hint(
        "probabilities are clipped", "Use log sigma(u) = -log(1 + exp(-u)), or log-sum-exp."
    ),
    "clipped-score": Hint("scores are clipped", "sigma(u) can be computed for any u without clipping."),
}

SPOKEN = {
    "E": "the loss",
    "EH": "the gradient of the loss with respect to h",
    "EI": "the summed error EI",
    "dW": "the gradient with respect to the input vectors W",
    "dW_out": "the gradient with respect to the output vectors W_out",
    "d_context": "the gradient with respect to the context words' input vectors",
    "d_each": "the gradient with respect to one context word's input vector",
    "d_pos": "the gradient with respect to the positive word's output vector",
    "d_neg": "the gradient with respect to the noise words' output vectors",
    "d_path": "the gradient with respect to the inner nodes' vectors",
    "d_rows": "the gradient with respect to the output vectors that take part",
    "h": "the hidden layer h",
    "u": "the scores u",
    "y": "the prediction y",
    "e": "the error e",
    "p": "the probability of the target word",
    "log_likelihood": "the log-likelihood",
    "W_new": "the input vectors after the step",
    "W_out_new": "the output vectors after the step",
    "h_new": "the input vector after the step",
    "pos_new": "the positive word's output vector after the step",
    "neg_new": "the noise words' output vectors after the step",
    "path_new": "the inner nodes' vectors after the step",
}

BY_OBJECTIVE = {
    "softmax": {
        "E": 7,
        "u": 2,
        "y": 3,
        "e": 8,
        "dW_out": 9,
        "EH": 12,
        "W_out_new": 11,
        "d_pos": 9,
        "d_rows": 9,
    },
    "hierarchical": {
        "E": 46,
        "u": 46,
        "y": 39,
        "e": 49,
        "dW_out": 50,
        "EH": 53,
        "W_out_new": 51,
        "path_new": 51,
    },
    "negative": {
        "E": 55,
        "u": 55,
        "y": 57,
        "e": 57,
        "dW_out": 58,
        "EH": 61,
        "W_out_new": 59,
        "pos_new": 59,
        "neg_new": 59,
    },
}
BY_SIDE = {
    "one-word": {"h": 1, "dW": 15, "W_new": 16, "h_new": 16},
    "cbow": {"h": 17, "dW": 23, "W_new": 23, "d_context": 23, "d_each": 23, "h_new": 23},
    "skip-gram": {"h": 24, "dW": 35, "W_new": 35, "h_new": 35},
}
SOFTMAX_SKIPGRAM = {"E": 29, "y": 25, "u": 26, "e": 30, "EI": 31, "dW_out": 32, "EH": 36, "W_out_new": 34}


def equation_of(objective: str, input_side: str, quantity: str) -> int | None:
    """The number of the equation of the paper that gives this quantity in this model; None for NCE's own.

    Examples
    --------
    >>> equation_of("negative", "one-word", "EH"), equation_of("softmax", "cbow", "dW")
    (61, 23)
    """
    side, output = BY_SIDE[input_side], dict(BY_OBJECTIVE.get(objective, {}))
    if objective == "softmax" and input_side == "skip-gram":
        output |= SOFTMAX_SKIPGRAM
    if objective == "softmax" and input_side == "cbow":
        output |= {"E": 20, "W_out_new": 22}
    output |= {
        name: output["dW_out"] for name in ("d_pos", "d_neg", "d_path", "d_rows") if "dW_out" in output
    }
    output |= {name: output["E"] for name in ("p", "log_likelihood") if "E" in output}
    return side.get(quantity, output.get(quantity))


def spoken(quantity: str) -> str:
    """How a message speaks of a quantity."""
    return SPOKEN.get(quantity, quantity)
