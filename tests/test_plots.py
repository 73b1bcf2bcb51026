"""Pictures: what they show, that all of it can be read, and that they leave as SVG that needs nothing."""

import re
import subprocess
import sys
from functools import cache
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text

from w2v_edu.corpus import toy
from w2v_edu.display import plots
from w2v_edu.display.plots import maps, style
from w2v_edu.errors import W2VError
from w2v_edu.finite import error_against_step, taylor
from w2v_edu.model import Params, cbow, one_word, random_params, skipgram
from w2v_edu.noise import Noise
from w2v_edu.objectives import NCE, Hierarchical, Negative, Softmax
from w2v_edu.reference import loss, trace, update
from w2v_edu.tree import balanced, huffman

WORDS = ["the", "king", "and", "queen", "drink", "apricot", "juice", "with", "jam"]
V, N = len(WORDS), 5
COUNTS = [40, 22, 17, 9, 7, 5, 3, 2, 1]
TREE, NOISE = huffman(COUNTS), Noise.from_counts(COUNTS)
SIGMOIDS = {"negative": Negative(), "hierarchical": Hierarchical(TREE), "nce": NCE(NOISE, 4)}
OBJECTIVES = {"softmax": Softmax(), **SIGMOIDS}


def model(objective, seed=3, V=V, N=N):
    return random_params(V, N, np.random.default_rng(seed), R=objective.rows(V), scale=0.7)


def examples(W_neg=(1, 1, 4, 7)):
    return {
        "one-word": one_word(5, 8, W_neg),
        "cbow": cbow((1, 2, 2, 6), 5, W_neg),
        "skip-gram": skipgram(5, (6, 8, 8), (W_neg, (0, 2, 2, 7), W_neg)),
    }


def traced(objective="negative", side="one-word", **sizes):
    sheet = OBJECTIVES[objective]
    params = model(sheet, **sizes)
    return params, trace(params, examples()[side], sheet)


@cache
def gradient():
    params, example = model(Softmax()), examples()["one-word"]
    one = trace(params, example, Softmax())
    flat = Params(one.dW, one.dW_out).flat()
    return (lambda theta: loss(Params.from_flat(theta, V, N), example, Softmax())), flat, params.flat()


@cache
def taylors():
    f, right, at = gradient()
    direction = np.random.default_rng(5).standard_normal(at.shape)
    bent = right.copy()
    bent[V * N : V * N + N] *= 1.5
    return {"right": taylor(f, right, at, direction), "one row too large": taylor(f, bent, at, direction)}


def curve():
    f, right, at = gradient()
    return error_against_step(f, right, at, entries=[(5 * N,), (V * N + 3,)])


@cache
def tall_tree():
    """A tree over more words than can be drawn, and a trace along one of its longer paths."""
    tree = huffman((1e5 / np.arange(1, 2001)).astype(int))
    params = random_params(2000, 3, np.random.default_rng(8), R=1999)
    return tree, trace(params, one_word(1, 1500), Hierarchical(tree))


def long_words(count):
    return [f"w{k}" + "o" * (k % 12) + "rd" for k in range(count)]


def runs(seed=0):
    noise = np.random.default_rng(seed).standard_normal((5, 40)) * 0.1
    return {name: 3 * np.exp(-np.arange(40) / k) + 1 + noise for name, k in (("softmax", 9), ("negative", 4))}


SIZES = np.array([100, 1000, 10_000, 100_000])
TIMES = {"softmax": SIZES * 2e-8 * np.array([[1.0], [1.2], [0.9]]), "negative": np.full(4, 6e-6)}

PICTURES = {
    "taylor": lambda: plots.taylor_plot(taylors()),
    "error curve": lambda: plots.error_curve_plot(curve()),
    "tree": lambda: plots.tree_plot(TREE, WORDS),
    "tree with a trace": lambda: plots.tree_plot(TREE, WORDS, trace=traced("hierarchical")[1]),
    "tree of 20": lambda: plots.tree_plot(balanced(20), long_words(20), "w7ooooooord"),
    "tree of 2000": lambda: plots.tree_plot(tall_tree()[0], long_words(2000), trace=tall_tree()[1]),
    **{
        f"network, {side}, {name}": lambda side=side, name=name: plots.network_plot(
            *traced(name, side), WORDS
        )
        for side, name in (
            ("cbow", "hierarchical"),
            ("skip-gram", "negative"),
        )
    },
    "network of 20": lambda: plots.network_plot(*traced("softmax", "cbow", V=20, N=12), long_words(20)),
    "network, most words left out": lambda: plots.network_plot(*traced("negative", "cbow", V=300)),
    "matrix": lambda: plots.matrix_plot(model(Softmax()).W, WORDS, name="W", touched=[1, 4]),
    "table of word pairs": lambda: plots.matrix_plot(np.eye(V) - 0.2, WORDS, columns=WORDS, name="PMI"),
    "matrix of one row": lambda: plots.matrix_plot([[55.0, -0.5, 0.0, 1e4]], ["EH"], name="EH  (12)"),
    "matrices": lambda: plots.matrices_plot(*reversed((WORDS, traced()[0])), traced()[1])[0],
    "large matrix": lambda: plots.matrix_plot(
        np.random.default_rng(1).standard_normal((300, 60)), name="W", touched=[3, 5, 200]
    ),
    "losses": lambda: plots.losses_plot(runs()),
    "cost": lambda: plots.cost_plot(SIZES, TIMES),
    "map": lambda: plots.word_map(model(Softmax()).W, WORDS, marked=["king"]),
    "map of both, moving": lambda: plots.word_map(
        update(model(Softmax()), examples()["cbow"], Softmax(), 1.5), WORDS, before=model(Softmax())
    ),
    "map of 300": lambda: plots.word_map(np.random.default_rng(2).standard_normal((300, 9)), long_words(300)),
    "geometric": lambda: plots.geometric_plot(*traced(N=2), 0.5, WORDS),
    "geometric, softmax": lambda: plots.geometric_plot(*traced("softmax", "cbow"), 1.0, WORDS),
    "noise": lambda: plots.noise_plot(NOISE, COUNTS, WORDS, NOISE.draw(np.random.default_rng(1), 50)),
    "noise by rank": lambda: plots.noise_plot(*ranked(), long_words(500)),
    "sigmoid": lambda: plots.sigmoid_plot(),
    "sigmoid with answers": lambda: plots.sigmoid_plot(traced()[1], WORDS),
}


def ranked():
    counts = 1 + 10_000 // np.arange(1, 501)
    return Noise.from_counts(counts), counts


@cache
def picture(name):
    return PICTURES[name]()


@cache
def svg(name):
    return plots.as_svg(picture(name))


each_picture = pytest.mark.parametrize("name", PICTURES)


def texts(ax):
    """Every text of the figure that is seen."""
    unseen = {label for axes in ax.figure.axes for label in _ticks_outside(axes)}
    return [
        t for t in ax.figure.findobj(Text) if t.get_visible() and t.get_text().strip() and t not in unseen
    ]


def _ticks_outside(axes):
    """Labels that matplotlib keeps but does not draw."""
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
            at = tick.get_loc()
            if not axes.axison or at < low - 1e-9 * abs(low) or at > high + 1e-9 * abs(high):
                yield from (tick.label1, tick.label2)


@each_picture
def test_a_picture_says_what_it_shows_in_words_and_numbers(name):
    ax = picture(name)
    assert ax.get_title()
    assert len(re.findall(r"\d", plots.alt_text(ax))) >= 2
    assert plots.alt_text(ax).endswith(".")
    assert "nan" not in plots.alt_text(ax)


@each_picture
def test_nothing_is_too_small_for_the_back_row(name):
    small = {t.get_text(): t.get_fontsize() for t in texts(picture(name)) if t.get_fontsize() < 12}
    assert not small


@each_picture
def test_nothing_is_cut_off(name):
    ax = picture(name)
    whole = ax.figure.bbox
    for text in texts(ax):
        box = Text.get_window_extent(text)
        inside = box.x0 > -1 and box.y0 > -1 and box.x1 < whole.x1 + 1 and box.y1 < whole.y1 + 1
        assert inside, (text.get_text(), box, whole)


@each_picture
def test_no_text_lies_over_another(name):
    ax = picture(name)
    titles = [t for axes in ax.figure.axes for t in (axes.title, axes.xaxis.label, axes.yaxis.label)]
    words = [t for t in texts(ax) if t not in titles]
    placed = [(t.get_text(), Text.get_window_extent(t)) for t in words if not t.get_rotation() % 90]
    for (one, a), (other, b) in combinations(placed, 2):
        across, up = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across < 2 or up < 3, (one, other)  # boxes have room for descenders


@each_picture
def test_svg_needs_nothing_outside_and_brings_no_style_or_script_into_the_page(name):
    text = svg(name)
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("role") == "img"
    assert plots.alt_text(picture(name)) in root.get("aria-label")
    tags = {element.tag.split("}")[1] for element in root.iter()}
    assert not tags & {"style", "script", "metadata", "foreignObject"}
    values = [value for element in root.iter() for key, value in element.attrib.items()]
    assert not [value for value in values if "http" in value or "url(" in value.replace("url(#", "")]
    links = [element.get("href") for element in root.iter() if element.get("href")]
    assert all(link.startswith(("#", "data:image/png;base64,")) for link in links)
    assert not re.search(r"\d{4}-\d{2}-\d{2}", text.split("aria-label")[0])


@each_picture
def test_every_id_is_there_once_and_is_pointed_at(name):
    root = ElementTree.fromstring(svg(name))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    pointed = {
        target
        for element in root.iter()
        for key, value in element.attrib.items()
        if key == "href" or "url(#" in value
        for target in re.findall(r"^#(.+)$|url\(#([^)]+)\)", value)
    }
    assert len(ids) == len(set(ids))
    assert {a or b for a, b in pointed} == set(ids)
    assert all(re.match(r"w[0-9a-f]{10}-\d+$", found) for found in ids)


def test_several_pictures_stand_on_one_page_without_a_clash():
    seen = [set(re.findall(r' id="([^"]+)"', svg(name))) for name in PICTURES]
    assert all(not a & b for a, b in combinations(seen, 2))
    twice = [set(re.findall(r' id="([^"]+)"', plots.as_svg(picture("tree"), name))) for name in ("a", "b")]
    assert twice[0] and not twice[0] & twice[1]


@pytest.mark.parametrize("name", ["tree with a trace", "map of both, moving", "matrices"])
def test_the_same_picture_is_the_same_svg(name):
    assert plots.as_svg(PICTURES[name]()) == svg(name)


def test_a_picture_shows_itself_in_a_notebook():
    assert picture("sigmoid")._repr_html_() == svg("sigmoid")


def test_characters_that_no_font_has_stay_text_and_nothing_warns():
    words = toy("royal-capitals-zh").vocabulary.words[:9]
    ax = plots.word_map(model(Softmax()).W, words)
    text = plots.as_svg(ax)
    assert words[0] in text  # in the alt text in any case
    if not style.drawable(words[0]):
        found = ElementTree.fromstring(text).iter("{http://www.w3.org/2000/svg}text")
        assert words[0] in ["".join(element.itertext()) for element in found]


def test_a_dollar_in_a_word_is_not_mathematics():
    ax = plots.word_map(np.eye(3), ["$a$", "b$", "c_{d}^"])
    assert {"$a$", "c_{d}^"} <= {t.get_text().replace(r"\$", "$") for t in texts(ax)}
    assert plots.as_svg(ax)


def test_matplotlib_is_loaded_when_a_picture_is_drawn_and_pyplot_never():
    code = (
        "import sys; from w2v_edu.display import plots; early = 'matplotlib' in sys.modules\n"
        "import matplotlib\n"
        "state = lambda: {k: matplotlib.rcParams[k] for k in matplotlib.rcParams if k != 'backend'}\n"
        "before = state()\n"
        "plots.as_svg(plots.sigmoid_plot())\n"
        "print(early, 'matplotlib.pyplot' in sys.modules, before == state())"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "False", "True"]


def test_an_unknown_picture_is_said():
    with pytest.raises(AttributeError, match="has no name 'pie_chart'"):
        plots.pie_chart  # noqa: B018


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: plots.taylor_plot(taylors(), ax=ax),
        lambda ax: plots.error_curve_plot(curve(), ax=ax),
        lambda ax: plots.tree_plot(TREE, WORDS, "jam", ax=ax),
        lambda ax: plots.network_plot(*traced(), WORDS, ax=ax),
        lambda ax: plots.matrix_plot(model(Softmax()).W, ax=ax),
        lambda ax: plots.losses_plot(runs(), ax=ax),
        lambda ax: plots.cost_plot(SIZES, TIMES, ax=ax),
        lambda ax: plots.word_map(model(Softmax()).W, ax=ax),
        lambda ax: plots.geometric_plot(*traced(), ax=ax),
        lambda ax: plots.noise_plot(NOISE, COUNTS, ax=ax),
        lambda ax: plots.sigmoid_plot(ax=ax),
    ],
)
def test_axes_that_are_passed_are_drawn_in(draw):
    figure = Figure(figsize=(16, 6), layout="constrained")
    left, right = figure.subplots(1, 2)
    assert draw(right) is right
    assert len(figure.axes) == 2
    assert not left.get_title() and plots.alt_text(right)


def test_lines_differ_without_colour_and_colours_are_those_of_okabe_and_ito():
    assert len({(str(dash), marker) for _, dash, marker in style.LINES}) == len(style.LINES)
    okabe_ito = {"#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#000000"}
    assert {colour for colour, _, _ in style.LINES} <= okabe_ito


# What each shows.


def test_taylor_plot_draws_the_remainders_and_names_the_wrong_gradient():
    ax = picture("taylor")
    for line, (name, test) in zip(ax.lines, taylors().items(), strict=False):
        np.testing.assert_array_equal(line.get_ydata(), test.remainders)
        assert line.get_label() == f"{name}: slope {test.slope:.2f}"
    right, wrong = plots.alt_text(ax).split("; ")
    assert "slope 2.0" in right and "the gradient is right" in right
    assert "the gradient is wrong" in wrong
    assert ax.get_xscale() == ax.get_yscale() == "log"


def test_taylor_plot_of_a_linear_function():
    x = np.array([1.0, 2.0])
    ax = plots.taylor_plot(taylor(lambda x: float(x.sum()), np.ones(2), x, np.ones(2)))
    assert "linear" in plots.alt_text(ax) and "right" in plots.alt_text(ax)
    plots.as_svg(ax)


def test_error_curve_names_its_lowest_point():
    found = curve()
    ax = picture("error curve")
    best = found.steps[found.central.argmin()]
    assert f"{found.central.min():.0e} at h = {best:.0e}" in plots.alt_text(ax)
    assert (ax.lines[0].get_ydata() > 0).all()  # an error of 0 has no logarithm


def test_tree_codes_and_table():
    one = traced("hierarchical")[1].output
    said = [t.get_text() for t in texts(picture("tree with a trace"))]
    for sigma, e in zip(one.y, one.e, strict=True):
        assert f"{sigma:.3f}" in said and f"{e:+.3f}".replace("-", "−") in said
    assert f"code {''.join(map(str, TREE.codes[8]))}" in plots.alt_text(picture("tree with a trace"))
    assert said.count("0") >= V - 1  # an edge to the left from each inner node


def test_left_is_left_in_the_picture():
    ax = picture("tree")
    at = {t.get_text(): t.xy[0] for t in texts(ax) if isinstance(t, Annotation)}
    in_order = sorted(WORDS, key=lambda word: TREE.codes[WORDS.index(word)].tolist())
    assert sorted(WORDS, key=at.__getitem__) == in_order


def test_a_large_tree_is_collapsed_and_loses_no_word():
    tree, one = tall_tree()
    said = [t.get_text().strip() for t in texts(picture("tree of 2000"))]
    beside = [int(text.split()[0].replace(",", "")) for text in said if text.endswith(" words")]
    leaves = [text for text in said if re.fullmatch(r"w\d+o*(rd|…)", text)]
    assert sum(beside) + len(leaves) == tree.V
    assert [str(node) in said for node in one.output.nodes] == [True] * len(one.output.nodes)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plots.tree_plot(balanced(21)), "name its word, as in word=0"),
        (lambda: plots.tree_plot(TREE, WORDS, "marmalade"), "'marmalade' is not in the vocabulary"),
        (lambda: plots.tree_plot(TREE, WORDS, 9), "out of range"),
        (lambda: plots.tree_plot(TREE, WORDS, "king", trace=traced("hierarchical")[1]), "not a target"),
        (lambda: plots.tree_plot(TREE, WORDS, trace=traced("negative")[1]), "no tree"),
        (lambda: plots.tree_plot(balanced(V), WORDS, trace=traced("hierarchical")[1]), "path of this tree"),
        (lambda: plots.network_plot(*traced("softmax", V=21)), "21 output vectors that take part"),
        (lambda: plots.network_plot(*traced("negative", N=21)), "21 hidden units"),
        (lambda: plots.network_plot(model(Softmax(), V=4), traced()[1]), "another shape"),
        (lambda: plots.geometric_plot(model(Softmax(), N=4), traced()[1]), "the trace has W_out"),
        (lambda: plots.matrix_plot([1.0, 2.0]), "expected a matrix"),
        (lambda: plots.losses_plot({}), "no losses"),
        (lambda: plots.losses_plot({"a": [1.0, 2.0]}, [1, 2, 3]), "2 losses but steps of shape"),
        (lambda: plots.cost_plot([10], {"a": [1.0]}), "at least two sizes"),
        (lambda: plots.cost_plot([10, 20], {"a": [1.0, 0.0]}), "positive"),
        (lambda: plots.word_map(np.ones((3, 1))), "N = 1"),
        (lambda: plots.word_map(np.eye(3), before=np.eye(2)), "another shape"),
        (lambda: plots.word_map(np.eye(3), ["a", "b", "c"], arrows=[("a", "z")]), "'z' is not in"),
        (lambda: plots.noise_plot(NOISE, COUNTS[1:]), "8 counts for a noise distribution over 9 words"),
        (lambda: plots.sigmoid_plot(traced("softmax")[1]), "no sigmoid"),
    ],
)
def test_what_cannot_be_drawn_is_said(call, message):
    with pytest.raises(W2VError, match=message):
        call()


@pytest.mark.parametrize("side", ["one-word", "cbow", "skip-gram"])
@pytest.mark.parametrize("name", OBJECTIVES)
def test_network_shows_the_numbers_of_the_trace(name, side):
    params, one = traced(name, side)
    ax = plots.network_plot(params, one, WORDS, ax=Figure().add_subplot())
    said = [t.get_text() for t in ax.texts]
    shown = {f"{value:.2f}".replace("-", "−") for value in one.h}
    shown |= {f"{u:.2f}".replace("-", "−") for out in one.outputs for u in out.u}
    shown |= {f"{one.EI[j]:+.2f}".replace("-", "−") for out in one.outputs for j in out.rows}
    assert shown <= set(said)
    assert f"E = {one.E:.3f}" in ax.get_title()


@pytest.mark.parametrize("name", ["matrix", "matrix of one row", "matrices", "large matrix"])
def test_matrices_are_white_at_zero_and_symmetric(name):
    mesh = picture(name).collections[0]
    low, high = mesh.get_clim()
    assert low == -high and high >= np.abs(mesh.get_array()).max()
    np.testing.assert_allclose(mesh.cmap(mesh.norm(0.0)), (1, 1, 1, 1), atol=0.01)


def test_both_matrices_have_one_scale():
    left, right = plots.matrices_plot(model(Softmax()), WORDS)
    assert left.collections[0].get_clim() == right.collections[0].get_clim()


def test_numbers_can_be_read_on_their_cells():
    def luminance(colour):
        light = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
        return float(np.dot([0.2126, 0.7152, 0.0722], light))

    contrasts, inks = [], set()
    for value in np.linspace(0, 1, 101):
        cell = style.DIVERGING(value)
        ink = style.ink_on(cell)
        inks.add(ink)
        dark, light = sorted([luminance(cell), luminance(style.to_rgb(ink))])
        contrasts.append((light + 0.05) / (dark + 0.05))
    assert min(contrasts) > 4  # WCAG asks 3 of text as large as ours
    assert style.ink_on(style.DIVERGING(0.0)) == style.ink_on(style.DIVERGING(1.0)) == "#ffffff"
    assert len(inks) == 2


def test_touched_rows_are_framed_and_named():
    ax = picture("matrix")
    framed = sorted(round(patch.get_y() + 0.5) for patch in ax.patches if isinstance(patch, Rectangle))
    assert framed == [1, 4]
    bold = [t.get_text() for t in ax.get_yticklabels() if t.get_fontweight() == "bold"]
    assert bold == ["▸ king", "▸ drink"]
    assert "Marked rows: king, drink." in plots.alt_text(ax)


def test_columns_may_be_words():
    ax = picture("table of word pairs")
    assert [t.get_text() for t in ax.get_xticklabels()] == WORDS and not ax.get_xlabel()
    assert picture("matrix").get_xlabel() == "hidden dimension i"


def test_losses_are_the_mean_in_a_band_of_all_runs():
    ax = picture("losses")
    table = runs()["softmax"]
    np.testing.assert_allclose(ax.lines[0].get_ydata(), table.mean(axis=0))
    band = ax.collections[0].get_paths()[0].vertices[:, 1]
    assert band.min() == table.min() and band.max() == table.max()
    assert f"softmax from {table.mean(axis=0)[0]:.3g}" in plots.alt_text(ax)


def test_losses_with_their_own_steps_and_gaps():
    ax = plots.losses_plot({"a": [3.0, np.nan, 2.0], "b": [1.0, 0.5]}, {"a": [10, 20, 30], "b": [5, 6]})
    assert ax.lines[0].get_xdata().tolist() == [10, 20, 30]
    assert "a from 3 to 2; b from 1 to 0.5" in plots.alt_text(ax)


def test_cost_names_the_power_of_V():
    said = plots.alt_text(picture("cost"))
    assert "softmax from 2 µs at 100 to 2 ms at 100,000, growing as V to the power 1.00" in said
    assert "negative from 6 µs at 100 to 6 µs at 100,000, growing as V to the power 0.00" in said


def test_map_axes_are_orthonormal_and_keep_the_most():
    rows = np.random.default_rng(4).standard_normal((40, 6)) * [5, 1, 4, 0.5, 0.2, 1]
    axes = plots.map_axes(rows)
    np.testing.assert_allclose(axes.directions @ axes.directions.T, np.eye(2), atol=1e-12)
    flat = axes.flat(rows)
    moved = rows - rows.mean(axis=0)
    assert axes.kept == pytest.approx((flat**2).sum() / (moved**2).sum())
    eigenvalues = np.linalg.eigvalsh(moved.T @ moved)
    assert (flat**2).sum() == pytest.approx(eigenvalues[-2:].sum())


def test_maps_with_one_pair_of_axes_can_be_compared():
    before, after = model(Softmax(), 1).W, model(Softmax(), 2).W
    axes = plots.map_axes(before, after)
    for W in (before, after):
        ax = plots.word_map(W, WORDS, axes=axes, ax=Figure().add_subplot())
        np.testing.assert_allclose(np.array(ax.lines[1].get_data()).T, axes.flat(W))


def test_every_word_of_a_small_map_is_labelled_and_a_marked_word_of_a_large_one():
    said = {t.get_text() for t in texts(picture("map"))}
    assert set(WORDS) <= said
    large = plots.word_map(np.random.default_rng(2).standard_normal((90, 9)), marked=[89])
    assert "89" in [t.get_text() for t in texts(large) if t.get_fontweight() == "bold"]


def test_arrows_lead_from_where_the_words_were():
    old, new = model(Softmax(), 1, N=2).W, model(Softmax(), 2, N=2).W
    ax = plots.word_map(new, WORDS, before=old, ax=Figure().add_subplot())
    arrows = [t for t in ax.texts if isinstance(t, Annotation) and t.arrow_patch is not None]
    centre = np.concatenate([new, old]).mean(axis=0)
    np.testing.assert_allclose([t.xy for t in arrows], new - centre)
    np.testing.assert_allclose([t.xyann for t in arrows], old - centre)


@pytest.mark.parametrize("side", ["one-word", "cbow", "skip-gram"])
@pytest.mark.parametrize("name", OBJECTIVES)
def test_the_geometric_step_is_the_step_of_the_reference(name, side):
    eta, sheet = 0.8, OBJECTIVES[name]
    params, one = traced(name, side, N=2)
    after = update(params, examples()[side], sheet, eta)
    ax = plots.geometric_plot(params, one, eta, WORDS, ax=Figure().add_subplot())
    drawn = {tuple(np.round((line.get_xdata()[0], line.get_ydata()[0]), 9)) for line in ax.lines}
    h = trace(after, examples()[side], sheet).h
    assert tuple(np.round(h, 9)) in drawn and tuple(np.round(one.h, 9)) in drawn
    asked = {int(j) for out in one.outputs for j in out.rows}
    there = [j for j in asked if tuple(np.round(after.W_out[j], 9)) in drawn]
    assert len(there) == min(8, len(asked))


def test_the_geometric_step_goes_towards_jam_and_away_from_the_noise():
    params, one = traced()
    ax = plots.geometric_plot(params, one, words=WORDS, ax=Figure().add_subplot())
    assert ax.get_title().startswith("apricot: towards jam, away from ")
    assert "king ×2" in plots.alt_text(ax)


def test_noise_bars_are_share_and_probability():
    heights = [[bar.get_height() for bar in group] for group in picture("noise").containers]
    np.testing.assert_allclose(heights, [np.array(COUNTS) / sum(COUNTS), NOISE.p])


@pytest.mark.parametrize("name", SIGMOIDS)
def test_the_heights_of_the_dots_sum_to_minus_the_loss(name):
    one = traced(name, "skip-gram")[1]
    ax = plots.sigmoid_plot(one, WORDS, ax=Figure().add_subplot())
    dots = [line.get_ydata()[0] for line in ax.lines if len(line.get_ydata()) == 1]
    assert sum(dots) == pytest.approx(-one.E, rel=1e-12)
    assert f"E = {one.E:.3f}" in ax.get_title()


def test_labels_that_find_no_place_are_left_out():
    ax = plots.word_map(np.random.default_rng(0).standard_normal((58, 2)) * 1e-3, long_words(58))
    labels = [t for t in texts(ax) if t.get_text() in {style.word_name(w, long_words(58)) for w in range(58)}]
    assert 5 < len(labels) < 58
    assert f"{len(labels)} labels" in plots.alt_text(ax)


def test_map_axes_of_two_numbers_turn_nothing():
    assert maps.map_axes(np.array([[1.0, 2.0], [3.0, 1.0]])).directions.tolist() == [[1, 0], [0, 1]]
