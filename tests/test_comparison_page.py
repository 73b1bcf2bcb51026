"""The command, the JSON, the page and the picture."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import numpy as np
import pytest

from w2v_edu.__main__ import main
from w2v_edu.comparison.charts import Series, line_chart, map_chart
from w2v_edu.comparison.page import page
from w2v_edu.comparison.summary import summary
from w2v_edu.objectives import OBJECTIVES

SIDES = ("one-word", "cbow", "skip-gram")
FEW = ["--epochs", "2", "--seeds", "1", "--rates", "0.1,0.2", "--vector-size", "5", "--window", "2"]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """One quick comparison of the default text, and its files."""
    folder = tmp_path_factory.mktemp("compare")
    files = [str(folder / name) for name in ("a.json", "a.html", "a.png")]
    command = ["compare", "--quick", *FEW, "--json", files[0], "--html", files[1], "--plot", files[2]]
    out = subprocess.run(
        [sys.executable, "-m", "w2v_edu", *command],
        capture_output=True, text=True,
    )  # fmt: skip
    assert out.returncode == 0, out.stderr
    assert out.stderr == ""
    return folder, out.stdout


@pytest.fixture(scope="module")
def report(written):
    return json.loads((written[0] / "a.json").read_text())


def test_the_json_has_the_names_of_the_course(report):
    assert tuple(report["results"]) == OBJECTIVES
    for by_side in report["results"].values():
        assert tuple(by_side) == SIDES
        for one in by_side.values():
            assert set(one["rates"]) == {"0.1", "0.2"}
            assert one["final"]["low"] <= one["final"]["mean"] <= one["final"]["high"]
            assert len(one["exact"]) == len(one["own"]) == len(one["seconds"]) == 1
            assert 0 <= one["analogies"]["low"] <= one["analogies"]["high"] <= 1
    for name in ("softmax", "hierarchical"):
        for one in report["results"][name].values():
            assert one["own"] == one["exact"]
    for one in report["results"]["negative"].values():
        assert one["own"][0][-1] != one["exact"][0][-1]
    assert set(report["topics"]["scores"]) == set(OBJECTIVES)
    assert {one["objective"] for one in report["cost"]["V"]} == set(OBJECTIVES)
    assert report["problem"] == ""


def test_the_table_has_a_line_for_each_pair(written, report):
    text = written[1]
    assert text.strip() == summary(report)
    for objective in OBJECTIVES:
        for side in SIDES:
            assert re.search(rf"^{objective} +{side} ", text, re.M)
    assert "log-log slopes: softmax" in text
    assert "planted topics" in text


class Reader(HTMLParser):
    """Open and closed tags must match; what is fetched and what is said for those who cannot see is noted."""

    def __init__(self):
        super().__init__()
        self.open, self.fetched, self.unnamed, self.charts = [], [], 0, 0

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.fetched += [named[name] for name in ("src", "href") if name in named]
        if tag == "svg" and named.get("aria-hidden") != "true":
            self.charts += 1
            self.unnamed += not (named.get("role") == "img" and named.get("aria-label"))
        if tag not in ("meta", "path", "circle", "polyline"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_needs_nothing_else_and_every_chart_speaks(written):
    text = (written[0] / "a.html").read_text()
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    assert reader.charts >= 30
    assert reader.unnamed == 0
    assert all(one.startswith("#") for one in reader.fetched)
    assert "@import" not in text and "url(" not in text and "<script" not in text
    assert "prefers-color-scheme: dark" in text
    assert "another event" in text
    for anchor in reader.fetched:
        assert f'id="{anchor[1:]}"' in text


def test_the_page_is_made_from_the_report_alone(written, report):
    assert page(report) == (written[0] / "a.html").read_text()


def test_the_page_of_a_comparison_that_was_stopped(report):
    stopped = {name: value for name, value in report.items() if name not in ("cost", "truth")}
    stopped["problem"], stopped["topics"] = "stopped: 3 of 12 runs are ready", None
    stopped["results"] = {"negative": {"cbow": report["results"]["negative"]["cbow"]}}
    assert "3 of 12 runs are ready" in page(stopped)
    assert "3 of 12 runs are ready" in summary(stopped)


def test_words_of_a_text_cannot_break_the_page(report):
    bad = json.loads(json.dumps(report).replace("king", "<script>alert(1)</script>"))
    assert "<script" not in page(bad)


def test_the_picture_is_a_picture(written):
    data = (written[0] / "a.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(data) > 20_000


def test_a_text_of_ones_own(tmp_path, capsys):
    text = tmp_path / "mine.txt"
    text.write_text("the cat sat on the mat. the dog sat on the log. a cat saw the dog on the mat. " * 20)
    command = ["compare", str(text), "--quick", *FEW, "--objectives", "hs,ns", "--input-sides", "cbow"]
    assert main([*command, "--json", "-"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert list(report["results"]) == ["hierarchical", "negative"]
    assert report["corpus"]["name"] == "mine.txt"
    assert report["topics"] is None
    assert report["results"]["negative"]["cbow"]["analogies"] is None
    assert "Analogies</h3>" not in page(report)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--html", "OUT/missing/a.html"], "there is no folder"),
        (["--json", "OUT"], "it is a folder"),
        (["--plot", "OUT/a.doc"], ".png, .svg or .pdf expected"),
        (["--objectives", "softmax,glove"], "objective 'glove' is not one of"),
        (["--input-sides", "both"], "input side 'both' is not one of"),
        (["--rates", "a,b"], "numbers with commas"),
        (["--seeds", "0"], "one or more expected"),
        (["--window", "0"], "a window of 0 words"),
        (["--epochs", "0"], "epochs is 0"),
        (["no-such-file"], "no file or folder"),
        (["apricot-jam"], "no sentence can be held out"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_line(tmp_path, capsys, arguments, said):
    arguments = [one.replace("OUT", str(tmp_path)) for one in arguments]
    assert main(["compare", "--quick", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1
    assert os.listdir(tmp_path) == []


def test_the_command_loads_nothing_that_it_does_not_need_at_once():
    code = "import sys, w2v_edu.commands.compare; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"matplotlib", "sympy", "scipy", "joblib", "distributed", "tqdm", "gensim"} & set(loaded)


def test_a_chart_puts_points_where_they_belong():
    chart = line_chart([Series("a", [0, 10], [1, 3], 0, [0.5, 2], [2, 4])], alt="a < b", x="x", y="y")
    assert 'aria-label="a &lt; b"' in chart
    (path,) = re.findall(r'class="line c0"[^>]* d="M([^"]*)"', chart)
    (x0, y0), (x1, y1) = ([float(v) for v in point.split()] for point in path.split("L"))
    assert x1 > x0 and y1 < y0  # up is up
    assert len(re.findall('class="band', chart)) == 1


def test_a_chart_on_log_axes_leaves_out_what_has_no_logarithm():
    chart = line_chart(
        [Series("a", [0, 1, 10], [0.0, 1, 100], 1)], alt="a", x="x", y="y", log_x=True, log_y=True
    )
    (path,) = re.findall(r'class="line c1"[^>]* d="M([^"]*)"', chart)
    assert len(path.split("L")) == 2
    assert "nan" not in chart and "inf" not in chart


def test_a_flat_line_has_an_axis():
    assert "nan" not in line_chart([Series("a", [0, 1], [2.0, 2.0], 2)], alt="a", x="x", y="y")


def test_a_map_names_words_and_draws_their_ways():
    places = np.array([[[0.0, 0.0], [0.0, 0.0]], [[1.0, 2.0], [-3.0, 1.0]]])
    chart = map_chart(["jam", "<b>"], places, "two words")
    assert ">jam<" in chart and "&lt;b&gt;" in chart
    assert chart.count("<polyline") == 2
