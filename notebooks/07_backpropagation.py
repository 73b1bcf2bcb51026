# %% [markdown]
# # 7. Backpropagation, from one unit up
#
# **You will be able to** derive the update of a single unit and of a network with one hidden layer, in three
# steps a layer; and to say why the appendix's error is not the error of the main text.
#
# You need no other notebook: this is the paper's Appendix A, equations (62) to (85), and it can be read
# first. It has letters of its own: K inputs, N hidden units, M outputs, and an EI that is not the EI of (31).

# %%
import numpy as np

from w2v_edu import Softmax, one_word, random_params, show, trace
from w2v_edu.backprop import (
    layers_loss,
    logistic_unit,
    perceptron,
    two_layers,
    unit_loss,
    update_layers,
    update_unit,
)
from w2v_edu.derivation.authored import AUTHORED
from w2v_edu.display.plots import sigmoid_plot
from w2v_edu.display.show import Shown
from w2v_edu.finite import complex_step, relative_error
from w2v_edu.functions import sigmoid
from w2v_edu.ledger import equation


def row(number, values=None, shape="()"):
    """An equation of the appendix with its numbers."""
    values = None if values is None else np.asarray(values)
    labels = () if values is None or values.ndim == 0 else tuple(str(k + 1) for k in range(len(values)))
    return Shown(equation(number), number, values, shape, labels)


# %% [markdown]
# ## One unit
#
# A unit adds up its inputs with weights, and passes the sum through a function: (62) to (64).

# %% tags=["eq-62", "eq-63", "eq-64"]
w, x = np.array([0.5, -1.0, 0.25]), np.array([1.0, 0.5, 2.0])
step = perceptron(w, x, t=0.0)
row("64", step.u)

# %% tags=["eq-63"]
row("63", step.u)

# %% [markdown]
# The printed sum starts at i = 0; the inputs are x_1 to x_K and the bias is left out, so it must start at 1.

# %% tags=["eq-63"]
equation("63").note

# %% [markdown]
# ## The perceptron
#
# Its function is a step, (65).
#
# > **Predict.** u is positive here. What is y? The label is 0: in which direction will w move, towards x or
# > away from it?

# %% tags=["eq-62", "eq-65"]
row("65", step.y)

# %% tags=["eq-66"]
row("66", update_unit(step, eta=0.5), "(K,) = (3,)")

# %% [markdown]
# This rule looks like gradient descent and is not: the step function is flat wherever it has a derivative.
# That is why the next unit has a smooth function.
#
# ## The logistic unit

# %% tags=["eq-67"]
sigmoid_plot()

# %% tags=["eq-67"]
unit = logistic_unit(w, x, t=0.0)
row("67", unit.y)

# %% [markdown]
# Two facts about sigma do all the work.
#
# > **Predict.** How are sigma(-u) and sigma(u) related? Where is the slope of sigma largest, and how large is
# > it there?

# %% tags=["eq-68"]
row("68", 1 - unit.y)

# %% tags=["eq-69"]
AUTHORED["sigma'"]()

# %% tags=["eq-69"]
{u: float(sigmoid(u) * sigmoid(-u)) for u in (-4.0, 0.0, 4.0)}

# %% [markdown]
# ## Squared error, and the chain rule
#
# The appendix measures the error by a square, (70).

# %% tags=["eq-70"]
row("70", unit.E)

# %% [markdown]
# Then come three derivatives in a row: E by y, y by u, u by w_i.

# %% tags=["eq-71"]
row("71", unit.d_w, "(K,) = (3,)")

# %% tags=["eq-72"]
row("72", unit.d_w, "(K,) = (3,)")

# %% [markdown]
# > **Predict.** Suppose the unit is sure and wrong: y = 0.999, label 0. Is the gradient large? Look at all
# > three factors.

# %% tags=["eq-72"]
sure = logistic_unit(np.array([7.0]), np.array([1.0]), t=0.0)
{
    "y - t": round(float(sure.y - sure.t), 4),
    "y (1 - y)": round(float(sure.y * (1 - sure.y)), 4),
    "dE/dw": sure.d_w.round(4),
}

# %% [markdown]
# It is tiny. With squared error a unit that is sure and wrong hardly learns. With the loss -log sigma of
# notebooks 5 and 6 the factor y (1 - y) cancels, and y - t remains.

# %% tags=["eq-73"]
row("73", update_unit(unit, eta=0.5), "(K,) = (3,)")

# %% tags=["eq-72"]
relative_error(unit.d_w, complex_step(lambda w: unit_loss(w, x, 0.0), w))

# %% [markdown]
# ## A hidden layer
#
# Four inputs, three hidden units, two outputs.

# %% tags=["eq-74"]
rng = np.random.default_rng(8)
W, W_out = rng.standard_normal((4, 3)), rng.standard_normal((2, 3))
x, t = rng.standard_normal(4), np.array([1.0, 0.0])
net = two_layers(W, W_out, x, t)
row("74", net.h, "(N,) = (3,)")

# %% tags=["eq-75"]
row("75", net.y, "(M,) = (2,)")

# %% tags=["eq-76"]
row("76", net.E)

# %% [markdown]
# ## Back, three steps a layer
#
# **Output layer.** Step 1: by the output. Step 2: by the net input. Step 3: by the weight.

# %% tags=["eq-77"]
row("77", net.dE_dy, "(M,) = (2,)")

# %% tags=["eq-78"]
row("78", net.EI_out, "(M,) = (2,)")

# %% tags=["eq-79"]
row("79", net.dW_out, "(M, N) = (2, 3)")

# %% [markdown]
# The update (80), and with (79) put in, (81).

# %% tags=["eq-80", "eq-81"]
W_new, W_out_new = update_layers(W, W_out, net, eta=0.5)
row("81", W_out_new, "(M, N) = (2, 3)")

# %% [markdown]
# **Hidden layer.** The same three steps. Only the first is different: a hidden unit has no label, so its
# derivative is collected from all outputs that it feeds.
#
# > **Predict.** Hidden unit 1 feeds two outputs. How many terms has its sum in (82)?

# %% tags=["eq-82"]
row("82", net.dE_dh, "(N,) = (3,)")

# %% tags=["eq-83"]
row("83", net.EI, "(N,) = (3,)")

# %% tags=["eq-84"]
row("84", net.dW, "(K, N) = (4, 3)")

# %% tags=["eq-85"]
row("85", W_new, "(K, N) = (4, 3)")

# %% [markdown]
# (82) is where *back*propagation has its name from: the errors EI' of the output layer go backwards through
# the same weights. It is (12) with other letters.

# %% tags=["eq-84"]
exact = complex_step(lambda W: layers_loss(W, W_out, x, t), W)
relative_error(net.dW, exact)

# %% [markdown]
# ## A trap
#
# (78) has a factor y (1 - y), and (8) has none. Whoever carries the appendix over to the softmax of Section 1
# gets a wrong gradient; a pull request to the demo wevi does exactly that.
#
# > **Predict.** Which of the two is right for softmax, and why does the other factor go away?

# %% tags=["eq-08", "eq-78"]
model = random_params(V=6, N=3, rng=rng)
s = trace(model, one_word(0, 2), Softmax())
wrong = s.output.e * s.output.y * (1 - s.output.y)
{"(8)": s.output.e.round(3).tolist(), "with the factor of (78)": wrong.round(3).tolist()}

# %% tags=["eq-08"]
show(s, "8")

# %% [markdown]
# ## Exercises
#
# **7.1** Write the gradient of the logistic unit with the loss E = -(t log y + (1 - t) log(1 - y)) in the
# place of (70). The cell compares it with the complex step, which knows nothing of your formula.


# %%
def my_gradient(w, x, t):
    """dE/dw for the cross-entropy loss."""
    return np.full_like(w, np.nan)  # write yours here


def cross_entropy(w, x, t):
    y = sigmoid(w @ x)
    return -(t * np.log(y) + (1 - t) * np.log(1 - y))


w, x = np.array([0.5, -1.0, 0.25]), np.array([1.0, 0.5, 2.0])
"right" if relative_error(
    my_gradient(w, x, 1.0), complex_step(lambda w: cross_entropy(w, x, 1.0), w)
) < 1e-12 else "not yet"

# %% [markdown]
# **7.2** Give the hidden layer of `two_layers` a *linear* unit, h = u. Which of the equations (74) to (85)
# change?
#
# **7.3** What does (82) become if M = 1, and what is the whole network then?
