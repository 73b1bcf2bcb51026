"""The process of one worker: blocks of text come in, the shared matrices change. See `workers`."""

import json
import sys

import numpy as np

from w2v_edu.fast.kernels import make_kernel
from w2v_edu.fast.loop import chunk_rates, look_every, train_chunks
from w2v_edu.fast.settings import Settings
from w2v_edu.fast.windows import keep_probability, read_windows
from w2v_edu.fast.workers import map_matrix, read_message
from w2v_edu.noise import Noise
from w2v_edu.tree import Tree


def main() -> None:
    """Read settings, then blocks, from standard input; answer each block with one line of JSON."""
    pipe = sys.stdin.buffer
    start = read_message(pipe)
    if start is None:
        return
    text, counts, children = start
    about = json.loads(text.tobytes())
    s = Settings(**about["settings"])
    shapes = ((len(counts), s.vector_size), (about["rows"], s.vector_size))
    W, W_out = (
        map_matrix(name, s.dtype, shape) for name, shape in zip(about["matrices"], shapes, strict=True)
    )
    tree = Tree(children) if len(children) else None
    noise = Noise.from_counts(counts, s.ns_exponent) if s.objective in ("negative", "nce") else None
    kernel = make_kernel(s, counts, tree=tree, noise=noise)
    keep = keep_probability(counts, s.sample).astype(np.float32)
    while (block := read_message(pipe)) is not None:
        (epoch, number, words), ids, offsets = block
        rng = np.random.default_rng([s.seed, 2, int(epoch), int(number)])
        windows = read_windows(
            ids.astype(np.int64), offsets, keep, s.window, s.input_side, s.shrink_windows, rng
        )
        chunks = kernel.plan(windows, rng) if len(windows.ids) else []
        rates = chunk_rates(s, len(chunks), int(words), len(ids), about["total"])
        done = train_chunks(
            np.asarray(W), np.asarray(W_out), kernel, s, chunks, rates, look_every(len(chunks), len(ids))
        )
        print(json.dumps(done), flush=True)


if __name__ == "__main__":
    main()
