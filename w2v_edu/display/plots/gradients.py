"""How far a gradient, and a numerical derivative of it, can be trusted: the Taylor plot and the V curve."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from w2v_edu.display.plots.style import (
    BLUE,
    GREEN,
    GREY,
    LINES,
    VERMILLION,
    describe,
    frame,
    legend,
    slide,
    write,
)
from w2v_edu.finite import STEP, ErrorCurve, Taylor

__all__ = ["error_curve_plot", "taylor_plot"]

FLOOR = 1e-17  # where an error of exactly 0 is drawn, on a logarithmic axis


def taylor_plot(tests: Taylor | Mapping[str, Taylor], ax: Axes | None = None) -> Axes:
    """The Taylor test: the remainder falls as h squared where the gradient is right, as h where it is not.

    Parameters
    ----------
    tests : Taylor, or a mapping from a name to a Taylor
        What `w2v_edu.finite.taylor` returned; several, to hold a right gradient against wrong ones.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        With alt text that names each slope.
    """
    named = {"gradient": tests} if isinstance(tests, Taylor) else dict(tests)
    ax = slide(ax)
    frame(
        ax,
        "Taylor test: slope 2 means that the gradient is right",
        "step h along a direction d",
        r"$|E(\theta+h\,d)-E(\theta)-h\,\langle g,d\rangle|$",
    )
    ax.set(xscale="log", yscale="log")
    for (name, test), (colour, dash, marker) in zip(named.items(), LINES * 3, strict=False):
        seen = test.remainders > 0
        style: dict[str, Any] = {
            "color": colour,
            "linestyle": dash,
            "marker": marker,
            "linewidth": 2.5,
            "markersize": 9,
        }
        ax.plot(test.steps[seen], test.remainders[seen], label=f"{name}: {_slope(test)}", **style)
    _guides(ax, list(named.values()))
    legend(ax, loc="lower right")
    told = "; ".join(f"{name}: {_told(test)}" for name, test in named.items())
    return describe(ax, f"Taylor test, the remainder against the step on log-log axes. {told}.")


def _slope(test: Taylor) -> str:
    return "remainder 0, exactly linear" if np.isnan(test.slope) else f"slope {test.slope:.2f}"


def _told(test: Taylor) -> str:
    if np.isnan(test.slope):
        return (
            "every remainder is zero to rounding: E is linear along this direction, and the gradient is right"
        )
    verdict = "the gradient is right" if abs(test.slope - 2) <= 0.1 else "the gradient is wrong"
    first, last = int(np.argmax(test.steps)), int(np.argmin(test.steps))
    return (
        f"from {test.remainders[first]:.1e} at h = {test.steps[first]:.0e} to {test.remainders[last]:.1e} "
        f"at h = {test.steps[last]:.0e}, slope {test.slope:.2f}, so {verdict}"
    )


def _guides(ax: Axes, tests: list[Taylor]) -> None:
    """Lines of slope 1 and 2 through the largest remainder, to compare with."""
    steps = np.concatenate([test.steps for test in tests])
    top = max((float(test.remainders.max()) for test in tests), default=0.0)
    if top <= 0:
        ax.set(xlim=(steps.min() / 2, steps.max() * 2), ylim=(FLOOR, 1))
        return
    h = np.array([steps.min(), steps.max()])
    low, high = ax.get_ylim()
    for power, name in ((1, "$h$ "), (2, "$h^2$ ")):
        line = 3 * top * (h / h[1]) ** power
        ax.plot(h, line, color=GREY, linewidth=1.2, linestyle=(0, (1, 2)), zorder=1)
        write(ax, h[0], line[0], name, ha="right", color=GREY)
        low, high = min(low, line[0] / 3), max(high, line[1] * 2)
    ax.set(xlim=(h[0] / 2, h[1] * 1.5), ylim=(low, high))


def error_curve_plot(curve: ErrorCurve, ax: Axes | None = None) -> Axes:
    """The V curve: a central difference is best at one step; the complex step stays exact.

    Parameters
    ----------
    curve : ErrorCurve
        What `w2v_edu.finite.error_against_step` returned.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        With alt text that names the best step and its error.
    """
    ax = slide(ax)
    frame(ax, "Error of a numerical derivative against its step", "step h", "relative error")
    ax.set(xscale="log", yscale="log")
    style: dict[str, Any] = {"linewidth": 2.5, "markersize": 8}
    central, imaginary = _seen(curve.central), _seen(curve.complex)
    ax.plot(curve.steps, central, color=VERMILLION, marker="s", label="central difference", **style)
    ax.plot(curve.steps, imaginary, color=BLUE, marker="o", linestyle="--", label="complex step", **style)
    best = int(np.nanargmin(central))
    ax.axvline(STEP, color=GREEN, linestyle=":", linewidth=2, label=r"$\sqrt[3]{\varepsilon}$ = 6e-6")
    _asymptotes(ax, curve, central, best)
    ax.set_ylim(FLOOR / 3, max(1.0, float(np.nanmax(central))) * 30)
    legend(ax, loc="upper center", ncols=3, framealpha=1.0)
    return describe(ax, _told_curve(curve))


def _told_curve(curve: ErrorCurve) -> str:
    best, right, left = np.nanargmin(curve.central), np.argmax(curve.steps), np.argmin(curve.steps)
    at_best, at_right, at_left = (
        f"{curve.central[k]:.0e} at h = {curve.steps[k]:.0e}" for k in (best, right, left)
    )
    exact = np.nanmin(curve.complex)
    return (
        "Relative error of a numerical derivative against the step h, on log-log axes. Central differences "
        f"make a V: {at_right}, falling as h squared to {at_best}, then rising as 1 over h to {at_left}. The "
        f"complex step falls to {'exactly 0' if exact == 0 else f'{exact:.0e}'} and stays there."
    )


def _seen(errors: NDArray[np.float64]) -> NDArray[np.float64]:
    shown = np.where(np.isfinite(errors), np.maximum(errors, FLOOR), np.nan)
    return np.asarray(shown)


def _asymptotes(ax: Axes, curve: ErrorCurve, central: NDArray[np.float64], best: int) -> None:
    """What makes the two arms of the V."""
    right, left = int(np.argmax(curve.steps)), int(np.argmin(curve.steps))
    told: list[tuple[int, str, dict[str, Any]]] = [
        (right, "the curve bends:\ntruncation, $h^2$  ", {"ha": "right"}),
        (left, "  digits cancel:\n  rounding, $\\varepsilon/h$", {"ha": "left"}),
    ]
    for end, text, options in told:
        if end == best:
            continue
        x = float(np.sqrt(curve.steps[end] * curve.steps[best]))
        y = float(np.sqrt(central[end] * central[best]))
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        write(ax, x, y, text, color=GREY, va="bottom", bbox=box, **options)
