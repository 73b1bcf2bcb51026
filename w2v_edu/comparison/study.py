"""The whole comparison: what is run, and what is kept of it, as plain data that JSON can hold."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from w2v_edu.comparison.cost import SIZES, Cost, fit_line, growth, measure_K, measure_V
from w2v_edu.comparison.learned import (
    analogy_score,
    chance_of_topics,
    neighbours,
    topic_score,
    word_map,
)
from w2v_edu.comparison.parts import Part, split_text
from w2v_edu.comparison.runs import Curve, Plan
from w2v_edu.comparison.sweep import Pair, Sweep, sweep
from w2v_edu.comparison.truth import angles, collapse, full_rank, pair_shares
from w2v_edu.corpus import Corpus, ZipfTopics, toy, zipf_corpus
from w2v_edu.model import InputSide
from w2v_edu.objectives import OBJECTIVES

__all__ = ["DEFAULT", "QUICK", "SIDES", "Report", "study"]

Report = dict[str, Any]

SIDES: tuple[InputSide, ...] = ("one-word", "cbow", "skip-gram")
DEFAULT = Plan(epochs=8, stretches=4)
QUICK = Plan(epochs=3, stretches=3, rates=(0.1, 0.3), seeds=(1, 2))
QUICK_WORDS, MOST_WORDS = 4_000, 50_000
MAP_WORDS, PROBES = 28, 5
PLANTED = ZipfTopics(V=300, n_topics=5, function_words=20, purity=0.8)
PLANTED_WORDS = 20_000


def study(
    corpus: Corpus | None = None,
    *,
    plan: Plan | None = None,
    quick: bool = False,
    sides: Sequence[str] = SIDES,
    objectives: Sequence[str] = OBJECTIVES,
    jobs: int = 1,
    backend: str | None = None,
    scheduler: str | None = None,
    max_words: int | None = None,
    softmax_seconds: float = 60.0,
    progress: Callable[[str, float], None] | None = None,
) -> Report:
    """Compare the objectives.

    Parameters
    ----------
    corpus : Corpus, optional
        Royal families and capitals if not given; topics are then planted in a second text.
    plan : Plan, optional
        Sizes, rates and seeds.
    quick : bool
        Less of everything, in a few seconds.
    sides, objectives : sequence of str
        Which of them.
    jobs, backend, scheduler
        As for `run_all`.
    max_words : int, optional
        A longer text is cut there; 50,000 if not given, 4,000 if quick.
    softmax_seconds : float
        How long softmax may take to show its cost.
    progress : callable, optional
        Called with what is going on and the part of it that is done.

    Returns
    -------
    dict
        Keys: corpus, settings, results (objective, then input side), topics, cost, truth, problem.
    """
    tell = progress or (lambda what, done: None)
    plan = plan or (QUICK if quick else DEFAULT)
    text = corpus if corpus is not None else toy("royal-capitals")
    training, held_out = split_text(text, max_words=max_words or (QUICK_WORDS if quick else MOST_WORDS))
    analogies = [one for one in text.analogies if set(one) <= set(training.words)]
    shown = _map_words(training, [word for one in analogies for word in one])
    plan = replace(plan, map_words=tuple(training.words.index(word) for word in shown))
    where: dict[str, Any] = {"jobs": jobs, "backend": backend, "scheduler": scheduler}
    found = sweep(
        training, held_out, plan, sides, objectives,
        progress=lambda ready, total: tell("training", ready / total), **where,
    )  # fmt: skip
    report: Report = {
        "corpus": {
            "name": text.name,
            "words": training.n_tokens,
            "held_out": held_out.n_tokens,
            "V": len(training.words),
            "analogies": len(analogies),
        },
        "settings": asdict(plan),
        "results": _results(found, analogies, shown),
        "topics": None,
        "problem": found.problem,
    }
    if found.problem:
        return report
    try:
        tell("topics", 0.0)
        topics = _topics_of(text, training)
        if topics is not None:
            report["topics"] = _topics(text.name, found, topics)
        elif corpus is None:
            report["topics"] = _planted(quick, objectives, where)
        tell("truth", 0.0)
        truth = _truth(training, plan, quick)
        tell("cost", 0.0)
        report |= {"truth": truth, "cost": _cost(quick, plan.negative, softmax_seconds)}
    except KeyboardInterrupt:
        report["problem"] = "stopped: all runs are ready, cost and truth are not"
    tell("done", 1.0)
    return report


def _map_words(training: Part, planted: list[str]) -> tuple[str, ...]:
    """The words of planted analogies; else frequent ones, without the most frequent, which say little."""
    words = list(dict.fromkeys(planted)) or list(training.words[20 : 20 + MAP_WORDS])
    words = words if len(words) >= 3 else list(training.words)
    return tuple(words[:MAP_WORDS])


def _results(found: Sweep, analogies: list[Any], shown: tuple[str, ...]) -> Report:
    results: Report = {}
    for (side, objective), curves in found.curves.items():
        results.setdefault(objective, {})[side] = _result(found, (side, objective), curves, analogies, shown)
    return results


def _result(
    found: Sweep, pair: Pair, curves: tuple[Curve, ...], analogies: list[Any], shown: tuple[str, ...]
) -> Report:
    first = curves[0]
    final = [one.exact[-1] for one in curves]
    way = word_map(first, shown)
    rates = found.rates[pair]
    return {
        "alpha": found.best[pair],
        "at_edge": len(rates) > 1 and found.best[pair] in (min(rates), max(rates)),
        "problem": first.problem,
        "seeds": [one.task.seed for one in curves],
        "words": list(first.words),
        "seconds": [list(one.seconds) for one in curves],
        "own": [list(one.own) for one in curves],
        "exact": [list(one.exact) for one in curves],
        "final": {"mean": float(np.mean(final)), "low": min(final), "high": max(final)},
        "words_per_second": float(np.median([one.words[-1] / one.seconds[-1] for one in curves])),
        "rates": {
            str(alpha): {"own": list(one.own), "exact": list(one.exact)} for alpha, one in rates.items()
        },
        "analogies": analogy_score(curves, analogies)._asdict() if analogies else None,
        "neighbours": {word: list(near) for word, near in neighbours(first, shown[:PROBES]).items()},
        "map": {"words": list(way.words), "places": way.places.round(4).tolist(), "share": way.share},
    }


def _topics_of(text: Corpus, training: Part) -> Any:
    if text.topics is None:
        return None
    return np.array([text.topics[text.vocabulary.id(word)] for word in training.words])


def _topics(name: str, found: Sweep, topics: Any) -> Report:
    scores: Report = {}
    for (side, objective), curves in found.curves.items():
        scores.setdefault(objective, {})[side] = topic_score(curves, topics)._asdict()
    return {
        "corpus": name,
        "chance": chance_of_topics(topics),
        "groups": int(topics.max()) + 1,
        "scores": scores,
    }


def _planted(quick: bool, objectives: Sequence[str], where: dict[str, Any]) -> Report:
    """A text by dice with known topics; a single learning rate will do."""
    text = zipf_corpus(6_000 if quick else PLANTED_WORDS, np.random.default_rng(0), PLANTED, min_count=2)
    training, held_out = split_text(text, share=0.02)
    plan = Plan(epochs=3, stretches=1, rates=(0.1,), seeds=(1, 2) if quick else (1, 2, 3))
    found = sweep(training, held_out, plan, ("cbow", "skip-gram"), objectives, **where)
    return _topics("zipf-topics, 300 words", found, _topics_of(text, training))


def _truth(training: Part, plan: Plan, quick: bool) -> Report:
    largest = 30 if quick else 100
    P = pair_shares(training, plan.window, largest)
    small = pair_shares(toy("drink-eat"), 2)
    common = P[:60, :60] / P[:60, :60].sum()
    return {
        "V": len(P),
        "angles": [one._asdict() for one in angles(P)],
        "full_rank": [one._asdict() for one in full_rank(small, K=plan.negative or 5)],
        "collapse": [one._asdict() for one in collapse(common, K=plan.negative or 5)],
    }


def _cost(quick: bool, K: int, budget: float) -> Report:
    against_V = measure_V(SIZES[:3] if quick else SIZES, K or 5, budget)
    against_K = measure_K((1, 5, 20) if quick else (1, 2, 5, 10, 20, 40), 1_000 if quick else 10_000)
    return {
        "V": [one._asdict() for one in against_V],
        "K": [one._asdict() for one in against_K],
        "growth": {name: growth(against_V, name)._asdict() for name in OBJECTIVES},
        "growth_K": {name: _line_in_K(against_K, name) for name in ("negative", "nce")},
    }


def _line_in_K(costs: tuple[Cost, ...], name: str) -> Report:
    mine = [one for one in costs if one.objective == name]
    slope, start, R2 = fit_line(
        np.array([one.K for one in mine]), np.array([one.seconds for one in mine]) * 1e6
    )
    return {"microseconds_each": slope, "microseconds_at_0": start, "R2": R2}
