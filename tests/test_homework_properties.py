"""Rewritten right answers stay right; one random edit of right code is never right unless nothing changed."""

import ast
import copy
import functools
import inspect
import textwrap

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.homework import right
from tests.homework.right import OPTIONS, asked_name
from w2v_edu.homework import check
from w2v_edu.homework.answers import made
from w2v_edu.homework.arguments import PLAIN, argument
from w2v_edu.homework.front import _parameters
from w2v_edu.homework.points import make_points
from w2v_edu.homework.question import read_function

# --- rewriting ---
SIGMA = (
    "1/(1+np.exp(-({x})))",
    "np.exp({x})/(1+np.exp({x}))",
    "0.5*(1+np.tanh(0.5*({x})))",
    "1-1/(1+np.exp({x}))",
)
SOFT = (
    "(np.exp({z})/np.exp({z}).sum())",
    "(lambda q: q/np.sum(q))(np.exp({z}-np.max({z})))",
    "np.exp({z}-np.log(np.exp({z}).sum()))",
    "np.array([np.exp(a)/sum(np.exp(b) for b in {z}) for a in {z}])",
)
SCORES = ("U@v_c", "U.dot(v_c)", "np.dot(v_c,U.T)", "(U*v_c).sum(axis=1)", "np.einsum('ij,j->i',U,v_c)")
ERRORS = ("{y}-np.eye(len(U))[o]", "{y}-(np.arange(len(U))==o)", "-((np.arange(len(U))==o)*1.0-{y})")
WEIGHTED = ("U.T@({e})", "({e})@U", "sum(a*b for a,b in zip({e},U))", "(({e})[:,None]*U).sum(0)")
OUTER = (
    "np.outer({e},v_c)",
    "({e})[:,None]*v_c[None,:]",
    "np.outer(v_c,{e}).T",
    "np.array([a*v_c for a in ({e})])",
)
POSITIVE = ("({s}-1)*{c}", "-(1-({s}))*{c}", "{c}*({s})-{c}")
NEGATIVE = (
    "({s})@c_neg",
    "c_neg.T@({s})",
    "sum(a*b for a,b in zip({s},c_neg))",
    "(({s})[:,None]*c_neg).sum(axis=0)",
)
LOSS = ("-np.log({p})", "np.log(1/({p}))", "-(np.log10({p})*np.log(10))", "np.log1p(1/({p})-1)")
one_of = st.sampled_from


@st.composite
def softmax_gradient(draw, last, name):
    y = draw(one_of(SOFT)).format(z="(" + draw(one_of(SCORES)) + ")")
    return f"def {name}(v_c, U, o):\n    return " + draw(one_of(last)).format(
        e=draw(one_of(ERRORS)).format(y=y)
    )


@st.composite
def centre_gradient(draw):
    pos = draw(one_of(POSITIVE)).format(s=draw(one_of(SIGMA)).format(x="c_pos@w"), c="c_pos")
    neg = draw(one_of(NEGATIVE)).format(s=draw(one_of(SIGMA)).format(x="c_neg@w"))
    terms = [pos, neg] if draw(st.booleans()) else [neg, pos]
    return "def dL_dw(w, c_pos, c_neg):\n    return " + " + ".join(f"({term})" for term in terms)


@st.composite
def sampling_loss(draw):
    pos = draw(one_of(LOSS)).format(p=draw(one_of(SIGMA)).format(x="c_pos@w"))
    neg = draw(one_of(LOSS)).format(p=draw(one_of(SIGMA)).format(x="-(c_neg@w)"))
    return f"def L_CE(w, c_pos, c_neg):\n    return ({pos}) + np.sum({neg})"


REWRITTEN = st.one_of(
    softmax_gradient(WEIGHTED, "dJ_dv_c"),
    softmax_gradient(OUTER, "dJ_dU"),
    centre_gradient(),
    sampling_loss(),
)


def function_of(text):
    space = {"np": np, "sig": right.sig, "soft": right.soft, **vars(right)}
    exec(text, space)
    return space[text.split("(")[0].removeprefix("def ")]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=REWRITTEN, seed=st.integers(0, 50))
def test_right_answers_rewritten_stay_right(text, seed):
    report = check(function_of(text), seed=seed)
    assert report.correct and not report.convention, text + "\n" + report.text


# --- one edit ---
SWAPS = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
}


def mutants(function):
    """Every program that differs from this one by one small edit."""
    source = textwrap.dedent(inspect.getsource(function))
    tree = ast.parse(source)
    body = tree.body[0]
    nodes = [n for stmt in body.body for n in ast.walk(stmt)]
    names = [arg.arg for arg in body.args.args]
    for place, node in enumerate(nodes):
        changes = []
        if isinstance(node, ast.BinOp) and type(node.op) in SWAPS:
            changes += [("op", op()) for op in SWAPS[type(node.op)]]
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            changes.append(("op", ast.UAdd()))
        if isinstance(node, ast.AugAssign) and type(node.op) in SWAPS:
            changes.append(("op", SWAPS[type(node.op)][0]()))
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            changes += [("value", node.value + 1), ("value", -node.value)]
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
            changes += [("id", name) for name in names if name != node.id]
        if isinstance(node, ast.Name) and node.id in ("sig", "soft"):
            changes.append(("id", "soft" if node.id == "sig" else "sig"))
        for field, value in changes:
            other = copy.deepcopy(tree)
            changed = [n for stmt in other.body[0].body for n in ast.walk(stmt)][place]
            setattr(changed, field, value)
            yield ast.unparse(ast.fix_missing_locations(other))


EDITED = (
    "dJ_dv_c",
    "dJ_dv_c_loop",
    "dJ_dU",
    "J",
    "loss_and_grad",
    "dJ_dv_c_ns",
    "dJ_dU_ns",
    "dJ_dU_ns_add_at",
    "J_neg",
    "L_CE",
    "dL_dw",
    "dL_dc_neg",
    "update_jm",
    "EH",
    "dE_dW_cbow",
    "dE_dW_cbow_skip_empty",
    "E_skipgram",
    "dE_dW_out_skipgram",
    "dE_dW_skipgram",
    "dE_dW_out",
    "E_hs",
    "dE_dh_codes",
    "update",
    "grad_center_vec",
)


@functools.cache
def all_mutants():
    return [(name, text) for name in EDITED for text in mutants(getattr(right, name))]


def same_values(name, text, options):
    """Whether two programs give the same numbers at points that the checker does not use."""
    original, edit = getattr(right, name), function_of(text)
    question = read_function(asked_name(name), _parameters(original), **options)
    compared = 0
    for seed in range(500, 504):
        for point in make_points(question.input_side, question.objective, seed):
            if point.empty:
                continue
            arguments = [argument(role, point, PLAIN) for role in question.roles]
            with np.errstate(all="ignore"):
                one, other = (as_flat(f(*[made(a) for a in arguments])) for f in (original, edit))
            if one.shape != other.shape or not np.allclose(one, other, rtol=1e-4, atol=1e-9):
                return False
            compared += 1
    return compared > 0


def as_flat(value):
    return np.concatenate([np.ravel(part) for part in (value if isinstance(value, tuple) else (value,))])


def is_caught_or_the_same(name, text):
    options = dict(OPTIONS.get(name, {}))
    if "cbow" in name:
        options["input_side"] = "cbow"
    if "skipgram" in name:
        options["input_side"] = "skip-gram"
    function = function_of(text)
    function.__name__ = asked_name(name)
    report = check(function, **options)
    if report.correct and not report.convention:
        assert same_values(name, text, options), text + "\n" + report.text
    return report


def test_edits_change_something():
    assert len(all_mutants()) > 400


@settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.filter_too_much]
)
@given(number=st.integers(0, 10**6))
def test_one_random_edit_is_never_right_unless_nothing_changed(number):
    is_caught_or_the_same(*all_mutants()[number % len(all_mutants())])


@pytest.mark.slow
def test_no_edit_is_right_unless_nothing_changed():
    verdicts = [is_caught_or_the_same(*one) for one in all_mutants()]
    by_convention = [r for r in verdicts if r.correct and r.convention]
    assert len(by_convention) < 0.05 * len(verdicts)
