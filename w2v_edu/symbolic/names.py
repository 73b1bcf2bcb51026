"""Names: components, vectors and matrices; data that serve as indices; series with dots."""

from .letters import Letters
from .meaning import Expr, Index, Range, Size
from .patterns import replace_at, series_of
from .setting import Symbol
from .syntax import (
    Apply,
    Big,
    Name,
    Node,
    Ranged,
    Slot,
    Terms,
)
from .tokens import Unreadable
from .values import Value
from .walk import substitute

__all__ = ["Names"]


class Names(Letters):
    """What a name with subscripts is; and why it is nothing, if it is not."""

    def named(self, name: Name, sub: tuple[Node, ...], star: str, node: Node) -> Value:
        """The value of a name with its subscripts."""
        key, sub = name.key + star, self.flat(sub)
        for symbol in self.candidates(key, len(sub), call=False):
            binding = self.match(symbol, sub)
            if binding is None:
                continue
            slots = [binding[p] for p, n in zip(symbol.subs, sub, strict=True) if isinstance(n, Slot)]
            axes = [self.axis(axis, binding) for axis in symbol.axes]
            opened = dict(zip((axis.name for axis in symbol.axes), axes, strict=True))
            entry = substitute(symbol.entry, {**binding, **opened})
            return Value(entry, (*(s for s in slots if isinstance(s, Index)), *axes))
        if not sub and not star:
            if found := self.letter(key):
                return Value(found)
            if key in self.setting.theory.sizes:
                return Value(Size(key))
        raise self.unfit(key, name, sub, node)

    def axis(self, axis: Index, binding: dict[str, Expr]) -> Index:
        """A fresh open axis; its range may depend on the subscripts."""
        range_ = axis.range
        return self.fresh(
            axis.name,
            Range(range_.space, substitute(range_.first, binding), substitute(range_.last, binding)),
        )

    def called(self, key: str, node: Apply) -> Value | None:
        """n(w,j), L(w), ch(n): an array that is written as a function."""
        for symbol in self.candidates(key, len(node.arguments), call=True):
            if (binding := self.match(symbol, node.arguments)) is not None:
                return Value(substitute(symbol.entry, binding))
        return None

    def unfit(self, key: str, name: Name, sub: tuple[Node, ...], node: Node) -> Unreadable:
        """Why a name with these subscripts has no meaning here."""
        same = [s for s in self.setting.symbols if s.key == key and not s.call]
        if not same:
            return self.unknown(name)
        fitting = [s for s in same if len(s.subs) == len(sub)]
        if not fitting:
            spellings = " or ".join(dict.fromkeys(self.spelled(s) for s in same))
            return self.error(
                node, f"{key} with {len(sub) or 'no'} {'index' if len(sub) == 1 else 'indices'}", spellings
            )
        for pattern, entry in zip(fitting[0].subs, sub, strict=True):
            if (range_ := self.setting.letters.get(pattern)) and not isinstance(entry, Slot):
                self.index(entry, range_.space)
        return self.error(
            sub[0] if sub else node, f"this index does not fit {key}", " or ".join(map(self.spelled, fitting))
        )

    def spelled(self, symbol: Symbol) -> str:
        joined = "".join(symbol.subs) if all(len(s) == 1 for s in symbol.subs) else ",".join(symbol.subs)
        return (
            f"{symbol.key}_{{{joined}}}"
            if len(joined) > 1
            else f"{symbol.key}_{joined}"
            if joined
            else symbol.key
        )

    def unknown(self, name: Name) -> Unreadable:
        if name.text in ("sigma", "softmax", "sigmoid"):
            return self.error(name, f"{name.text} needs its argument in parentheses", f"{name.text}(x)")
        hint = self.setting.hints.get(name.key, "")
        symbols = [s for s in reversed(self.setting.symbols) if not s.call and not s.axes]
        known = ", ".join(list(dict.fromkeys(map(self.spelled, symbols)))[:12])
        reason = f"{name.key} is not defined here"
        return self.error(name, f"{reason}; {hint}" if hint else reason, "" if hint else f"one of {known}")

    def series(self, node: Terms) -> Node | None:
        """x_1 + x_2 + ... + x_C as a sum."""
        found = series_of(node)
        if found is None:
            return None
        body, first, last, check = found
        if not check:
            raise self.error(
                node, "these terms do not follow one pattern", "terms such as x_1 + x_2 + \\cdots + x_C"
            )
        upper = self.index(last)
        space = self.space(upper)
        letter = next((k for k, r in self.setting.letters.items() if r.space == space and len(k) == 1), "")
        if not letter:
            raise self.error(node, "it is not clear what these terms count", "a last term with C, V or K")
        name = Name(letter, 0, "", "", node.at)
        limits = (Ranged(name, (first,), False, node.at),)
        return Big("sum", limits, last, replace_at(body, name), node.at)
