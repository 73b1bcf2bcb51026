"""Many runs at once, through joblib where it is installed, one after another where it is not."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from importlib import import_module
from typing import Any

from w2v_edu.errors import W2VError

__all__ = ["run_all"]


def run_all(
    function: Callable[..., Any],
    calls: Sequence[tuple[Any, ...]],
    *,
    jobs: int = 1,
    backend: str | None = None,
    scheduler: str | None = None,
) -> Iterator[Any]:
    """Yield ``function(*call)`` for each call, in any order, as they are ready.

    Parameters
    ----------
    function : callable
        Of a module, so that another process can find it.
    calls : sequence of tuple
    jobs : int
        Processes; 1 stays in this one.
    backend : str, optional
        Of joblib: "loky" if not given; "dask" takes the work to a cluster.
    scheduler : str, optional
        The address of a Dask scheduler, such as "tcp://10.0.0.5:8786".

    Raises
    ------
    W2VError
        If the backend is not installed or cannot be reached, or if a worker died. What was ready before has
        been yielded by then.
    """
    if scheduler is not None and backend != "dask":
        raise W2VError("a scheduler belongs to the backend 'dask': --backend dask --scheduler tcp://..")
    joblib = _joblib()
    if joblib is None and backend is not None:
        raise W2VError(f"the backend {backend!r} needs joblib: pip install 'w2v-edu[cluster]'")
    if joblib is None or (jobs == 1 and backend is None):
        yield from (function(*call) for call in calls)
        return
    with ExitStack() as stack:
        if backend == "dask":
            stack.enter_context(_client(scheduler))
        try:
            stack.enter_context(joblib.parallel_config(backend=backend or "loky", n_jobs=jobs))
        except (KeyError, ImportError, ValueError) as error:
            raise W2VError(f"joblib has no backend {backend!r} here") from error
        try:
            parallel = joblib.Parallel(return_as="generator_unordered")
        except ValueError:  # a backend that gives its results only all together
            parallel = joblib.Parallel()
        try:
            yield from parallel(joblib.delayed(function)(*call) for call in calls)
        except W2VError:
            raise
        except Exception as error:
            if "terminated" in type(error).__name__.lower() or "killed" in type(error).__name__.lower():
                raise W2VError(
                    "a worker died, most likely for want of memory; use fewer --jobs or a smaller text"
                ) from error
            raise


def _joblib() -> Any:
    try:
        import joblib
    except ImportError:
        return None
    return joblib


def _client(scheduler: str | None) -> Any:
    """A connection to the cluster; without an address, to one on this machine that is started for it."""
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise W2VError("the backend 'dask' needs Dask: pip install 'w2v-edu[cluster]'") from error
    if scheduler is None:
        return distributed.Client(dashboard_address=None)
    try:
        return distributed.Client(scheduler, timeout=10)
    except (OSError, ValueError) as error:
        raise W2VError(f"no Dask scheduler answers at {scheduler!r}") from error
