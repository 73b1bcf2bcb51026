"""CS224n homework files in both historical forms, as text: the parts are put together by the tests."""

HEAD_2019 = """#!/usr/bin/env python
import argparse
import numpy as np
import random

from utils.gradcheck import gradcheck_naive, grad_tests_softmax, grad_tests_negsamp
from utils.utils import normalizeRows, softmax


def sigmoid(x):
    return 1 / (1 + np.exp(-x))

"""

SOFTMAX_2019 = """
def naiveSoftmaxLossAndGradient(centerWordVec, outsideWordIdx, outsideVectors, dataset):
    y_hat = softmax(np.dot(outsideVectors, centerWordVec))
    loss = -np.log(y_hat[outsideWordIdx])
    delta = y_hat.copy()
    delta[outsideWordIdx] -= 1
    gradCenterVec = np.dot(outsideVectors.T, delta)
    gradOutsideVecs = np.outer(delta, centerWordVec)
    return loss, gradCenterVec, gradOutsideVecs

"""

SAMPLES = """
def getNegativeSamples(outsideWordIdx, dataset, K):
    negSampleWordIndices = [None] * K
    for k in range(K):
        newidx = dataset.sampleTokenIdx()
        while newidx == outsideWordIdx:
            newidx = dataset.sampleTokenIdx()
        negSampleWordIndices[k] = newidx
    return negSampleWordIndices

"""

NEGATIVE_2019 = """
def negSamplingLossAndGradient(centerWordVec, outsideWordIdx, outsideVectors, dataset, K=10):
    negSampleWordIndices = getNegativeSamples(outsideWordIdx, dataset, K)
    indices = [outsideWordIdx] + negSampleWordIndices
    labels = np.array([1] + [-1] * K)
    vecs = outsideVectors[indices]
    t = sigmoid(vecs.dot(centerWordVec) * labels)
    loss = -np.sum(np.log(t))
    delta = labels * (t - 1)
    gradCenterVec = delta.dot(vecs)
    gradOutsideVecs = np.zeros_like(outsideVectors)
    for k, idx in enumerate(indices):
        gradOutsideVecs[idx] += delta[k] * centerWordVec
    return loss, gradCenterVec, gradOutsideVecs

"""

SKIPGRAM_2019 = """
def skipgram(currentCenterWord, windowSize, outsideWords, word2Ind,
             centerWordVectors, outsideVectors, dataset,
             word2vecLossAndGradient=naiveSoftmaxLossAndGradient):
    loss = 0.0
    gradCenterVecs = np.zeros(centerWordVectors.shape)
    gradOutsideVectors = np.zeros(outsideVectors.shape)
    center = word2Ind[currentCenterWord]
    for word in outsideWords:
        l, gc, go = word2vecLossAndGradient(centerWordVec=centerWordVectors[center],
            outsideWordIdx=word2Ind[word], outsideVectors=outsideVectors, dataset=dataset)
        loss += l
        gradCenterVecs[center] += gc
        gradOutsideVectors += go
    return loss, gradCenterVecs, gradOutsideVectors


if __name__ == "__main__":
    test_word2vec()
"""

HEAD_2015 = """import numpy as np
import random

from q1_softmax import softmax
from q2_gradcheck import gradcheck_naive
from q2_sigmoid import sigmoid, sigmoid_grad

"""

FORM_2015 = """
def softmaxCostAndGradient(predicted, target, outputVectors, dataset):
    probs = softmax(np.dot(outputVectors, predicted))
    cost = -np.log(probs[target])
    delta = probs
    delta[target] -= 1
    gradPred = np.dot(delta, outputVectors)
    grad = delta[:, np.newaxis] * predicted[np.newaxis, :]
    return cost, gradPred, grad


def getNegativeSamples(target, dataset, K):
    indices = [None] * K
    for k in range(K):
        newidx = dataset.sampleTokenIdx()
        while newidx == target:
            newidx = dataset.sampleTokenIdx()
        indices[k] = newidx
    return indices


def negSamplingCostAndGradient(predicted, target, outputVectors, dataset, K=10):
    indices = [target]
    indices.extend(getNegativeSamples(target, dataset, K))
    grad = np.zeros(outputVectors.shape)
    gradPred = np.zeros(predicted.shape)
    z = sigmoid(np.dot(outputVectors[target], predicted))
    cost = -np.log(z)
    grad[target] += predicted * (z - 1.0)
    gradPred += outputVectors[target] * (z - 1.0)
    for k in range(K):
        samp = indices[k + 1]
        z = sigmoid(np.dot(outputVectors[samp], predicted))
        cost -= np.log(1.0 - z)
        grad[samp] += predicted * z
        gradPred += outputVectors[samp] * z
    return cost, gradPred, grad


def skipgram(currentWord, C, contextWords, tokens, inputVectors, outputVectors,
             dataset, word2vecCostAndGradient=softmaxCostAndGradient):
    cost = 0.0
    gradIn = np.zeros(inputVectors.shape)
    gradOut = np.zeros(outputVectors.shape)
    c = tokens[currentWord]
    for j in contextWords:
        cc, gp, gg = word2vecCostAndGradient(inputVectors[c, :], tokens[j], outputVectors, dataset)
        cost += cc
        gradIn[c, :] += gp
        gradOut += gg
    return cost, gradIn, gradOut


def cbow(currentWord, C, contextWords, tokens, inputVectors, outputVectors,
         dataset, word2vecCostAndGradient=softmaxCostAndGradient):
    gradIn = np.zeros(inputVectors.shape)
    indices = [tokens[w] for w in contextWords]
    predicted = np.sum(inputVectors[indices], axis=0)
    cost, gp, gradOut = word2vecCostAndGradient(predicted, tokens[currentWord], outputVectors, dataset)
    for i in indices:
        gradIn[i] += gp
    return cost, gradIn, gradOut
"""

FILE_2019 = HEAD_2019 + SOFTMAX_2019 + SAMPLES + NEGATIVE_2019 + SKIPGRAM_2019
FILE_2015 = HEAD_2015 + FORM_2015

# (what to replace, by what): a change that leaves the file right
RIGHT_EDITS = {
    "as it is": ("", ""),
    "K is 12": ("dataset, K=10)", "dataset, K=12)"),
    "target kept": (
        "        while newidx == outsideWordIdx:\n            newidx = dataset.sampleTokenIdx()\n",
        "",
    ),
    "row gradients": (
        "gradCenterVec = np.dot(outsideVectors.T, delta)",
        "gradCenterVec = np.dot(delta[None, :], outsideVectors)",
    ),
    "one-element loss": ("loss = -np.sum(np.log(t))", "loss = np.array([-np.sum(np.log(t))])"),
    "matrix": (
        "gradOutsideVecs = np.outer(delta, centerWordVec)",
        "gradOutsideVecs = np.asmatrix(np.outer(delta, centerWordVec))",
    ),
    "add.at": (
        "    for k, idx in enumerate(indices):\n        gradOutsideVecs[idx] += delta[k] * centerWordVec\n",
        "    np.add.at(gradOutsideVecs, indices, np.outer(delta, centerWordVec))\n",
    ),
    "positional": (
        "centerWordVec=centerWordVectors[center],\n            outsideWordIdx=word2Ind[word], "
        "outsideVectors=outsideVectors, dataset=dataset)",
        "centerWordVectors[center], word2Ind[word], outsideVectors, dataset)",
    ),
    "flattened": (
        "np.dot(outsideVectors, centerWordVec)",
        "np.dot(outsideVectors, centerWordVec.reshape(-1, 1)).flatten()",
    ),
    "inner sum": ("loss = -np.sum(np.log(t))", "loss = -sum(float(np.log(x)) for x in t)"),
    "prints": ("    loss = -np.sum(np.log(t))", "    print('debug', K)\n    loss = -np.sum(np.log(t))"),
    "command line": (
        "import random\n",
        "import random\nparser = argparse.ArgumentParser()\nargs = parser.parse_args()\n",
    ),
}

# key, function, (what to replace, by what)
WRONG_2019 = [
    (
        "target-missing",
        "naiveSoftmaxLossAndGradient",
        ("np.dot(outsideVectors.T, delta)", "np.dot(outsideVectors.T, y_hat)"),
    ),
    (
        "label-missing",
        "naiveSoftmaxLossAndGradient",
        ("np.outer(delta, centerWordVec)", "np.outer(y_hat, centerWordVec)"),
    ),
    ("loss-vector", "naiveSoftmaxLossAndGradient", ("-np.log(y_hat[outsideWordIdx])", "-np.log(y_hat)")),
    (
        "loss-sign",
        "naiveSoftmaxLossAndGradient",
        ("-np.log(y_hat[outsideWordIdx])", "np.log(y_hat[outsideWordIdx])"),
    ),
    (
        "transposed",
        "naiveSoftmaxLossAndGradient",
        ("np.outer(delta, centerWordVec)", "np.outer(centerWordVec, delta)"),
    ),
    (
        "dot-for-outer",
        "naiveSoftmaxLossAndGradient",
        (
            "np.outer(delta, centerWordVec)",
            "np.dot(delta, centerWordVec) if len(delta) == len(centerWordVec) else delta @ np.ones(1)",
        ),
    ),
    (
        "alias",
        "naiveSoftmaxLossAndGradient",
        (
            "    loss = -np.log(y_hat[outsideWordIdx])\n    delta = y_hat.copy()\n"
            "    delta[outsideWordIdx] -= 1\n",
            "    delta = y_hat\n    delta[outsideWordIdx] -= 1\n    loss = -np.log(y_hat[outsideWordIdx])\n",
        ),
    ),
    (
        "column-label",
        "naiveSoftmaxLossAndGradient",
        (
            "    delta = y_hat.copy()\n    delta[outsideWordIdx] -= 1\n",
            "    y = np.zeros((len(y_hat), 1))\n    y[outsideWordIdx] = 1\n    delta = y_hat - y\n",
        ),
    ),
    (
        "softmax-of-vector",
        "naiveSoftmaxLossAndGradient",
        (
            "softmax(np.dot(outsideVectors, centerWordVec))",
            "np.resize(softmax(centerWordVec), len(outsideVectors)) if 0 else softmax(centerWordVec)",
        ),
    ),
    (
        "sign",
        "naiveSoftmaxLossAndGradient",
        ("delta[outsideWordIdx] -= 1", "delta = -delta\n    delta[outsideWordIdx] += 1"),
    ),
    (
        "repeats-overwritten",
        "negSamplingLossAndGradient",
        ("gradOutsideVecs[idx] += delta", "gradOutsideVecs[idx] = delta"),
    ),
    (
        "repeats-overwritten",
        "negSamplingLossAndGradient",
        (
            "    for k, idx in enumerate(indices):\n"
            "        gradOutsideVecs[idx] += delta[k] * centerWordVec\n",
            "    gradOutsideVecs[indices] += np.outer(delta, centerWordVec)\n",
        ),
    ),
    (
        "forced-unique",
        "getNegativeSamples",
        (
            "while newidx == outsideWordIdx:",
            "while newidx == outsideWordIdx or newidx in negSampleWordIndices:",
        ),
    ),
    (
        "hard-coded-K",
        "getNegativeSamples",
        ("    negSampleWordIndices = [None] * K\n", "    K = 10\n    negSampleWordIndices = [None] * K\n"),
    ),
    (
        "noise-sign",
        "negSamplingLossAndGradient",
        (
            "        gradOutsideVecs[idx] += delta[k]",
            "        gradOutsideVecs[idx] += np.sign(0.5 - k) * delta[k]",
        ),
    ),
    (
        "not-scattered",
        "negSamplingLossAndGradient",
        (
            "    return loss, gradCenterVec, gradOutsideVecs\n\n\ndef skip",
            "    return loss, gradCenterVec, np.outer(delta, centerWordVec)\n\n\ndef skip",
        ),
    ),
    (
        "every-row",
        "negSamplingLossAndGradient",
        ("gradOutsideVecs[idx] += delta", "gradOutsideVecs += delta"),
    ),
    ("sigmoid-sign", "sigmoid", ("np.exp(-x)", "np.exp(x)")),
    ("sigmoid-without-one", "sigmoid", ("1 / (1 + np.exp(-x))", "1 / np.exp(-x)")),
    ("every-input-row", "skipgram", ("gradCenterVecs[center] += gc", "gradCenterVecs += gc")),
    (
        "after-loop",
        "skipgram",
        ("        gradOutsideVectors += go\n", "    gradOutsideVectors += go if outsideWords else 0\n"),
    ),
    ("digit-one", "skipgram", ("loss += l\n", "loss += 1\n")),
    (
        "inside-loop",
        "skipgram",
        (
            "    return loss, gradCenterVecs, gradOutsideVectors\n",
            "        return loss, gradCenterVecs, gradOutsideVectors\n"
            "    return loss, gradCenterVecs, gradOutsideVectors\n",
        ),
    ),
    (
        "own-loss",
        "skipgram",
        (
            "l, gc, go = word2vecLossAndGradient(",
            "if word2vecLossAndGradient is not naiveSoftmaxLossAndGradient:\n"
            "            word2vecLossAndGradient = naiveSoftmaxLossAndGradient\n"
            "        l, gc, go = word2vecLossAndGradient(",
        ),
    ),
    (
        "padded",
        "skipgram",
        (
            "for word in outsideWords:",
            "for word in outsideWords + ['w0'] * (2 * windowSize - len(outsideWords)):",
        ),
    ),
]
WRONG_2015 = [
    (
        "context-once",
        "cbow",
        ("    for i in indices:\n        gradIn[i] += gp\n", "    gradIn[indices] += gp\n"),
    ),
    ("center-row", "cbow", ("gradIn[i] += gp", "gradIn[tokens[currentWord]] += gp")),
    (
        "undivided",
        "cbow",
        (
            "np.sum(inputVectors[indices], axis=0)",
            "np.sum(inputVectors[indices], axis=0) / max(len(indices), 1)",
        ),
    ),
    (
        "alias",
        "softmaxCostAndGradient",
        (
            "    cost = -np.log(probs[target])\n    delta = probs\n    delta[target] -= 1\n",
            "    delta = probs\n    delta[target] -= 1\n    cost = -np.log(probs[target])\n",
        ),
    ),
    (
        "off-by-one",
        "negSamplingCostAndGradient",
        ("for k in range(K):\n        samp", "for k in range(K - 1):\n        samp"),
    ),
    (
        "hard-coded-K",
        "negSamplingCostAndGradient",
        ("for k in range(K):\n        samp", "for k in range(10):\n        samp"),
    ),
    ("digit-one", "skipgram", ("cost += cc", "cost += 1")),
]
