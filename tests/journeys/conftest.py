"""A house and a browser for the journeys; both are started once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.house.conftest import Installation, migrated
from tests.journeys.house import House, open_house

__all__ = ["migrated"]

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
LOCALES = {"zh-hant": "zh-TW", "zh-hans": "zh-CN", "en": "en-GB"}
HEIGHTS = {390: 844, 1280: 900}
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def house(migrated: Installation) -> Iterator[House]:
    with open_house(migrated) as house:
        yield house


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.is_file():
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(house: House, chromium: Browser) -> Iterator[Visit]:
    """Somebody's browser: `visit(width, language)` gives its page. A fault in a script fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def begin(width: int, language: str, **more: object) -> Page:
        context = chromium.new_context(
            base_url=house.address,
            locale=LOCALES[language],
            viewport={"width": width, "height": HEIGHTS[width]},
            **more,  # type: ignore[arg-type]  # whatever Playwright knows
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        return page

    yield begin
    for context in contexts:
        context.close()
    assert faults == []
