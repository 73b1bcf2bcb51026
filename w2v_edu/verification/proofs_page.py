"""The part of the page that is proved: theorems, and derivations step by step."""

from html import escape

__all__ = ["derivations", "theorems"]

OK, NOT_PROVED = "<b class='ok'>\u2713</b>", "<b class='failure'>not proved</b>"


def theorems() -> str:
    """What holds beyond single equations, with its conditions and its proof."""
    from w2v_edu.symbolic import theorems_models, theorems_optima  # loads SymPy, so not before it is wanted

    rooms = (theorems_models, theorems_optima)
    found = [getattr(room, name)() for room in rooms for name in room.__all__]
    shown = [
        _folded(
            f"{escape(theorem.name)} {OK if theorem.proved else NOT_PROVED}",
            f"<div class='wide' tabindex='0'>{theorem._repr_html_()}</div>",
        )
        for theorem in found
    ]
    return (
        "<h2>Theorems</h2><p>For general sizes; each step is an equation that the prover decides.</p>"
        + "".join(shown)
    )


def derivations() -> str:
    """The authored derivations, each step proved now, folded away until they are wanted."""
    from w2v_edu.derivation.authored import AUTHORED  # loads SymPy, so not before it is wanted

    made = [make() for make in AUTHORED.values()]
    shown = [
        _folded(escape(one.title), f"<div class='wide' tabindex='0'>{one._repr_html_()}</div>")
        for one in made
    ]
    return (
        f"<h2>Step by step</h2><p>{len(made)} derivations, from the loss to the update. Each step names its "
        f"rule, and the rule is verified.</p>{''.join(shown)}"
    )


def _folded(summary: str, body: str) -> str:
    return f"<details><summary>{summary}</summary>{body}</details>"
