"""The rules that a step of a derivation may name, and what each of them lets the prover do.

A step is an instance of its rule if the two sides are equal with that rule, renaming and the algebra of
sums and products alone: definitions stay closed, derivatives stay unevaluated, [k = a] stays under its sum,
unless the rule says otherwise. The table is data: names and texts may be reworded.
"""

from dataclasses import dataclass

__all__ = ["RULES", "Rule", "rules_named"]


@dataclass(frozen=True)
class Rule:
    """What a rule allows.

    Attributes
    ----------
    name : as it is written behind ``by=``.
    says : one line for readers.
    derive : layers of a derivative that may be taken: ``linear``, ``product``, ``power``, ``log``, ``exp``,
        ``sigma``, ``component``.
    on : families of the normaliser that it switches on (see `w2v_edu.symbolic.facts.Facts`).
    pattern : ``chain`` if the right side must be a product of derivatives through another quantity.
    """

    name: str
    says: str
    derive: frozenset[str] = frozenset()
    on: frozenset[str] = frozenset()
    pattern: str = ""


def _rule(name: str, says: str, derive: str = "", on: str = "", pattern: str = "") -> Rule:
    return Rule(name, says, frozenset(derive.split()), frozenset(on.split()), pattern)


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        _rule("algebra", "sums and products rearranged"),
        _rule("definition", "a quantity replaced by its definition", on="definition"),
        _rule("linearity", "the derivative of a sum is the sum of the derivatives", "linear"),
        _rule("product rule", "(fg)' = f'g + fg'", "product linear"),
        _rule("power rule", "(f^n)' = n f^(n-1) f', so (1/f)' = -f'/f^2", "power linear"),
        _rule("d log", "(log f)' = f'/f", "log"),
        _rule("d exp", "(exp f)' = exp(f) f'", "exp"),
        _rule("d sigma", "sigma' = sigma (1 - sigma), times the inner derivative", "sigma"),
        _rule("delta", "d u_j / d u_k is 1 if j = k, else 0", "component"),
        _rule("Kronecker collapse", "sum_k [k = a] f_k = f_a", on="collapse"),
        _rule("chain rule", "through the quantities in between", pattern="chain"),
        _rule("sigma(-x) = 1 - sigma(x)", "the symmetry of the logistic function", on="sigma"),
        _rule("logistic", "sigma(x) = 1/(1 + exp(-x)), in all its forms", on="sigma"),
        _rule("log of a product", "log(ab) = log a + log b, log exp x = x", on="log"),
        _rule("t is 0 or 1", "the two cases of a label, t^2 = t", on="binary sigma"),
        _rule("earlier result", "an equation that was proved before", pattern="earlier"),
    )
}


def rules_named(by: str) -> tuple[Rule, ...] | None:
    """The rules that ``by`` names, separated by commas; ``definition of y`` is ``definition``. None if one of
    them is not known (then it is the number of an equation, or a mistake).
    """
    names = [part.strip() for part in by.split(",")]
    names = ["definition" if name.startswith("definition of ") else name for name in names]
    return tuple(RULES[name] for name in names) if all(name in RULES for name in names) else None
