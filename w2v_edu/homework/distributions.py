"""Noise distributions, samplers, subsampling: exactly where they show probabilities, else by a test."""

from collections.abc import Sequence
from functools import partial
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v_edu.corpus.subsampling import keep_probability
from w2v_edu.homework.things import Case, Kind, Strange, numbers
from w2v_edu.homework.wire import StandIn
from w2v_edu.noise import Noise

__all__ = ["DISTRIBUTIONS", "FALSE_ALARM", "chi_square_limit", "fits"]

FALSE_ALARM = 1e-6  # how often a right sampler is called wrong
DRAWS = 20_000
COUNTS = dict.fromkeys(
    [
        "counts",
        "count",
        "freq",
        "freqs",
        "frequencies",
        "word_counts",
        "unigram_counts",
        "token_counts",
        "wordcounts",
        "c",
    ],
    "counts",
)
SIZE = dict.fromkeys(["K", "k", "n", "size", "num", "num_samples", "n_samples"], "draws")
GENERATOR = dict.fromkeys(["rng", "generator", "random_state", "gen"], "rng")
ALPHA = dict.fromkeys(["alpha", "power", "exponent"], "alpha")


def _counts(seed: int) -> list[tuple[str, NDArray[np.int64]]]:
    rng = np.random.default_rng([seed, 77])
    return [
        ("with seven words", rng.integers(2, 200, 7)),
        ("with two words", np.array([9, 1])),
        ("with twelve words", rng.integers(1, 1000, 12)),
        ("where all words are equally frequent", np.full(5, 4)),
    ]


def _noise_cases(seed: int, name: str, roles: Sequence[str]) -> list[Case]:
    return [_noise_case(label, counts) for label, counts in _counts(seed)]


def _noise_case(label: str, counts: Any) -> Case:
    wrong = tuple(
        ("noise-power", Noise.from_counts(counts, power).p) for power in (0.5, 1.0, 0.0, 0.25, 1 / 3)
    )
    return Case(
        label,
        {"counts": counts, "alpha": StandIn("float", 0.75)},
        lambda value: _distribution(value, len(counts)),
        {"": Noise.from_counts(counts).p},
        wrong,
    )


def _distribution(value: Any, size: int) -> Any:
    found = numbers(value, size)
    if isinstance(found, np.ndarray) and not abs(float(found.sum()) - 1) < 1e-6:
        return Strange(f"the probabilities sum to {float(found.sum()):.6g}, not to 1")
    return found


def _keep_cases(seed: int, name: str, roles: Sequence[str]) -> list[Case]:
    leaves_out = any(word in name.lower() for word in ("discard", "drop", "remove", "leave", "prob_out"))
    cases = []
    for (label, counts), t in zip(_counts(seed), (0.05, 0.2, 1e-3, 0.01), strict=True):
        f = counts / counts.sum()
        keep, c_keep = keep_probability(counts, t), keep_probability(counts, t, rule="word2vec.c")
        right = {"": keep, "not limited to 1": np.sqrt(t / f), "the formula of word2vec.c": c_keep}
        right["the formula of word2vec.c, not limited to 1"] = np.sqrt(t / f) + t / f
        wrong = np.sqrt(t / counts)
        out = {
            "the probability of leaving a word out": 1 - keep,
            "below 0 where a word always stays": 1 - np.sqrt(t / f),
        }
        if leaves_out:
            right, wrong = {"": 1 - keep, "below 0 where a word always stays": 1 - np.sqrt(t / f)}, 1 - wrong
        elif "keep" not in name.lower():
            right |= out
        slips = [wrong, np.minimum(wrong, 1), np.maximum(wrong, 0), 1 - np.sqrt(t / counts)]
        cases.append(
            Case(
                label,
                {"counts": counts, "f": f, "t": StandIn("float", t)},
                partial(numbers, size=len(counts)),
                right,
                tuple(("counts-for-frequencies", slip) for slip in slips),
            )
        )
    return cases


def _draw_cases(seed: int, name: str, roles: Sequence[str]) -> list[Case]:
    cases = []
    for label, counts in _counts(seed)[:3]:
        p = Noise.from_counts(counts).p
        powers = [Noise.from_counts(counts, power).p for power in (0.5, 1.0, 0.0)]
        cases.append(
            Case(
                f"{label}, {DRAWS} draws",
                {
                    "counts": counts,
                    "p": p,
                    "draws": StandIn("int", DRAWS),
                    "rng": StandIn("generator", seed + 1),
                    "alpha": StandIn("float", 0.75),
                },
                partial(_tally, size=len(counts)),
                {"": p},
                tuple(("noise-power", power) for power in powers) if "counts" in roles else (),
                agrees=fits,
            )
        )
    return cases


def _kept_cases(seed: int, name: str, roles: Sequence[str]) -> list[Case]:
    """A whole text in, the words that stay out: how many of each word stay is held against a binomial."""
    cases = []
    for (label, few), t in zip(_counts(seed)[:3], (0.05, 0.2, 0.01), strict=True):
        counts = 40 * np.asarray(few)
        tokens = np.random.default_rng([seed, 78]).permutation(np.repeat(np.arange(len(counts)), counts))
        rules = {"": "paper", "the formula of word2vec.c": "word2vec.c"}
        right = {said: counts * keep_probability(counts, t, rule=rule) for said, rule in rules.items()}  # type: ignore[arg-type]  # the two rules by name
        given = {"tokens": tokens, "counts": counts, "f": counts / counts.sum()}
        given |= {"t": StandIn("float", t), "rng": StandIn("generator", seed + 1)}
        read = partial(_tally_of_kept, counts=counts)
        wrong = (("counts-for-frequencies", counts * np.minimum(1, np.sqrt(t / counts))),)
        cases.append(
            Case(
                f"{label}, in a text of {len(tokens)}",
                given,
                read,
                right,
                wrong,
                agrees=partial(_stay, counts),
            )
        )
    return cases


def _tally_of_kept(value: Any, counts: NDArray[np.int64]) -> Any:
    found = numbers(value)
    if isinstance(found, Strange):
        return found
    if not np.isin(found, np.arange(len(counts))).all():
        return Strange(f"it gives something that is no word id from 0 to {len(counts) - 1}")
    tally = np.bincount(found.astype(np.int64), minlength=len(counts))
    more = np.flatnonzero(tally > counts)
    return Strange(f"word {more[0]} comes out more often than it went in") if len(more) else tally


def _stay(counts: NDArray[np.int64], tally: Any, expected: Any) -> bool:
    """Whether so many of each word may have stayed; a word that is always kept must be there every time."""
    drawn = (expected > 0) & (expected < counts)
    if not np.array_equal(tally[~drawn], expected[~drawn]):
        return False
    variance = (expected * (1 - expected / counts))[drawn]
    score = ((tally[drawn] - expected[drawn]) ** 2 / variance).sum()
    return bool(score < chi_square_limit(max(1, int(drawn.sum()))))


def _tally(value: Any, size: int) -> Any:
    found = numbers(value)
    if isinstance(found, Strange):
        return found
    if len(found) != DRAWS:
        return Strange(f"it gives {len(found)} words; expected {DRAWS}")
    if not np.isin(found, np.arange(size)).all():
        return Strange(f"it gives something that is no word id from 0 to {size - 1}")
    return np.bincount(found.astype(np.int64), minlength=size)


def fits(tally: Any, p: Any) -> bool:
    """Pearson's chi-square test of counts against a distribution, at a false-alarm rate of one in a million.

    Examples
    --------
    >>> fits(np.array([5030, 4970]), np.array([0.5, 0.5])), fits(np.array([6000, 4000]), np.array([0.5, 0.5]))
    (True, False)
    """
    expected = tally.sum() * np.asarray(p)
    return bool(((tally - expected) ** 2 / expected).sum() < chi_square_limit(len(expected) - 1))


def chi_square_limit(degrees: int, rate: float = FALSE_ALARM) -> float:
    """What a chi-square of so many degrees of freedom exceeds at this rate, by Wilson and Hilferty's formula.

    Examples
    --------
    >>> round(chi_square_limit(6), 1)  # exactly 38.3: it errs on the side of the student
    39.7
    """
    z = NormalDist().inv_cdf(1 - rate)
    part = 2 / (9 * degrees)
    return float(degrees * (1 - part + z * part**0.5) ** 3)


DISTRIBUTIONS = (
    Kind(
        "noise distribution",
        "the noise distribution P_n",
        r"noise_?(dist|prob)|unigram|^p_n$|negative_(dist|prob)|sampling_(dist|prob|weights)",
        COUNTS | ALPHA,
        _noise_cases,
        needed=frozenset({"counts"}),
        case_for=_noise_case,
    ),
    Kind(
        "subsampler",
        "the words that subsampling keeps",
        r"subsampl|downsampl|keep_words|drop_frequent",
        COUNTS
        | GENERATOR
        | dict.fromkeys(["f", "z"], "f")
        | {"t": "t", "threshold": "t", "sample": "t"}
        | dict.fromkeys(["tokens", "words", "text", "ids", "sentence", "corpus"], "tokens"),
        _kept_cases,
        needed=frozenset({"tokens", "t"}),
    ),
    Kind(
        "subsampling",
        "the subsampling rule",
        r"keep|discard|subsampl|drop_prob",
        {**COUNTS, **dict.fromkeys(["f", "freq", "freqs", "frequencies", "z"], "f")}
        | {"t": "t", "threshold": "t", "sample": "t"},
        _keep_cases,
        needed=frozenset({"t"}),
    ),
    Kind(
        "noise sampler",
        "the noise words drawn",
        r"(sample|draw)_?(neg|noise)|neg(ative)?_?sampler|noise_words",
        COUNTS | SIZE | GENERATOR | ALPHA | dict.fromkeys(["p", "P_n", "probs", "noise_p"], "p"),
        _draw_cases,
        needed=frozenset({"draws"}),
    ),
)
