"""Does the text of a function show that nobody has written it yet?"""

import ast

__all__ = ["why_unfinished"]


def why_unfinished(function: ast.FunctionDef) -> str:
    """The reason in words; empty if the text looks like an answer.

    Examples
    --------
    >>> why_unfinished(ast.parse("def f(x): pass").body[0])
    'its body is empty'
    >>> why_unfinished(ast.parse("def f(x): return loss, grad").body[0])
    'loss and grad are returned and never computed'
    """
    body = [node for node in function.body if not _is_text(node)]
    if not body or all(isinstance(node, ast.Pass) for node in body):
        return "its body is empty"
    stored = {
        node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    stored |= {
        arg.arg for arg in (*function.args.args, *function.args.kwonlyargs, *function.args.posonlyargs)
    }
    returned = [
        node for node in ast.walk(function) if isinstance(node, ast.Return) and node.value is not None
    ]
    values = [node.value for node in returned if node.value is not None]
    names = [name for value in values for name in _bare_names(value)]
    missing = [name for name in dict.fromkeys(names) if name not in stored]
    return (
        f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} returned and never computed"
        if missing
        else ""
    )


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _bare_names(value: ast.expr) -> list[str]:
    parts = value.elts if isinstance(value, ast.Tuple) else [value]
    return [part.id for part in parts if isinstance(part, ast.Name)]
