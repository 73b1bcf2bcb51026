"""A headless Chromium for the pages; without one, or without Playwright, the tests say so and are skipped."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = {"laptop": (1280, 720), "projector": (1920, 1080), "phone": (390, 844)}


def find_chromium():
    """The first Chromium on the path, or a skipped test."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or pytest.skip(f"no browser found: looked for {', '.join(NAMES)}")


@pytest.fixture(scope="session")
def chromium():
    return find_chromium()


@pytest.fixture(scope="session")
def browser(chromium):
    """One browser for all tests of a process."""
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    with playwright.sync_playwright() as started:
        made = started.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield made
        made.close()


@pytest.fixture
def visit(browser, tmp_path):
    """Open HTML from a file; at the end no fault, and no request to the network, may be left in the notes."""
    contexts, faults = [], []

    def open_page(html, size="laptop", **options):
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on(
            "request",
            lambda request: request.url.startswith(("file:", "data:")) or faults.append(request.url),
        )
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def axe():
    """axe-core, from npm; it is not kept in the repository."""
    if not AXE.exists():
        npm = shutil.which("npm") or pytest.skip("no axe-core: npm install --prefix tests/browser")
        subprocess.run([npm, "install", "--silent", "--prefix", str(HERE)], check=False, capture_output=True)
    if not AXE.exists():
        pytest.skip("axe-core could not be installed: npm install --prefix tests/browser")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def serious_faults(axe):
    """What axe-core calls serious or critical on a page."""

    def look(page):
        page.add_script_tag(content=axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        grave = [fault for fault in found if fault["impact"] in ("serious", "critical")]
        return [
            f"{fault['id']}: {fault['nodes'][0]['html'][:160]} ({len(fault['nodes'])})" for fault in grave
        ]

    return look
