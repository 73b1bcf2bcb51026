"""One quick look: the page of a trace opens in a browser and agrees with the reference."""

import subprocess

import numpy as np

import w2v_edu
from w2v_edu.display.stepper import step
from w2v_edu.verification.cases import random_case

from .conftest import FLAGS


def test_the_page_opens_and_agrees_with_the_reference(chromium, tmp_path):
    case = random_case("cbow", "hierarchical", np.random.default_rng(4))
    t = w2v_edu.trace(case.params, case.example, case.objective)
    path = step(t, case.params, case.objective).save(tmp_path / "step.html")
    shown = subprocess.run(
        [
            chromium,
            *FLAGS,
            f"--user-data-dir={tmp_path}/profile",
            "--virtual-time-budget=2000",
            "--dump-dom",
            path.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout
    assert "equal to the Python reference" in shown
    assert shown.count('role="gridcell"') > case.params.W.size
