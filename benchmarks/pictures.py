"""The pictures of the README: the report as readers see it, in a browser and on paper.

    make pictures

Reads reports/330200-2021/ as `make report` left it, and writes docs/report.png (the first screen, and an open card) and
docs/report_elsewhere.png (a chart in the dark, a phone, two pages of the PDF). Needs Chromium and pdftoppm.
"""

import io
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser import PATH, REASON, launched, opened  # noqa: E402

REPORT = ROOT / "reports" / "330200-2021"
HEIGHT, GAP, GROUND = 700, 16, "#8c8c8c"
NUMBER, CHART = 'main a[href="#financing_per_firm"]', "peers-valid_utility_models-2021"
PAGES = (4, 39)
"""The pages of the PDF that are shown: the summary, and one of the cards."""


def screen(browser, edition: str, *, before: str = "", **settings) -> Image.Image:
    """What a browser shows of an edition, after a script has run in the page."""
    with opened(browser, REPORT / edition / "index.html", **settings) as page:
        if before:
            page.evaluate(before)
            page.wait_for_timeout(300)  # until the contents have followed
        return scaled(page.screenshot())


def paper(number: int) -> Image.Image:
    """A page of the PDF in English."""
    command = ["pdftoppm", "-r", "120", "-png", "-f", str(number), "-l", str(number), str(REPORT / "en" / "report.pdf")]
    return scaled(subprocess.run(command, check=True, capture_output=True).stdout)


def scaled(png: bytes) -> Image.Image:
    """A picture at the height of all."""
    page = Image.open(io.BytesIO(png)).convert("RGB")
    return page.resize((round(page.width * HEIGHT / page.height), HEIGHT), Image.Resampling.LANCZOS)


def beside(pictures: list[Image.Image]) -> Image.Image:
    """Pictures of one height in a row."""
    whole = Image.new("RGB", (sum(each.width + GAP for each in pictures) - GAP, HEIGHT), GROUND)
    left = 0
    for each in pictures:
        whole.paste(each, (left, 0))
        left += each.width + GAP
    return whole


def main() -> None:
    if PATH is None or not shutil.which("pdftoppm"):
        raise SystemExit(REASON if PATH is None else "no pdftoppm (on Debian: apt install poppler-utils)")
    if not REPORT.exists():
        raise SystemExit(f"{REPORT.relative_to(ROOT)} is not there: make report")
    desktop, phone = ({"viewport": {"width": width, "height": 900}} for width in (1200, 390))
    there = f"document.getElementById('{CHART}').scrollIntoView()"
    with launched() as browser:
        card = f"document.querySelector('{NUMBER}').click()"
        first = [screen(browser, "en", **desktop), screen(browser, "en", before=card, **desktop)]
        others = [
            screen(browser, "en", before=there, color_scheme="dark", **desktop),
            screen(browser, "zh-Hant", **phone),
            *map(paper, PAGES),
        ]
    for name, pictures in (("report", first), ("report_elsewhere", others)):
        beside(pictures).quantize(128).save(ROOT / "docs" / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
