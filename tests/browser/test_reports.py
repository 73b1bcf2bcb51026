"""The HTML reports of verify and compare: at three sizes, opened up, with no fault and no network."""

import pytest

from w2v_edu.__main__ import main

from .conftest import SIZES

pytestmark = pytest.mark.slow
COMMANDS = {
    "verify": ["verify", "--count", "0"],
    "compare": ["compare", "--quick"],
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The pages, as the command line writes them."""
    folder, made = tmp_path_factory.mktemp("reports"), {}
    for name, words in COMMANDS.items():
        path = folder / f"{name}.html"
        assert main([*words, "--html", str(path)]) == 0
        made[name] = path.read_text(encoding="utf-8")
    return made


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_a_report_opens_up_without_a_fault(visit, reports, serious_faults, name, size, scheme):
    page = visit(reports[name], size, color_scheme=scheme)
    assert page.locator("h1").count() == 1 and page.title()
    folded = page.locator("details")
    for k in range(folded.count()):
        folded.nth(k).locator("summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for picture in page.locator("svg[role=img]").all():
        assert picture.get_attribute("aria-label")
    assert serious_faults(page) == []


def test_the_equations_of_the_report_can_be_linked_to(visit, reports):
    page = visit(reports["verify"])
    page.evaluate("location.hash = '#eq-53'")
    row = page.locator("[id='eq-53']")
    row.wait_for()
    assert "proved" in row.inner_text() or "checked" in row.inner_text()
    assert row.locator("math").count() == 1
