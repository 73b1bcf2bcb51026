"""CS224n's functions, in both historical forms: found by their names, read by their places."""

from dataclasses import replace

from w2v_edu.homework.question import Parameter, Question

__all__ = ["COURSE_NAMES", "course_question"]

PAIR = ("h", "w_O", "W_out", "dataset")
WINDOW = ("center_word", "window", "context_words", "word_ids", "W", "W_out", "dataset")
PANEL = (("E", "EH", "dW_out"),)
WHOLE = (("E", "dW", "dW_out"),)
YEARS = {"Loss": "cs224n", "Cost": "cs224n 2015"}


def _question(
    name: str,
    side: str,
    objective: str,
    roles: tuple[str, ...],
    reads: tuple[tuple[str, ...], ...],
    year: str,
) -> Question:
    parameters = tuple(Parameter(role, role) for role in roles)
    return Question(name, year, side, objective, parameters, reads)  # type: ignore[arg-type]


COURSE: dict[str, Question] = {
    q.name: q
    for q in (
        _question("naiveSoftmaxLossAndGradient", "one-word", "softmax", PAIR, PANEL, "cs224n"),
        _question("negSamplingLossAndGradient", "one-word", "negative", (*PAIR, "K"), PANEL, "cs224n"),
        _question("softmaxCostAndGradient", "one-word", "softmax", PAIR, PANEL, "cs224n 2015"),
        _question("negSamplingCostAndGradient", "one-word", "negative", (*PAIR, "K"), PANEL, "cs224n 2015"),
        _question(
            "getNegativeSamples", "one-word", "negative", ("w_O", "dataset", "K"), (("W_neg",),), "cs224n"
        ),
        _question("skipgram", "skip-gram", "foreign", (*WINDOW, "loss_2019"), WHOLE, "cs224n"),
        _question("cbow", "cbow", "foreign", (*WINDOW, "loss_2015"), WHOLE, "cs224n 2015"),
        _question("sigmoid", "one-word", "negative", ("u",), (("y",),), "cs224n"),
        _question("softmax", "one-word", "softmax", ("u",), (("y",),), "cs224n"),
    )
}
COURSE_NAMES = frozenset(COURSE)


def course_question(name: str, parameters: list[tuple[str, bool, bool]]) -> Question | None:
    """The question of a function of the course, with the parameters that this one has; None for any other.

    The form of 2015 to 2018 hands its loss function `predicted, target, outputVectors, dataset`; that of 2019
    and later `centerWordVec, outsideWordIdx, outsideVectors, dataset`.
    """
    question = COURSE.get(name)
    if question is None:
        return None
    names = [parameter for parameter, _, _ in parameters]
    roles = list(question.roles)
    if name in ("skipgram", "cbow"):
        if len(names) < len(WINDOW):
            return None
        old = any(
            "Cost" in n or n in ("inputVectors", "outputVectors", "contextWords", "tokens") for n in names
        )
        roles[-1] = "loss_2015" if old else "loss_2019"
        question = replace(question, notation="cs224n 2015" if old or name == "cbow" else "cs224n")
    required = sum(not has_default for _, has_default, _ in parameters)
    if required > len(roles) or len(names) < len(roles) - 1:
        return None
    given = zip(parameters, roles, strict=False)
    read = tuple(Parameter(p, role, keyword_only) for (p, _, keyword_only), role in given)
    return replace(question, parameters=read)
