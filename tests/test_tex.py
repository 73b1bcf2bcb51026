"""The parser: every tree comes back from its own LaTeX, spellings are one, and no token is skipped."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from w2v_edu.ledger import LEDGER
from w2v_edu.symbolic.mathml import mathml_of
from w2v_edu.symbolic.syntax import (
    Apply,
    Big,
    Bracket,
    Chain,
    Choice,
    Differential,
    Dots,
    Fraction,
    Line,
    Mark,
    Name,
    Negative,
    Numeral,
    Paren,
    Ranged,
    Script,
    Terms,
    Times,
)
from w2v_edu.symbolic.tex import parse, parse_expression, parse_lines
from w2v_edu.symbolic.tokens import Unreadable, tokenize
from w2v_edu.symbolic.unparse import latex

# trees

LETTERS = ["u", "y", "t", "h", "x", "E", "V", "C", "v", "W", "q", "z"]


def name(r):
    return r.choice(
        [
            Name(r.choice(LETTERS), r.choice([0, 0, 1, 2]), r.choice(["", "", "bf", "cal"])),
            Name(r.choice(["eta", "alpha", "theta"])),
            Name(r.choice(["EH", "EI"]), r.choice([0, 1]), "rm"),
        ]
    )


def index(r):
    letter = Name(r.choice("ijkc"), r.choice([0, 0, 1]))
    number = Numeral(r.choice(["1", "2", "10"]))
    shifted = Terms((letter, number), (r.choice("+-"),))
    return r.choice([letter, number, shifted, Script(Name("w"), (letter,)), Script(Name("j"), (), Mark("*"))])


def scripted(r):
    sub = tuple(index(r) for _ in range(r.choice([1, 2])))
    return Script(name(r), sub, r.choice([None, None, Mark(r.choice(["T", "new", "old"])), Numeral("2")]))


def atom(r):
    return r.choice([name, scripted, lambda r: Numeral(r.choice(["1", "2", "0.75", "12"]))])(r)


def variable(r):
    return Script(Name(r.choice(LETTERS)), (index(r),))


def condition(r):
    return Chain((index(r), index(r)), (r.choice(["=", "neq", "leq"]),))


def factor(r, depth):
    """Something that may stand in a product; only forms that the parser itself makes."""
    if depth <= 0:
        return atom(r)
    kind = r.randrange(9)
    if kind == 0:
        return Paren(expression(r, depth - 1))
    if kind == 1:
        return Apply(Name(r.choice(["sigma", "exp", "log"])), (expression(r, depth - 1),))
    if kind == 2:
        return Apply(Name("p"), (atom(r), atom(r)), 1)
    if kind == 3:
        return Apply(Name("n"), (index(r), index(r)))
    if kind == 4:
        return Fraction(expression(r, depth - 1), expression(r, depth - 1))
    if kind == 5:
        return Differential(variable(r), variable(r), "partial", r.choice([True, False]))
    if kind == 6:
        return Bracket(r.choice(["sign", "one"]), condition(r))
    if kind == 7:
        return Choice(((expression(r, depth - 1), condition(r)), (expression(r, depth - 1), None)))
    return scripted(r)


def term(r, depth):
    kind = r.randrange(4)
    if kind == 0:
        below = Ranged(Name(r.choice("ijk")), (Numeral(r.choice("01")),))
        return Big(r.choice(["sum", "prod"]), (below,), Name(r.choice("VK")), factor(r, depth - 1))
    if kind == 1:
        factors = [factor(r, depth) for _ in range(r.choice([2, 3]))]
        factors = [f if not isinstance(f, Numeral) else Name("q") for f in factors]
        signs = [r.choice(["", "cdot", "times", "otimes", "odot", "/"]) for _ in factors[1:]]
        return Times(tuple(factors), tuple(signs))
    return factor(r, depth)


def expression(r, depth):
    first = term(r, depth)
    first = Negative(first) if r.randrange(4) == 0 else first
    if r.randrange(2) == 0:
        return first
    rest = [r.choice([Dots(), term(r, depth), term(r, depth)]) for _ in range(r.choice([1, 2]))]
    return Terms((first, *rest), tuple(r.choice("+-") for _ in rest))


EXPRESSIONS = st.builds(expression, st.randoms(use_true_random=False), st.integers(0, 3))


@given(EXPRESSIONS)
@settings(max_examples=200, deadline=None)
def test_every_tree_comes_back_from_its_own_latex(tree):
    assert parse_expression(latex(tree)) == tree


@given(EXPRESSIONS, EXPRESSIONS)
@settings(max_examples=60, deadline=None)
def test_lines_come_back_too_and_are_drawn(left, right):
    line = Line(Chain((left, right), ("=",)))
    assert parse(latex(line)) == line
    assert mathml_of(line).startswith("<math")


@pytest.mark.parametrize("row", LEDGER, ids=lambda row: row.number)
def test_rows_come_back(row):
    tree = parse(row.full)
    assert parse(latex(tree)) == tree
    assert latex(parse(latex(tree))) == latex(tree)


@given(EXPRESSIONS, st.integers(0, 200))
@settings(max_examples=150, deadline=None)
def test_half_a_line_is_read_or_refused_with_a_column_inside_it(tree, cut):
    text = latex(tree)[:cut]
    try:
        parse(text)
    except Unreadable as error:
        assert 1 <= error.column <= len(text) + 1
        assert error.reason


@given(st.text(alphabet="abeijkuvwyEVC0123456789\\{}_^'()[]=+-/.,&| \n$", max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused(text):
    try:
        parse_lines(text)
    except Unreadable as error:
        assert str(error.column) in str(error)


# one meaning, many spellings

SAME = [
    (r"w'_{ij}", r"w^{\prime}_{ij}"),
    (r"w'_{ij}", r"w_{ij}'"),
    (r"w'_{ij}", r"w^\prime_{i,j}"),
    (r"w'_{ij}", r"{w'}_{ij}"),
    (r"{w'_{ij}}^{(new)}", r"{w'}_{ij}^{new}"),
    (r"{w'_{ij}}^{(new)}", r"w'^{(t+1)}_{ij}"),
    (r"\mathbf{W}^T_{(k,\cdot)}", r"\mathbf{W}_{k,:}^{\top}"),
    (r"\frac{1}{2}", r"\frac12"),
    (r"\frac{1}{C}", r"\dfrac1C"),
    (r"\log y_j", r"\ln y_j"),
    (r"\log(y_j)", r"log(y_j)"),
    (r"\exp(u_j)", r"exp(u_j)"),
    (r"a \cdot b", "a·b"),
    (r"a - b", "a − b"),
    (r"\sum_{j=1}^V u_j", r"\sum\limits_{j = 1}^{V} u_j"),
    (r"\left( a \right)", r"\big( a \big)"),
    (r"\hat{y}_j", "ŷ_j"),
    (r"\hat{y}_j", r"\hat y_j"),
    (r"\mathrm{EH}_i", r"\text{EH}_i"),
    (r"\mathrm{EH}_i", r"\operatorname{EH}_i"),
    (r"\mathrm{EH}_i", "EH_i"),
    (r"\mathcal{W}_{neg}", r"\mathcal{W}_{\text{neg}}"),
    (r"[\![j = k]\!]", r"[[j = k]]"),
    (r"[\![j = k]\!]", r"\llbracket j = k \rrbracket"),
    (r"1[j = k]", r"\mathbb{1}\{j = k\}"),
    (r"1[j = k]", r"\mathbf{1}_{j = k}"),
    (r"p(a \mid b)", "p(a | b)"),
    (r"\frac{\partial E}{\partial u_j}", r"\frac{\partial E} {\partial u_{j}}"),
    (r"\frac{\partial}{\partial u_j} E", r"\frac{\partial E}{\partial u_j}"),
    (r"a = b", r"\[ a = b \]"),
    (r"a = b", r"$$ a = b $$"),
    (r"a = b", r"a &= b \nonumber"),
    (r"a = b", r"a = b \label{eq:1}"),
    (r"\frac{a}{b}_j", r"\\frac{a}{b}\_j"),
    (r"v_{w_I}", r"\newcommand{\word}{w_I} v_{\word}"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_are_one_tree(one, other):
    assert parse(one) == parse(other)


def test_what_looks_alike_is_kept_apart():
    assert parse("u'_j") != parse("u_{j'}")
    assert parse(r"e_j") != parse(r"e^{j}")
    assert parse(r"\mathcal{W}").chain.sides[0].key != parse("W").chain.sides[0].key
    assert parse(r"\hat{y}").chain.sides[0].key == "hat y"
    assert parse(r"\mathbf{v}").chain.sides[0].key == parse("v").chain.sides[0].key


def test_the_body_of_a_sum_runs_to_the_end_of_its_term():
    tree = parse_expression(r"\sum_{j=1}^V a_j \cdot b_j + c")
    assert isinstance(tree, Terms) and isinstance(tree.terms[0], Big)
    assert isinstance(tree.terms[0].body, Times)
    assert tree.terms[1] == Name("c")


def test_a_display_is_read_line_by_line():
    text = r"""\begin{align}
    \frac{\partial E}{\partial h_i} &= \sum_{j=1}^V e_j \cdot w'_{ij} \\
    &= \mathrm{EH}_i
    \end{align}"""
    first, second = parse_lines(text)
    assert first.chain.relations == ("=",)
    assert second.chain.sides[0] is None
    assert (first.number, second.number) == (2, 3)


def test_chains_keep_all_their_links():
    chain = parse(r"a = b = c := d").chain
    assert chain.relations == ("=", "=", ":=")
    assert len(chain.sides) == 4


def test_columns_point_into_the_text_as_it_was_written():
    with pytest.raises(Unreadable) as caught:
        parse_lines("a = b \\\\\n  c = )")
    assert (caught.value.line, caught.value.column) == (2, 7)
    with pytest.raises(Unreadable) as caught:
        parse(r"\newcommand{\x}{\frac{1}} a = \x")
    assert caught.value.column == 33


def test_macros_may_be_given_and_may_not_use_themselves():
    assert parse(r"\vh_i", {"vh": r"\mathbf{h}"}) == parse(r"\mathbf{h}_i")
    with pytest.raises(Unreadable, match="uses itself"):
        parse(r"\vh", {"vh": r"\vh"})
    with pytest.raises(Unreadable, match="macro without arguments"):
        parse(r"\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}} \pd{E}{u_j}")


def test_every_token_of_a_row_is_used():
    """Leaving out a token changes the tree or makes the line unreadable, grouping and style apart."""
    for row in LEDGER[:61]:
        whole = parse(row.full)
        tokens = tokenize(row.full)[:-1]
        for token in tokens:
            end = min((t.at for t in tokens if t.at > token.at), default=len(row.full) + 1)
            text = row.full[: token.at - 1] + " " * (end - token.at) + row.full[end - 1 :]
            same_group = token.text in ("{", "}", "quad", "where", "if", ",", "&", "mathrm")
            try:
                changed = parse(text)
            except Unreadable:
                continue
            assert changed != whole or same_group, (row.number, token)


def test_forty_lines_take_well_under_a_second():
    start = time.perf_counter()
    for row in LEDGER[:40]:
        parse(row.full)
    assert time.perf_counter() - start < 1.0
