"""Pictures, one function a figure: each takes a record of the library and returns matplotlib axes.

Nothing here touches pyplot or any global setting, and matplotlib is loaded when the first picture is drawn.
The axes carry their alt text (`alt_text`), show themselves in a notebook, and leave as inline SVG (`as_svg`).
"""

from importlib import import_module
from typing import Any

_HOME = {
    "alt_text": "style",
    "as_svg": "svg",
    "cost_plot": "cost",
    "error_curve_plot": "gradients",
    "geometric_plot": "geometric",
    "losses_plot": "losses",
    "map_axes": "maps",
    "matrices_plot": "matrices",
    "matrix_plot": "matrices",
    "network_plot": "network",
    "noise_plot": "noise",
    "sigmoid_plot": "sigmoid",
    "taylor_plot": "gradients",
    "tree_plot": "tree",
    "word_map": "maps",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"w2v_edu.display.plots has no name {name!r}; it has {', '.join(__all__)}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
