"""The fourth fuzzer: verdicts on changed lines against the reader's evaluation; bugs in the bridge."""

from typing import Any

import pytest
import sympy as sp

from tests.fuzz import lines
from w2v_edu.symbolic import bridge, meaning
from w2v_edu.symbolic.language import Arr, Deriv, Index, Product, Total

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # a changed line may take log(-1)


def faults(seeds: range) -> list[str]:
    return [message for seed in seeds if (message := lines.run(seed))]


def test_verdicts_agree_with_numbers_at_fixed_seeds() -> None:
    assert faults(range(120)) == []


@pytest.mark.slow
def test_verdicts_agree_with_numbers_at_many_seeds() -> None:
    assert faults(range(1000, 3000)) == []


def without_first(self: bridge.Translator, i: meaning.Index, scope: bridge.Scope) -> Any:
    """The lower limit of a sum is ignored."""
    return Index(sp.Symbol(i.name), 1, self.index(i.range.last, scope))


def update_upwards(self: bridge.Translator, e: meaning.New, scope: bridge.Scope) -> Any:
    x = self.entry(e.entry, scope)
    return x + Arr(sp.Symbol("eta")) * Deriv(Arr(sp.Symbol("E")), x)


def product_as_sum(self: bridge.Translator, e: Any, scope: bridge.Scope) -> Any:
    b = self.letter(e.index, scope)
    body = self.expression(e.body, {**scope, e.index.name: b})
    return Total(body, b) if isinstance(e, meaning.Product) else Product(body, b)


BUGS: dict[str, tuple[Any, Any, Any]] = {
    "a lower limit ignored": (bridge.Translator, "letter", without_first),
    "updates climb": (bridge.RULES, meaning.New, update_upwards),
    "products for sums": (bridge.RULES, meaning.Sum, product_as_sum),
    "the double bracket as 0 or 1": (bridge.RULES, meaning.Sign, lambda t, e, s: t.condition(e.condition, s)),
}


@pytest.mark.parametrize("bug", BUGS)
def test_planted_bug_in_the_bridge_is_found(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, planted = BUGS[bug]
    bridge.given_of.cache_clear()
    if isinstance(where, dict):
        monkeypatch.setitem(where, name, planted)
    else:
        monkeypatch.setattr(where, name, planted)
    try:
        assert next((m for seed in range(600) if (m := lines.run(seed))), None) is not None
    finally:
        bridge.given_of.cache_clear()
