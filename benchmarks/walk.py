"""The paths of docs/teaching.md walked from an empty clone: a teacher's three commands, and a learner's notebook.

    make walk-teaching

Clones the repository, runs the three commands with a clock beside them, opens the learner's notebook in JupyterLab in
a real browser, slips (亿 read as 万), reads the hint, mends it, writes a note that would like to be a script, saves;
then grades the saved file and opens its feedback. Prints what was seen, leaves pictures in reports/walk/, and exits
with 1 where something was not as the page says. Needs Chromium; JupyterLab comes with the environment of nbgrader.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from playwright.sync_api import Browser, Page

from analysis import paths

sys.path.insert(0, str(paths.ROOT / "tests"))
from browser import PATH, REASON, launched

JUPYTER = paths.ROOT / ".venv/nbgrader/bin/jupyter"
PICTURES = paths.ROOT / "reports/walk"
REGION, YEAR, LESSON = "330200", "2021", "90_reading_a_bulletin"
SLIP, RIGHT = "in_full = 119 * 10**4", "in_full = 119 * 10**8"
NOTE = "<img src=x onerror=\"document.title='ESCAPED'\"><script>document.title='ESCAPED'</script> The claim."
NAMED = "onerror"
wrong = 0


def main() -> int:
    """How many things were not as they should be."""
    if PATH is None:
        sys.exit(REASON)
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(paths.ROOT), str(clone)], check=True)
        command(clone, "make", ".venv/ready")
        command(clone, ".venv/bin/ipreport", "teach", "build", "--region", REGION, "--year", YEAR)
        place = clone / f"classes/{REGION}-{YEAR}"
        desk = Path(folder) / "desk"
        shutil.copytree(place / "students/en" / LESSON, desk)
        with jupyter(desk, Path(folder) / "settings") as address:
            learn(browser, address, desk / f"{LESSON}.ipynb")
        (clone / "SUBMISSIONS").mkdir()
        shutil.copy(desk / f"{LESSON}.ipynb", clone / "SUBMISSIONS/anna.ipynb")
        command(clone, ".venv/bin/ipreport", "teach", "grade", "SUBMISSIONS", "--key", f"{place}/instructor/key.json")
        look_at_feedback(browser, clone / "grades")
    print(f"{wrong} to look at; pictures in {PICTURES.relative_to(paths.ROOT)}/")
    return wrong


def saw(what: str, right: bool) -> None:
    """Print what was seen, and count it if it is not right."""
    global wrong
    wrong += not right
    print(f"{'ok ' if right else 'NOT'} {what}", flush=True)


def command(clone: Path, *words: str) -> None:
    """One command of the teacher, with its time; nothing of our own environment helps it."""
    begun = monotonic()
    environment = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    run = subprocess.run(words, cwd=clone, env=environment, capture_output=True, text=True)
    shown = " ".join(words).replace(f"{clone}/", "")
    saw(f"{shown}: {monotonic() - begun:.0f} s, exit code {run.returncode}", run.returncode == 0)
    if run.returncode:
        sys.exit(run.stdout[-2000:] + run.stderr[-2000:])


@contextmanager
def jupyter(desk: Path, settings: Path) -> Iterator[str]:
    """JupyterLab over a learner's folder; only its question about news is turned off, and all cells are drawn."""
    (settings / "config/labconfig").mkdir(parents=True)
    quiet = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
    (settings / "config/labconfig/page_config.json").write_text(json.dumps(quiet))
    tracker = settings / "lab/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    tracker.parent.mkdir(parents=True)
    tracker.write_text(json.dumps({"windowingMode": "none"}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(settings / "config"), "JUPYTER_DATA_DIR": str(settings / "data"),
        "JUPYTER_RUNTIME_DIR": str(settings / "run"), "JUPYTERLAB_SETTINGS_DIR": str(settings / "lab"),
        "JUPYTERLAB_WORKSPACES_DIR": str(settings / "spaces"), "IPYTHONDIR": str(settings / "ipython"),
        "JUPYTER_TOKEN": "walk", "PATH": f"{JUPYTER.parent}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip
    asked = [JUPYTER, "lab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
             "--ServerApp.port_retries=0", f"--ServerApp.root_dir={desk}"]  # fmt: skip
    with subprocess.Popen(asked, env=environment, stderr=subprocess.PIPE, text=True) as server:
        for line in server.stderr:
            if "is running at" in line:
                break
        os.set_blocking(server.stderr.fileno(), False)
        try:
            yield f"http://127.0.0.1:{port}/lab/tree/{LESSON}.ipynb?token=walk"
        finally:
            server.terminate()


def learn(browser: Browser, address: str, file: Path) -> None:
    """A learner's hour, in short."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(address)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    run_cell(page, "figures = {")
    run_cell(page, "in_full = None", SLIP)
    said = checked(page)
    saw(f"after {SLIP}: {said}", "10,000 times too small: was 亿 read as 万" in said)
    page.screenshot(path=PICTURES / "notebook.png")
    run_cell(page, SLIP, RIGHT)
    said = checked(page)
    saw(f"after {RIGHT}: {said}", said.startswith("+ in_full"))
    note = page.locator(".jp-MarkdownCell", has_text="Your notes:").first
    note.locator(".jp-RenderedMarkdown").click()
    page.keyboard.press("Enter")
    note.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(f"\n\n{NOTE}")
    page.keyboard.press("Shift+Enter")
    saw("a script in a note does not run in the notebook", page.title() != "ESCAPED")
    page.locator(".jp-RenderedMarkdown", has_text="The claim.").wait_for()
    page.screenshot(path=PICTURES / "note.png")
    with page.expect_response(lambda each: each.request.method == "PUT" and f"contents/{file.name}" in each.url):
        page.keyboard.press("Control+s")
    text = file.read_text(encoding="utf-8")
    saw("the saved file holds the answer and the note", RIGHT in text and NAMED in text)
    context.close()


def run_cell(page: Page, holding: str, more: str = "") -> None:
    """Go to the cell that holds a text, write a line at its end, run it, and wait until it has run."""
    cell = page.locator(".jp-CodeCell", has_text=holding).first
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    if more:
        page.keyboard.press("Control+End")
        page.keyboard.insert_text(f"\n{more}")
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(
        """text => [...document.querySelectorAll(".jp-CodeCell")].some(cell =>
            cell.textContent.includes(text) && /\\[\\d+\\]/.test(cell.querySelector(".jp-InputPrompt").textContent))""",
        arg=more or holding,
    )


def checked(page: Page) -> str:
    """Run the last cell, and return what it says of the answer."""
    cell = page.locator(".jp-CodeCell", has_text="from check import check").first
    cell.scroll_into_view_if_needed()
    before = cell.locator(".jp-InputPrompt").text_content()
    cell.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(
        """before => [...document.querySelectorAll(".jp-CodeCell")].some(cell => {
            const prompt = cell.querySelector(".jp-InputPrompt").textContent;
            return cell.textContent.includes("from check import check") && prompt !== before && /\\d/.test(prompt)
                && cell.textContent.includes("answers can be right") })""",
        arg=before,
    )
    lines = cell.locator(".jp-OutputArea-output").first.text_content().splitlines()
    return next(line for line in lines if " in_full:" in line)


def look_at_feedback(browser: Browser, grades: Path) -> None:
    """Open the list of the class and the page of the learner from disk, as a teacher would."""
    context = browser.new_context(viewport={"width": 1000, "height": 1100}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((grades / "index.html").as_uri())
    page.get_by_role("link", name="anna").click()
    page.wait_for_load_state()
    row = page.locator("tr", has_text="Write it in full").inner_text()
    saw(f"the feedback says: {' | '.join(row.split(chr(9)))}", "1/1" in row and "right" in row)
    saw("the note is shown as it was written", "<img src=x onerror=" in page.locator("main").inner_text())
    made = page.evaluate("document.querySelectorAll('img, script, iframe, [onerror]').length")
    saw(
        f"nothing of it became markup: {made} such elements, title {page.title()!r}",
        made == 0 and page.title() != "ESCAPED",
    )
    saw(f"the pages asked for nothing else: {len(asked)} files, all from disk",
        all(url.startswith("file:") for url in asked))  # fmt: skip
    page.screenshot(path=PICTURES / "feedback.png", full_page=True)
    context.close()


if __name__ == "__main__":
    sys.exit(main() > 0)
