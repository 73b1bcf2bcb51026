"""Reading a function: from its name and its parameters to what it must compute."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from w2v_edu.errors import W2VError
from w2v_edu.homework.signatures import COMMON, LOSS_NAMES, NOTATIONS, QUANTITY_NAMES, UPDATE_NAMES
from w2v_edu.model import InputSide

__all__ = ["Parameter", "Question", "all_readings", "read_function", "roles_of"]

GRADIENT_OF = {
    "h": "EH",
    "W": "dW",
    "W_out": "dW_out",
    "v_pos": "d_pos",
    "V_neg": "d_neg",
    "V_path": "d_path",
    "V_context": "d_context",
    "u": "e",
    "x": "dx",
}
NEW_OF = {
    "h": "h_new",
    "W": "W_new",
    "W_out": "W_out_new",
    "v_pos": "pos_new",
    "V_neg": "neg_new",
    "V_path": "path_new",
}
ASCENT = ("goldberg-levy",)


@dataclass(frozen=True)
class Parameter:
    """One parameter of the student's function."""

    name: str
    role: str
    keyword_only: bool = False


@dataclass(frozen=True)
class Question:
    """What is asked of a function.

    Attributes
    ----------
    name : str
        The function's name.
    notation : str
        The notation that it is read in.
    input_side, objective : str
    parameters : tuple of Parameter
    quantities : tuple of tuple of str
        What it may return, in order; several readings where the name leaves it open, the likeliest first.
        Empty: to be read from what it returns.
    ascent : bool
        Whether this notation maximises, so that every sign is the other way round.
    built_in_eta : bool
        Whether an update brings its own learning rate.
    """

    name: str
    notation: str
    input_side: InputSide
    objective: str
    parameters: tuple[Parameter, ...]
    quantities: tuple[tuple[str, ...], ...]
    ascent: bool = False
    built_in_eta: bool = False

    @property
    def roles(self) -> tuple[str, ...]:
        """What the parameters stand for, in order."""
        return tuple(parameter.role for parameter in self.parameters)

    @property
    def updates(self) -> bool:
        """Whether the function makes a step rather than a gradient."""
        return any(name.endswith("_new") for reading in self.quantities for name in reading)


def read_function(
    name: str,
    parameters: Sequence[tuple[str, bool, bool]],
    *,
    notation: str | None = None,
    objective: str | None = None,
    input_side: InputSide | None = None,
    of: str | Sequence[str] | None = None,
) -> Question:
    """The question that a function answers.

    Parameters
    ----------
    name : str
        Its name, such as ``dJ_dv_c``.
    parameters : sequence of (name, has a default, keyword only)
    notation, objective, input_side : str, optional
        What cannot be read off, or what to insist on.
    of : str or sequence of str, optional
        What it returns, such as ``"EH"`` or ``("E", "EH", "dW_out")``, where the name does not say it.

    Raises
    ------
    W2VError
        If a parameter's name is not known in any one notation, or the name says nothing.
    """
    names = [p for p, _, _ in parameters]
    if not names:
        raise W2VError(
            f"{name}() has no parameters: what it is about is read from their names, e.g. (v_c, U, o)"
        )
    found = notation if notation is not None else _best_notation(name, parameters)
    table = roles_of(found)
    read: list[Parameter] = []
    for parameter, has_default, keyword_only in parameters:
        role = _role(parameter, table)
        if role is None and not has_default:
            raise W2VError(_unknown(name, parameter, found))
        if role is not None:
            read.append(Parameter(parameter, role, keyword_only))
    roles = [p.role for p in read]
    objective = objective or _objective(name, roles)
    side = input_side or _input_side(name, roles)
    if side == "cbow" and "w_I" in roles and "w_O" not in roles:
        read = [Parameter(p.name, "w_O" if p.role == "w_I" else p.role, p.keyword_only) for p in read]
    if side == "one-word" and objective == "skip":
        objective = "softmax"
    quantities = _quantities(name, table, roles, side, objective, of)
    updates = any(part.endswith("_new") for reading in quantities for part in reading)
    return Question(
        name,
        found,
        side,
        objective,
        tuple(read),
        quantities,
        ascent=found in ASCENT,
        built_in_eta=updates and "eta" not in roles,
    )


def roles_of(notation: str) -> dict[str, str]:
    """All names that a notation knows, with their roles."""
    if notation not in NOTATIONS:
        raise W2VError(f"notation {notation!r} is not one of {', '.join(NOTATIONS)}")
    return {**NOTATIONS["plain"], **COMMON, **NOTATIONS[notation]}


def _role(name: str, table: dict[str, str]) -> str | None:
    return (
        table.get(name)
        or table.get(name.rstrip("_"))
        or table.get(re.sub(r"_(vec|vector|idx|id|s)$", "", name))
    )


def _best_notation(name: str, parameters: Sequence[tuple[str, bool, bool]]) -> str:
    """The notation that knows most names, counting its own names before the common ones."""
    needed = [p for p, has_default, _ in parameters if not has_default]
    scores: dict[str, tuple[int, int]] = {}
    for notation, own in NOTATIONS.items():
        table = roles_of(notation)
        known = sum(_role(p, table) is not None for p in needed)
        scores[notation] = (known, sum(p in own for p in needed) + (_asked(name, own) is not None))
    return max(scores, key=lambda notation: scores[notation])


def _unknown(name: str, parameter: str, notation: str) -> str:
    known = ", ".join(sorted(NOTATIONS[notation]))
    return (
        f"{name}(): the parameter {parameter!r} is not a name that the notation {notation} knows; "
        f"it knows {known} (and W_neg, eta, context, ... as everywhere)"
    )


def _objective(name: str, roles: list[str]) -> str:
    lower = name.lower()
    if {"tree", "nodes", "signs", "codes", "V_path"} & set(roles) or "hierarch" in lower or "_hs" in lower:
        return "hierarchical"
    if "q" in roles or "nce" in lower.split("_"):
        return "nce"
    sampled = {"W_neg", "V_neg", "noise_lists", "dataset"} & set(roles) and "softmax" not in lower
    if sampled or ("v_pos" in roles and "W_out" not in roles):
        return "negative"
    return "softmax"


def _input_side(name: str, roles: list[str]) -> InputSide:
    lower = name.lower().replace("-", "").replace("_", "")
    if "cbow" in lower or "V_context" in roles or "X" in roles:
        return "cbow"
    if "context" in roles:
        reads = "w_O" in roles or not ({"w_I", "h", "center"} & set(roles))
        return "cbow" if reads and "skip" not in lower else "skip-gram"
    return "skip-gram" if "noise_lists" in roles else "one-word"


def _asked(name: str, table: dict[str, str]) -> str | None:
    """The role after the last d of dJ_dv_c, grad_U, dW_out; None if the name is no such name."""
    for pattern in (
        r"d\w*?_d_?(\w+)$",
        r"d[EJLl]d_?(\w+)$",
        r"(?:grad|gradient|derivative)_(?:wrt_|of_)?(\w+)$",
        r"(\w+?)_grad(?:ient)?$",
        r"d_?(\w+)$",
    ):
        match = re.match(pattern, name)
        if match:
            role = _role(match.group(1), table)
            if role in GRADIENT_OF:
                return role
    return None


def _quantities(
    name: str,
    table: dict[str, str],
    roles: list[str],
    side: str,
    objective: str,
    of: str | Sequence[str] | None,
) -> tuple[tuple[str, ...], ...]:
    if of is not None:
        return ((of,) if isinstance(of, str) else tuple(of),)
    if any(word in name.lower() for word in UPDATE_NAMES) and not name.startswith("d"):
        return _update_readings(name, table, roles)
    asked = _asked(name, table)
    if asked is not None:
        return _gradient_readings(asked, name, side, objective, roles)
    bare = re.sub(r"_?(softmax|neg|negative|ns|hs|nce|cbow|skip_?gram|one_?word|sampling)$", "", name)
    bare = re.sub(
        r"^(softmax|neg|negative|ns|hs|nce|cbow|skip_?gram|one_?word|sampling|compute|get|my|the)_", "", bare
    )
    lower = name.lower()
    if "grad" in lower or "backward" in lower:
        return _all_readings(roles, with_loss=any(word in lower for word in ("loss", "cost")), side=side)
    if bare in LOSS_NAMES or name in LOSS_NAMES or any(w in lower for w in ("loss", "cost")):
        return (("E",),)
    if bare in QUANTITY_NAMES or name in QUANTITY_NAMES:
        quantity = QUANTITY_NAMES.get(name) or QUANTITY_NAMES[bare]
        return ((quantity,),) if quantity not in ("y",) else (("y",), ("p",))
    return ()


def _gradient_readings(
    role: str, name: str, side: str, objective: str, roles: list[str]
) -> tuple[tuple[str, ...], ...]:
    if side == "cbow" and role in ("h", "V_context") and ("v_" in name or role == "V_context"):
        return (
            (("d_context",), ("d_each",), ("EH",))
            if "V_context" in roles
            else (("d_each",), ("EH",), ("dW",))
        )
    if role == "V_neg" and objective == "softmax":
        return (("dW_out",),)
    if role == "V_neg" and "v_pos" not in roles and "W_out" in roles:
        return (("d_neg",), ("d_rows",))
    return ((GRADIENT_OF[role],),)


def _all_readings(roles: list[str], with_loss: bool, side: str) -> tuple[tuple[str, ...], ...]:
    """Every order of the gradients of all parameters, that of the parameters first."""
    gradients = [
        GRADIENT_OF[role]
        for role in roles
        if role in ("W", "h", "V_context", "W_out", "v_pos", "V_neg", "V_path")
    ]
    if "W" in roles and "h" in roles:
        gradients.remove("dW")
    orders = [tuple(order) for order in permutations(gradients)]
    if side == "cbow" and "d_context" in gradients:
        orders += [tuple("d_each" if part == "d_context" else part for part in order) for order in orders]
    loss_first = [("E", *order) for order in orders]
    return tuple(loss_first if with_loss else orders + loss_first)


def _update_readings(name: str, table: dict[str, str], roles: list[str]) -> tuple[tuple[str, ...], ...]:
    match = re.match(r"(?:update|step|new)_(\w+)$", name) or re.match(r"(\w+)_(?:update|new|step)$", name)
    asked = _role(match.group(1), table) if match else None
    if asked in NEW_OF:
        return ((NEW_OF[asked],),)
    news = [NEW_OF[role] for role in roles if role in NEW_OF]
    return tuple(tuple(order) for order in permutations(news))


def all_readings(question: Question) -> tuple[tuple[str, ...], ...]:
    """What a function of these parameters may return, where its name does not say it."""
    roles = list(question.roles)
    return (
        ("E",),
        *_all_readings(roles, with_loss=False, side=question.input_side),
        ("y",),
        ("EH",),
        ("dW_out",),
    )
