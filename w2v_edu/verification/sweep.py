"""The sweep: every row of the ledger, at every model it speaks about, against every witness."""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from w2v_edu.corpus import Corpus
from w2v_edu.fast.batch import batch_trace
from w2v_edu.ledger import LEDGER, Equation
from w2v_edu.ledger.check import check_alone, check_equation, is_alone
from w2v_edu.model import InputSide
from w2v_edu.objectives import objective_name
from w2v_edu.reference import trace
from w2v_edu.verification.cases import MODELS, Case, input_side_name, random_cases
from w2v_edu.verification.from_text import text_cases
from w2v_edu.verification.report import Finding, Report, Row

if TYPE_CHECKING:
    from w2v_edu.symbolic.proofs import Proof

__all__ = ["check_case", "chosen_models", "verify"]

Model = tuple[InputSide, str]


def verify(
    corpus: Corpus | None = None,
    *,
    rows: Sequence[Equation] = LEDGER,
    models: tuple[Model, ...] = MODELS,
    count: int = 3,
    seed: int = 0,
    prove: bool = True,
    processes: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Hold the ledger against the witnesses, at random models and on a text; and ask the prover.

    Parameters
    ----------
    corpus : Corpus, optional
        One more case of each model is read off it.
    rows : sequence of Equation
        The rows to check; all of them if not given.
    models : tuple of (input side, objective)
        All twelve if not given.
    count, seed : int
        Random models of each kind, and where their numbers come from.
    prove : bool
        Whether the prover is asked, too; without it no row is graded better than checked.
    processes : int, optional
        Worker processes; as many as there are processors if not given, none for few rows.
    progress : callable, optional
        Told (done, all) after each case.

    Returns
    -------
    Report
    """
    start = time.perf_counter()
    cases = list(random_cases(models, count, seed))
    if corpus is not None:
        cases += text_cases(corpus, models, 1, seed)
    rows = tuple(rows)
    job = partial(check_case, rows=rows, seed=seed)
    workers = os.cpu_count() or 1 if processes is None else processes
    if workers > 1 and len(cases) * len(rows) > 200:
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(workers) as pool:
            proofs = pool.submit(_prove, rows if prove else ())
            found = _collect(pool.map(job, cases), len(cases), progress)
            proved = proofs.result()
    else:
        proved = _prove(rows) if prove else {}
        found = _collect(map(job, cases), len(cases), progress)
    for row in rows:
        if is_alone(row):
            found[row.number] = _check_alone(row, max(1, count), seed)
    finished = tuple(_row(row, found.get(row.number, []), proved.get(row.number)) for row in rows)
    return Report(finished, len(cases), corpus.name if corpus else "random", time.perf_counter() - start)


def chosen_models(model: str | None, objective: str | None) -> tuple[Model, ...]:
    """The models that an input side and an objective, or one of them, pick out of the twelve.

    Examples
    --------
    >>> chosen_models("cbow", "hs")
    (('cbow', 'hierarchical'),)
    """
    side = input_side_name(model) if model else None
    name = objective_name(objective) if objective else None
    return tuple(pair for pair in MODELS if side in (None, pair[0]) and name in (None, pair[1]))


def check_case(case: Case, rows: Iterable[Equation], seed: int) -> list[Finding]:
    """All rows that speak about the model of one case, against all witnesses."""
    kept = trace(case.params, case.example, case.objective)
    batch = batch_trace(case.params, [case.example], case.objective)
    where = f"{'/'.join(case.model)} on {case.source}"
    found = []
    for row in rows:
        if row.where(*case.model):
            rng = np.random.default_rng(seed)
            checks = check_equation(row, case.params, case.example, case.objective, rng, kept, batch)
            found += [Finding(row.number, check.witness, check.error, where) for check in checks]
    return found


def _check_alone(row: Equation, count: int, seed: int) -> list[Finding]:
    """A row that speaks about none of the twelve models brings its own numbers."""
    rngs = [np.random.default_rng((seed, repeat)) for repeat in range(count)]
    return [
        Finding(row.number, check.witness, check.error, f"{row.models[0]} {repeat}")
        for repeat, rng in enumerate(rngs)
        for check in check_alone(row, rng)
    ]


def _collect(
    results: Iterable[list[Finding]], total: int, progress: Callable[[int, int], None] | None
) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for done, findings in enumerate(results, 1):
        for finding in findings:
            found.setdefault(finding.number, []).append(finding)
        if progress is not None:
            progress(done, total)
    return found


def _prove(rows: tuple[Equation, ...]) -> dict[str, "Proof"]:
    """What the prover says of each row; SymPy is loaded here and nowhere before."""
    from w2v_edu.symbolic.proofs import proved_rows

    return proved_rows(rows)


def _row(row: Equation, findings: list[Finding], proof: "Proof | None") -> Row:
    """A proof counts only where the numbers agree; and a definition is no claim that could be proved."""
    numbers = Row(row, row.grade, tuple(findings))
    if proof is None or proof.verdict != "proved" or not numbers.ok or row.grade != "checked":
        return numbers
    return replace(numbers, grade="proved", seconds=proof.seconds, assumption=proof.assumption)
