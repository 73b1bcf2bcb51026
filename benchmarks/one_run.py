"""One training run in a process of its own, on one core and one BLAS thread; prints one line of JSON."""

import json
import os
import resource
import sys


def pin(cores: list[int]) -> None:
    """Keep this process on these cores, where the system can."""
    if hasattr(os, "sched_setaffinity") and set(cores) <= os.sched_getaffinity(0):
        os.sched_setaffinity(0, cores)


def main() -> None:
    """The whole run: text, training, quality."""
    task = json.loads(sys.argv[1])
    pin(task["cores"])
    # Imported here, so that the number of BLAS threads, which the caller sets, is known before NumPy loads.
    from benchmarks.quality import quality
    from benchmarks.texts import TextSpec, training_and_held_out
    from benchmarks.trainers import TRAINERS

    corpus, held_out = training_and_held_out(TextSpec(**task["text"]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    timed = TRAINERS[task["trainer"]](
        corpus, task["model"], task["epochs"], task["seed"], **task.get("more", {})
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    words = corpus.n_tokens * task["epochs"]
    line = {
        "V": len(corpus.words),
        "words_per_second": words / timed.seconds,
        "words_per_cpu_second": words / timed.cpu,
        "peak_MB": peak / 1024,
        "grown_MB": (peak - before) / 1024,
        "matrices_MB": (timed.result.W.nbytes + timed.result.W_out.nbytes) / 2**20,
    }
    if task["quality"]:
        line |= quality(timed.result, corpus, held_out)
    print(json.dumps(line))


if __name__ == "__main__":
    main()
