"""Plant a mistake in one witness, and see the report name the equation and the witness.

Each plant is a small wrong change, the kind that people make. One at a time it is put into the witness,
`verify` runs over a model that can express it, and the wrong equations must be among those reported.
"""

from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
import pytest

import w2v_edu.fast.batch as batch_module
import w2v_edu.verification.sweep as sweep
from w2v_edu.fast import ragged
from w2v_edu.functions import log_sigmoid, sigmoid
from w2v_edu.objectives import NCE, Hierarchical, Negative, Softmax
from w2v_edu.objectives.questions import target_then_noise
from w2v_edu.symbolic import derivatives
from w2v_edu.verification import chosen_models, verify


@dataclass(frozen=True)
class Plant:
    """A mistake: the witness it is put into, a model that shows it, the equations that must be named."""

    name: str
    witness: str
    model: str
    equations: tuple[str, ...]
    plant: object  # a function of monkeypatch


# --- in the reference: the output side -------------------------------------------------------------------


def sheet(kind, change):
    """Wrap the trace of a sheet: `change(out, h, W_out)` gives the fields that come out differently."""

    def plant(patch):
        right = kind.trace

        def wrong(self, h, W_out, w_O, W_neg=()):
            out = right(self, h, W_out, w_O, W_neg)
            return replace(out, **change(out, h, W_out))

        patch.setattr(kind, "trace", wrong)

    return plant


def from_error(e, out, h, W_out):
    """What follows from an error, rightly: so that one mistake is planted and not three."""
    return {"e": e, "d_rows": np.outer(e, h), "EH": W_out[out.rows].T @ e}


def sign(out, h, W_out):
    return from_error(out.t - out.y, out, h, W_out)


def no_label(out, h, W_out):
    return from_error(out.y, out, h, W_out)


def squared_error(out, h, W_out):
    """(78) used in the model of Section 1."""
    return from_error((out.y - out.t) * out.y * (1 - out.y), out, h, W_out)


def code_as_label(out, h, W_out):
    return {"t": out.codes.astype(float)} | from_error(out.y - out.codes, out, h, W_out)


def turned_signs(out, h, W_out):
    return {"signs": -out.signs}


def path_without_the_root(out, h, W_out):
    kept = {name: getattr(out, name)[1:] for name in ("rows", "u", "y", "t", "e", "d_rows", "nodes", "signs")}
    return kept | {"codes": out.codes[1:], "EH": W_out[out.rows[1:]].T @ out.e[1:]}


def repeats_dropped(out, h, W_out):
    _, first = np.unique(out.rows, return_index=True)
    first = np.sort(first)
    kept = {name: getattr(out, name)[first] for name in ("rows", "u", "y", "t", "e", "d_rows")}
    return kept | {"EH": W_out[out.rows[first]].T @ out.e[first]}


def as_positives(out, h, W_out):
    return from_error(out.y - 1.0, out, h, W_out)


def no_offset(out, h, W_out):
    y = sigmoid(out.u)
    return {"y": y} | from_error(y - out.t, out, h, W_out)


def softmax_of_h(out, h, W_out):
    y = np.resize(np.exp(h) / np.exp(h).sum(), len(out.u))
    return {"y": y} | from_error(y - out.t, out, h, W_out)


def loss(kind, wrong):
    """Replace the loss of a sheet."""

    def plant(patch):
        right = kind.trace
        patch.setattr(
            kind,
            "trace",
            lambda self, h, W_out, w_O, W_neg=(): replace(
                right(self, h, W_out, w_O, W_neg), E=wrong(right(self, h, W_out, w_O, W_neg))
            ),
        )

    return plant


def no_minus(out):
    return -log_sigmoid(out.u[0]) - log_sigmoid(out.u[1:]).sum()


def log_of_a_sum(out):
    return -out.u[out.w_O] + np.log(np.exp(out.u)).sum()


def positive_loss(out):
    return -out.E


# --- in the reference: the input side ---------------------------------------------------------------------


def whole(change):
    """Wrap the whole trace: `change(trace, params)` gives the fields that come out differently."""

    def plant(patch):
        right = sweep.trace

        def wrong(params, example, objective):
            kept = right(params, example, objective)
            return replace(kept, **change(kept, params))

        patch.setattr(sweep, "trace", wrong)

    return plant


def undivided(kept, params):
    return {"dW": kept.dW * kept.example.C}


def repeated_context_once(kept, params):
    dW = np.zeros_like(kept.dW)
    for w in set(kept.example.inputs):
        dW[w] += kept.example.weight * kept.EH
    return {"dW": dW}


def one_panel_only(kept, params):
    out = kept.outputs[0]
    EI = np.bincount(out.rows, weights=out.e, minlength=params.R)
    return {"EI": EI, "dW_out": np.outer(EI, kept.h)}


def EH_of_one_panel(kept, params):
    dW = np.zeros_like(kept.dW)
    dW[kept.example.inputs[0]] = kept.outputs[0].EH
    return {"EH": kept.outputs[0].EH, "dW": dW}


def W_for_W_out(kept, params):
    return {"EH": params.W.T @ kept.EI}


def new_W_out(kept, params):
    return {"EH": (params.W_out - 0.5 * kept.dW_out).T @ kept.EI}


def EI_for_EH(kept, params):
    return {"EH": kept.EI[: params.N]}


def transposed(kept, params):
    return {"dW_out": np.outer(np.resize(kept.h, params.R), np.resize(kept.EI, params.N))}


def every_row(kept, params):
    return {"dW": np.tile(kept.EH, (params.V, 1))}


def summed_context(kept, params):
    return {"h": kept.h * kept.example.C}


def multi_hot(kept, params):
    """wevi's skip-gram: y - multi-hot, where (31) has C y - counts."""
    hot = np.zeros(params.V)
    hot[list(kept.example.targets)] = 1.0
    return {"EI": kept.output.y - hot}


def a_nan(kept, params):
    dW = kept.dW.copy()
    dW[kept.example.inputs[0], 0] = np.nan
    return {"dW": dW}


# --- in the batched witness -------------------------------------------------------------------------------


def last_row_wins(patch):
    def lossy(size, stacks, weights, vectors):
        total = np.zeros((size, vectors.shape[1]))
        labels = np.repeat(stacks.groups, np.repeat(*np.array(stacks.shapes).T[::-1]))
        total[labels] = weights[stacks.order, None] * vectors[stacks.which]
        return total

    patch.setattr(batch_module, "weighted_sums", lossy)


def link_without_minus(patch):
    right = batch_module._link
    patch.setattr(batch_module, "_link", lambda z, t: right(-z, t))


def batch_codes(patch):
    right = Hierarchical.questions
    patch.setattr(Hierarchical, "questions", lambda *a: right(*a)._replace(t=1.0 - right(*a).t))


def batch_offset_lost(patch):
    right = NCE.questions
    patch.setattr(NCE, "questions", lambda *a: right(*a)._replace(offset=None))


def batch_labels_moved(patch):
    def moved(targets, noise, sizes):
        rows, t = target_then_noise(targets, noise, sizes)
        return rows, np.roll(t, 1)

    patch.setattr("w2v_edu.objectives.negative.target_then_noise", moved)


def batch_groups_short(patch):
    def short(size, stacks, weights, vectors):
        weights = weights.copy()
        weights[-1] = 0.0
        return ragged.weighted_sums(size, stacks, weights, vectors)

    patch.setattr(batch_module, "weighted_sums", short)


def batch_undivided(patch):
    right = batch_module._input_gradient
    patch.setattr(
        batch_module,
        "_input_gradient",
        lambda W, b, EH: right(W, b._replace(weights=np.ones_like(b.weights)), EH),
    )


# --- in the limit ------------------------------------------------------------------------------------------


def huge_step(patch):
    patch.setattr(derivatives, "STEP", 0.1)


def real_step(patch):
    """A complex step that is not small: the derivative bends."""
    patch.setattr(derivatives, "TINY", 1e-2)


REF, BATCH = "reference", "batch"
PLANTS = [
    Plant("sign", REF, "one-word/softmax", ("8", "9", "12"), sheet(Softmax, sign)),
    Plant("t left out", REF, "one-word/softmax", ("8", "9", "10"), sheet(Softmax, no_label)),
    Plant("squared error", REF, "cbow/softmax", ("8", "22"), sheet(Softmax, squared_error)),
    Plant("softmax of h", REF, "one-word/softmax", ("3", "4"), sheet(Softmax, softmax_of_h)),
    Plant("log of each", REF, "one-word/softmax", ("7",), loss(Softmax, log_of_a_sum)),
    Plant("loss sign", REF, "cbow/softmax", ("19", "20", "21"), loss(Softmax, positive_loss)),
    Plant("code as label", REF, "one-word/hs", ("49", "50"), sheet(Hierarchical, code_as_label)),
    Plant("left and right", REF, "one-word/hs", ("44",), sheet(Hierarchical, turned_signs)),
    Plant("path off by one", REF, "cbow/hs", ("47", "53"), sheet(Hierarchical, path_without_the_root)),
    Plant("HS loss sign", REF, "one-word/hs", ("46",), loss(Hierarchical, positive_loss)),
    Plant("repeats dropped", REF, "cbow/negative", ("58", "61"), sheet(Negative, repeats_dropped)),
    Plant("noise as positives", REF, "cbow/negative", ("56", "57", "61"), sheet(Negative, as_positives)),
    Plant("sigma(u) for sigma(-u)", REF, "one-word/negative", ("55",), loss(Negative, no_minus)),
    Plant("log(Kq) left out", REF, "one-word/nce", ("nce-3", "nce-4"), sheet(NCE, no_offset)),
    Plant("1/C left out", REF, "cbow/softmax", ("14", "23"), whole(undivided)),
    Plant("1/C left out, HS", REF, "cbow/hs", ("14", "23"), whole(undivided)),
    Plant("context word once", REF, "cbow/negative", ("14", "23"), whole(repeated_context_once)),
    Plant("sum for mean", REF, "cbow/softmax", ("17", "18"), whole(summed_context)),
    Plant("one panel", REF, "skip-gram/softmax", ("31", "32"), whole(one_panel_only)),
    Plant("EH of one panel", REF, "skip-gram/hs", ("14", "35"), whole(EH_of_one_panel)),
    Plant("multi-hot", REF, "skip-gram/softmax", ("31",), whole(multi_hot)),
    Plant("W for W'", REF, "one-word/softmax", ("12",), whole(W_for_W_out)),
    Plant("new W'", REF, "one-word/softmax", ("12",), whole(new_W_out)),
    Plant("EI for EH", REF, "one-word/softmax", ("12",), whole(EI_for_EH)),
    Plant("transposed", REF, "skip-gram/softmax", ("32", "33"), whole(transposed)),
    Plant("every row", REF, "one-word/negative", ("14", "15"), whole(every_row)),
    Plant("a nan", REF, "one-word/softmax", ("14", "15"), whole(a_nan)),
    Plant("fancy-index +=", BATCH, "cbow/negative", ("58", "23"), last_row_wins),
    Plant("sigma(-u)", BATCH, "one-word/negative", ("57", "61"), link_without_minus),
    Plant("left and right", BATCH, "one-word/hs", ("49", "53"), batch_codes),
    Plant("offset lost", BATCH, "cbow/nce", ("nce-4", "nce-7"), batch_offset_lost),
    Plant("labels moved", BATCH, "one-word/negative", ("57", "61"), batch_labels_moved),
    Plant("groups cut short", BATCH, "cbow/negative", ("17", "61"), batch_groups_short),
    Plant("1/C left out", BATCH, "cbow/softmax", ("14", "23"), batch_undivided),
    Plant("step of 0.1", "central", "one-word/softmax", ("8", "9"), huge_step),
    Plant("step of 0.01", "complex", "one-word/hs", ("49", "53"), real_step),
]  # fmt: skip


@contextmanager
def planted(plant):
    with pytest.MonkeyPatch.context() as patch:
        plant.plant(patch)
        yield


def report_of(model):
    return verify(models=chosen_models(*model.split("/")), count=2, seed=5, prove=False, processes=1)


def names(report):
    return set(report.wrong()) - {row.equation.number for row in report.rows if not row.findings}


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.witness}: {plant.name}: {plant.model}")
def test_the_report_names_the_equation_and_the_witness(plant):
    with planted(plant):
        report = report_of(plant.model)
    assert not report.ok
    assert set(plant.equations) <= names(report)
    for number in plant.equations:
        wrong = {found.witness for found in report.row(number).findings if not found.ok}
        assert plant.witness in wrong
        assert report.row(number).failure is not None


@pytest.mark.parametrize("model", sorted({plant.model for plant in PLANTS}))
def test_without_a_plant_nothing_is_named(model):
    assert names(report_of(model)) == set()


def test_there_are_plants_for_every_witness_that_can_express_one():
    assert len(PLANTS) >= 20
    assert {plant.witness for plant in PLANTS} == {"reference", "batch", "central", "complex"}
