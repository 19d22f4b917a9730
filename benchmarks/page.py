"""How light and quick a report's page is: bytes, requests, first paint, and the time from a number to its card.

    make bench-page [REGION=330200 YEAR=2021]

Reads reports/REGION-YEAR/ as `make report` left it. Times are medians of `RUNS` loads in headless Chromium with an
empty cache, on a desktop and on a phone whose processor is four times slower; `--write` puts them into docs/page.md.
"""

import gzip
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser import PATH, REASON, launched, opened  # noqa: E402

RUNS = 7
SCREENS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone, processor 4 x slower": {"viewport": {"width": 360, "height": 780}, "has_touch": True},
}
LOADED = """() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  const load = performance.getEntriesByType('navigation')[0];
  return [paint ? paint.startTime : null, load.loadEventEnd];
}"""
# Until the card is laid out: what a reader waits for after the click, but for the screen's own next frame.
OPENED = """() => {
  const link = document.querySelector('main section:not(.cards) a[href="#financing_per_firm"]');
  const times = [];
  for (let turn = 0; turn < 9; turn += 1) {
    const start = performance.now();
    link.click();
    document.getElementById('card-dialog').getBoundingClientRect();
    times.push(performance.now() - start);
    document.getElementById('card-dialog').close();
  }
  return times.sort((a, b) => a - b)[4];
}"""


def measured(browser, file: Path, screen: str) -> tuple[int, float, float, float]:
    """Requests, then milliseconds to the first paint, to the end of loading, and from a click to an open card."""
    asked, paints, loads, cards = 0, [], [], []
    for _ in range(RUNS):
        with opened(browser, file, **SCREENS[screen]) as page:
            if screen.startswith("phone"):
                slow = page.context.new_cdp_session(page)
                slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
                page.reload()
            page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
            paint, load = page.evaluate(LOADED)
            paints.append(paint)
            loads.append(load)
            cards.append(page.evaluate(OPENED))
            asked = len(set(page.asked))
    return asked, median(paints), median(loads), median(cards)


def rows(folder: Path) -> list[str]:
    """A line of a Markdown table for each edition and screen."""
    lines = [
        "| edition | screen | bytes | gzip | requests | first paint, ms | loaded, ms | number to card, ms |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    with launched() as browser:
        for file in sorted(folder.glob("*/index.html")):
            page = file.read_bytes()
            for screen in SCREENS:
                asked, paint, load, card = measured(browser, file, screen)
                lines.append(
                    f"| {file.parent.name} | {screen} | {len(page):,} | {len(gzip.compress(page, mtime=0)):,} "
                    f"| {asked} | {paint:.0f} | {load:.0f} | {card:.1f} |"
                )
    return lines


def main() -> None:
    names = [name for name in sys.argv[1:] if not name.startswith("--")]
    folder = ROOT / "reports" / (names[0] if names else "330200-2021")
    if PATH is None:
        sys.exit(REASON)
    if not folder.is_dir():
        sys.exit(f"no report in reports/{folder.name}; make it first: make report")
    told = "\n".join(rows(folder))
    print(told)
    if "--write" in sys.argv:
        text = "\n".join([
            "# How light and quick the page is",
            "",
            f"Printed by `make bench-page` for reports/{folder.name}.",
            f"Medians of {RUNS} loads in headless Chromium with the network off.",
            "The machine is noisy: read orders of magnitude.",
            "",
            told,
            "",
        ])  # fmt: skip
        (ROOT / "docs" / "page.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
