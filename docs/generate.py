"""``python docs/generate.py``: write the pages of the docs that are tables of what the package knows.

A test compares them, so they cannot drift.
"""

from pathlib import Path

from w2v_edu.ledger import LEDGER, SLIDES, Equation

HERE = Path(__file__).parent


def equations() -> str:
    """The ledger as a page."""
    slides = {v4: slide for slide, numbers in SLIDES.items() for v4 in numbers}
    head = """# The equations

All 85 numbered equations of X. Rong, "word2vec Parameter Learning Explained", arXiv:1411.2738v4, and those of
NCE. The LaTeX is the text that the machine reads, evaluates and proves (`w2v_edu/ledger/`); where the paper's
print is wrong it is corrected, and the note says how. Numbers are those of v4 (June 2016); the author's build
of July 2016 merges (5) to (7) into two lines, so there each number from (7) on is one lower; a slide deck
after the paper has its own numbers.

`w2v-edu verify` says what holds; `w2v-edu show --equation 12` prints one with its numbers.

| v4 | July 2016 | slides | formula | says | in the trace | where the print is loose |
|---|---|---|---|---|---|---|
"""
    return head + "".join(_line(row, slides.get(row.number, "")) for row in LEDGER)


def _line(row: Equation, slide: str) -> str:
    formula = f"$`{row.latex}`$".replace("|", "\\|")
    place = f"`{row.place}`" if row.place else ""
    cells = [row.number, row.july2016, slide, formula, row.says, place, row.note]
    return "| " + " | ".join(cell if cell is formula else cell.replace("|", "\\|") for cell in cells) + " |\n"


PAGES = {"equations.md": equations}

if __name__ == "__main__":
    for name, make in PAGES.items():
        (HERE / name).write_text(make(), encoding="utf-8")
