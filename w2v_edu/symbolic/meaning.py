"""What a formula means: small frozen records, in component form, with typed indices.

Everything that is written as mathematics (a ledger row, the loss in a sheet, a student's line) is read into
these records once; :mod:`w2v_edu.symbolic.evaluate` turns them into numbers on arrays and the prover turns
them into SymPy. No SymPy here.

**Component form.** There are no vectors and no matrices. An array is a function of indices, ``h[i]``,
``W[k, i]``, ``W_out[j, i]``; a vector equation is an equation *for all* values of the indices in
:attr:`Claim.free`. The inner product of ``v'_j`` and ``h`` is ``Sum(i, W_out[j, i] * h[i])``.

**Indices are typed and count as the paper counts.** An :class:`Index` has a :class:`Range` ``first..last``
in a *space*. Two indices may be compared, or stand in the same slot of an array, only if they live in the
same space:

=========  =====================  ==========================================================================
space      usual range            runs over
=========  =====================  ==========================================================================
word       1..V                   the vocabulary (letters k, j, o, w)
hidden     1..N                   the components of h (letter i)
panel      1..C                   the context words
asked      0..K, or 1..K          the words that negative sampling asks: 0 is w_O, 1..K are W_neg (a multiset)
step       1..L(w)-1              positions on the path from the root to the word w
node       1..2V-1                nodes of the tree: 1..V the leaves (node w is word w), V+1.. the inner nodes
input      1..K                   Appendix A: inputs of the network
output     1..M                   Appendix A: its output units
=========  =====================  ==========================================================================

**Data-dependent indices** (w_O, j^*, j_c^*, the context words, the noise words w_k, the node n(w, j)) are
entries of integer arrays, used as indices: ``W_out[w_O[], i]``, ``W[context[c], i]``, ``W_out[n[w[], j],
i]``. :attr:`Array.values` names the space they point into.

**Definitions make a graph.** A :class:`Theory` says which arrays are given (inputs) and defines the others
from them, one after another: ``h := ...``, ``u := ...``, ``y := ...``, ``E := ...``. :class:`Derivative` is
read through that graph: the array it is taken by becomes independent of whatever defined it, and everything
that follows from it is recomputed. So dE/du_j holds the other scores fixed, and in (30) the scores u_{c,j}
of the panels are independent of each other while in (32) they share W'.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number: ``Number(Fraction(1, 2))``."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Size:
    """A size of the model as a number: V, N, C, K, M; a positive integer. (L(w) is the entry ``L[w]`` of an
    integer array.)
    """

    name: str


@dataclass(frozen=True, slots=True)
class Range:
    """The integers from ``first`` to ``last``, both included, in a space; empty if last < first.

    The bounds are expressions (:class:`Number`, :class:`Size`, sums of them, or an entry such as ``L[w]``),
    kept exactly as written: a sum that stops at V - 1 stops at V - 1.
    """

    space: str
    first: "Expr"
    last: "Expr"


@dataclass(frozen=True, slots=True)
class Index:
    """An index letter with its range; ``name`` keeps the prime of j'. Bound by Sum and Product, free
    otherwise. As an expression it is its value.
    """

    name: str
    range: Range


@dataclass(frozen=True, slots=True)
class Entry:
    """One component of an array, ``array[indices]``; ``()`` for a scalar such as E, eta or w_O. Indices are
    integer-valued expressions.
    """

    array: str
    indices: tuple["Expr", ...] = ()


@dataclass(frozen=True, slots=True)
class Add:
    """The sum of two or more terms; a - b is ``Add((a, Mul((Number(-1), b))))``."""

    terms: tuple["Expr", ...]


@dataclass(frozen=True, slots=True)
class Mul:
    """The product of two or more factors, all of them scalars."""

    factors: tuple["Expr", ...]


@dataclass(frozen=True, slots=True)
class Divide:
    """top / bottom."""

    top: "Expr"
    bottom: "Expr"


@dataclass(frozen=True, slots=True)
class Power:
    """base ** exponent (never e^x: that is ``Call("exp", x)``)."""

    base: "Expr"
    exponent: "Expr"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of one number: ``exp``, ``log`` (natural), ``sigma``, ``sigma'`` (its derivative),
    ``sqrt``, ``tanh``, ``abs``.
    """

    function: str
    argument: "Expr"


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of ``body`` over ``index``, whose own range holds the limits; ``index`` is bound in ``body``
    and not in the limits.
    """

    index: Index
    body: "Expr"


@dataclass(frozen=True, slots=True)
class Product:
    """The product of ``body`` over ``index``, as :class:`Sum`."""

    index: Index
    body: "Expr"


@dataclass(frozen=True, slots=True)
class Compare:
    """A condition ``left op right`` with op one of ``= != < <= > >=``; between indices of one space, or
    between numbers.
    """

    op: str
    left: "Expr"
    right: "Expr"


@dataclass(frozen=True, slots=True)
class Iverson:
    """1 if the condition holds, else 0: ``1[j = k]``, delta_{jk}."""

    condition: Compare


@dataclass(frozen=True, slots=True)
class Sign:
    """Rong's double bracket (38): 1 if the condition holds, else -1."""

    condition: Compare


@dataclass(frozen=True, slots=True)
class Cases:
    """The value of the first branch whose condition holds, else ``otherwise``; ``otherwise=None`` says the
    author gave no such line.
    """

    branches: tuple[tuple["Expr", Compare], ...]
    otherwise: "Expr | None" = None


@dataclass(frozen=True, slots=True)
class Derivative:
    """The derivative of ``of`` by one component of an array, read through the definitions of the setting.

    ``by.array`` becomes an independent variable: its own definition is cut, and each definition that
    depends on it is recomputed. If ``by.indices`` point at a row through data (``W_out[w_neg[k], i]``) it
    is the derivative by that entry of the array itself, so that repeated words count as often as they
    occur.
    """

    of: "Expr"
    by: Entry


@dataclass(frozen=True, slots=True)
class New:
    """The value after one step of gradient descent: ``New(x) = x - eta * Derivative(E, x)``; ``x^{(old)}``
    is the entry itself.

    In the perceptron's setting (66), which descends no gradient, the setting's ``loss`` is None and New
    stays without a definition.
    """

    entry: Entry


@dataclass(frozen=True, slots=True)
class Extremum:
    """``\\max`` or ``\\min`` written before an expression: a statement of purpose, which has no value of
    its own. Only *said*.
    """

    kind: str
    body: "Expr"


Expr: TypeAlias = (
    Number
    | Size
    | Index
    | Entry
    | Add
    | Mul
    | Divide
    | Power
    | Call
    | Sum
    | Product
    | Iverson
    | Sign
    | Cases
    | Derivative
    | New
    | Extremum
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one line says: ``sides[0] relations[0] sides[1] relations[1] ...`` for all values of the
    ``free`` indices.

    Attributes
    ----------
    sides : two or more expressions; a single one is an expression that claims nothing.
    relations : one fewer than sides, each ``=`` or ``:=`` (one of its two sides is a name being introduced).
        An update written with an arrow is the claim ``New(x) = ...``.
    free : the indices over which it is claimed, with their ranges.
    condition : holds only where all of these do (``if w_j = w_O`` beside the formula).
    warnings : readings that a strict reader would refuse, in words for people (a missing transpose, a row
        for a column).
    """

    sides: tuple[Expr, ...]
    relations: tuple[str, ...] = ()
    free: tuple[Index, ...] = ()
    condition: tuple[Compare, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Array:
    """A named array of a setting.

    Attributes
    ----------
    name : the identifier in the code where there is one (``W_out``, ``EH``).
    axes : its index letters with their ranges; a later range may depend on an earlier letter (``n[w, j]``,
        j = 1..L(w)).
    values : ``real``; ``positive`` (eta; a noise probability); or the space into which its integers point
        (``word``, ``node``, or ``length``).
    what : one line for people.
    """

    name: str
    axes: tuple[Index, ...] = ()
    values: str = "real"
    what: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """``array[axes] := body``, with the LaTeX it was read from. ``body`` uses the array's own axes as its
    free indices, inputs, and arrays defined before it.
    """

    array: Array
    body: Expr
    latex: str = ""


@dataclass(frozen=True)
class Theory:
    """What a setting declares, as meaning: the given arrays, and the others defined from them in order.

    Attributes
    ----------
    name : ``rong/cbow/hierarchical``.
    sizes : names of its sizes.
    inputs : given arrays. Nothing is assumed of them beyond ``values``: context words and noise words may
        repeat.
    definitions : in an order in which each uses only inputs and earlier ones. Labels are defined as well:
        ``t[j] := 1[j = w_O]``,
        ``x[k] := 1[k = w_I]``, ``t[j] := 1[n(w, j + 1) = ch(n(w, j))]``.
    loss : name of the scalar array that New descends (``E``), or None.
    learned : the inputs that are trained: W, W_out.
    """

    name: str
    sizes: tuple[str, ...]
    inputs: tuple[Array, ...]
    definitions: tuple[Definition, ...]
    loss: str | None = "E"
    learned: tuple[str, ...] = ("W", "W_out")

    def array(self, name: str) -> Array:
        """The declared array of that name (KeyError if there is none)."""
        for array in (*self.inputs, *(d.array for d in self.definitions)):
            if array.name == name:
                return array
        raise KeyError(name)

    def definition(self, name: str) -> Definition | None:
        """The definition of that array, or None for an input."""
        return next((d for d in self.definitions if d.array.name == name), None)
