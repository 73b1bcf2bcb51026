"""The numbers of a trace as plain HTML tables, for a notebook that is not trusted: they need no script."""

from collections.abc import Iterable, Sequence
from html import escape

from w2v_edu.model import OutputTrace, Trace

__all__ = ["trace_table"]


def trace_table(trace: Trace, words: Sequence[str]) -> str:
    """h, the answers of every panel, EH and E.

    Parameters
    ----------
    trace : Trace
    words : sequence of str
        The vocabulary.

    Returns
    -------
    str
        HTML.
    """
    panels = (_panel(out, words) for out in trace.outputs)
    vectors = _table("vectors", ["", *_numbered(len(trace.h))], [["h", *trace.h], ["EH", *trace.EH]])
    inputs = ", ".join(words[w] for w in trace.example.inputs)
    head = f"{trace.example.input_side}, {trace.objective}: {inputs} in, E = {float(trace.E):.4f}"
    return f"<p>{escape(head)}</p>{vectors}{''.join(panels)}"


def _panel(out: OutputTrace, words: Sequence[str]) -> str:
    name = (lambda j: f"n{j}") if out.nodes is not None else words.__getitem__
    asked = zip(out.rows.tolist(), out.u, out.y, out.t, out.e, strict=True)
    rows = [[name(j), *numbers] for j, *numbers in asked]
    return _table(f"target {words[out.w_O]}, E = {float(out.E):.4f}", ["asked", "u", "y", "t", "e"], rows)


def _numbered(N: int) -> list[str]:
    return [str(i + 1) for i in range(N)]


def _table(caption: str, heads: Iterable[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(_row(row) for row in rows)
    return f"<table><caption>{escape(caption)}</caption><tr>{head}</tr>{body}</table>"


def _row(row: Sequence[object]) -> str:
    numbers = "".join(f"<td>{value:.4f}</td>" for value in row[1:])
    return f'<tr><th scope="row">{escape(str(row[0]))}</th>{numbers}</tr>'
