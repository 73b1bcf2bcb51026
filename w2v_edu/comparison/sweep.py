"""Objectives x input sides x learning rates, the best rate chosen on held-out loss; then more seeds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from w2v_edu.comparison.parallel import run_all
from w2v_edu.comparison.parts import Part
from w2v_edu.comparison.runs import Curve, Plan, Task, run_task
from w2v_edu.errors import W2VError

__all__ = ["Pair", "Sweep", "sweep"]

Pair = tuple[str, str]  # input side, objective


@dataclass(frozen=True, eq=False)
class Sweep:
    """All curves of a comparison.

    Attributes
    ----------
    training, held_out : Part
    plan : Plan
    rates : dict of (input side, objective) to dict of float to Curve
        The first seed at each learning rate.
    best : dict of (input side, objective) to float
        The rate with the lowest held-out loss.
    curves : dict of (input side, objective) to tuple of Curve
        All seeds at that rate.
    problem : str
        Why some runs are missing; empty if none is.
    """

    training: Part
    held_out: Part
    plan: Plan
    rates: dict[Pair, dict[float, Curve]]
    best: dict[Pair, float]
    curves: dict[Pair, tuple[Curve, ...]]
    problem: str


def sweep(
    training: Part,
    held_out: Part,
    plan: Plan,
    sides: Iterable[str],
    objectives: Iterable[str],
    *,
    jobs: int = 1,
    backend: str | None = None,
    scheduler: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Sweep:
    """Run them all. Ctrl-C and a worker that dies end it early; what is ready is kept.

    Parameters
    ----------
    progress : callable, optional
        Called with how many runs are ready, and how many there are.
    jobs, backend, scheduler
        As for `run_all`.

    Raises
    ------
    W2VError
        If not one run could be finished.
    """
    pairs = [(side, objective) for side in sides for objective in objectives]
    total = len(pairs) * (len(plan.rates) + len(plan.seeds) - 1)
    ready: list[Curve] = []
    problem = ""

    def run(tasks: list[Task]) -> None:
        calls = [(task, training, held_out, plan) for task in tasks]
        for curve in run_all(run_task, calls, jobs=jobs, backend=backend, scheduler=scheduler):
            ready.append(curve)
            if progress is not None:
                progress(len(ready), total)

    try:
        run([Task(*pair, alpha, plan.seeds[0]) for pair in pairs for alpha in plan.rates])
        best = _best(_by_rate(ready))
        run([Task(*pair, best[pair], seed) for pair in pairs for seed in plan.seeds[1:]])
    except KeyboardInterrupt:
        problem = f"stopped: {len(ready)} of {total} runs are ready"
    except W2VError as error:
        if not ready:
            raise
        problem = f"{error}; {len(ready)} of {total} runs are ready"
    if not ready:
        raise KeyboardInterrupt
    rates = _by_rate([curve for curve in ready if curve.task.seed == plan.seeds[0]])
    best = _best(rates)
    curves = {pair: _seeds(ready, pair, alpha) for pair, alpha in best.items()}
    order = [pair for pair in pairs if pair in best]
    return Sweep(
        training,
        held_out,
        plan,
        {pair: rates[pair] for pair in order},
        {pair: best[pair] for pair in order},
        {pair: curves[pair] for pair in order},
        problem,
    )


def _by_rate(curves: list[Curve]) -> dict[Pair, dict[float, Curve]]:
    found: dict[Pair, dict[float, Curve]] = {}
    for curve in sorted(curves, key=lambda one: one.task):
        found.setdefault((curve.task.input_side, curve.task.objective), {})[curve.task.alpha] = curve
    return found


def _best(rates: dict[Pair, dict[float, Curve]]) -> dict[Pair, float]:
    """The rate with the lowest held-out loss of the objective's own kind."""
    return {pair: min(by_rate, key=lambda alpha: by_rate[alpha].own[-1]) for pair, by_rate in rates.items()}


def _seeds(curves: list[Curve], pair: Pair, alpha: float) -> tuple[Curve, ...]:
    of_pair = [one for one in curves if one.task[:3] == (*pair, alpha)]
    return tuple(sorted(of_pair, key=lambda one: one.task.seed))
