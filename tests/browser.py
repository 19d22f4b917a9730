"""A real browser for the tests: headless Chromium, driven by Playwright, with the network off."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATH = next(filter(None, map(shutil.which, NAMES)), None)
REASON = f"no browser: none of {', '.join(NAMES)} is installed (on Debian: apt install chromium)"
needs_browser = pytest.mark.skipif(PATH is None, reason=REASON)

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PATH, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, path: Path, **settings) -> Iterator[Page]:
    """A page of a file, in a context of its own without a network; `settings` are those of Playwright's context.

    What the page asked for is in its attribute ``asked``, what went wrong in it in ``wrong``.
    """
    context: BrowserContext = browser.new_context(offline=True, **({"reduced_motion": "reduce"} | settings))
    page = context.new_page()
    page.asked, page.wrong = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda message: page.wrong.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    yield page
    context.close()
