"""``python -m tests.fuzz [--seconds 60] [--seed 0]``: runs the four fuzzers in turn until the time is up."""

import argparse
import sys
import time

from tests.fuzz import derivatives, lines, normal_form, rewrites


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=0)
    asked = options.parse_args()
    end = time.monotonic() + asked.seconds
    found, unproved, seed = 0, 0, asked.seed
    while time.monotonic() < end:
        for fuzzer in (normal_form, derivatives, rewrites, lines):
            message = fuzzer.run(seed)
            if message and message.startswith(rewrites.UNPROVED):
                unproved += 1
            elif message:
                found += 1
                print(f"{fuzzer.__name__}: {message}", flush=True)
        seed += 1
    print(f"{4 * (seed - asked.seed)} expressions, {found} faults; {unproved} true rewrites not proved")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
