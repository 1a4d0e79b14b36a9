"""Every page in three languages and both widths: each is loaded once in a language and looked at in both widths."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from playwright.sync_api import Page

from tests.journeys.conftest import HEIGHTS, LOCALES, Visit
from tests.journeys.house import PASSWORD
from tests.journeys.looking import faults_of, foreign_words, lines_of

WORDS_OF_THE_CITY = {"Asia", "Shanghai", "xiuqin", "PNG", "JPEG", "WebP", "JSON"}
LANGUAGE_COOKIE = "qingli_language"
ROOT = re.compile(r"[0-9a-f]+", re.IGNORECASE)
"""A root of the journal is cut into pieces by its digits; a piece is no word."""


def sign_in(page: Page, user: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in/")
    page.fill("[name=username]", user)
    page.fill("[name=password]", password)
    page.click("main form button.q-button")
    page.wait_for_url("**/today/")


@dataclass
class Look:
    """Goes from page to page as one person after another, and keeps what is wrong."""

    visit: Visit
    city: Mapping[str, str]
    password: str = PASSWORD
    words: frozenset[str] = frozenset(WORDS_OF_THE_CITY)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def at(self, user: str, paths: Iterable[str]) -> None:
        """`user`: who signs in, or nobody."""
        page = self.visit(1280, "en")
        page.goto("/help/")
        if user:
            sign_in(page, user, self.password)
        for path in paths:
            for language in LOCALES:
                page.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": urljoin(page.url, "/")}])
                self._page(page, path, language)
        page.context.close()

    def _page(self, page: Page, path: str, language: str) -> None:
        answer = page.goto(path.format(**self.city))
        found = [] if answer and (answer.status == 200 or path == "/nowhere/") else ["does not answer"]
        if (page.locator("html").get_attribute("lang") or "").lower() != language:
            found.append("is in another language")
        for width, height in HEIGHTS.items():
            page.set_viewport_size({"width": width, "height": height})
            found += [f"{width}: {fault}" for fault in lines_of(page)]
            if language == "en":
                found += [f"{width}: {fault}" for fault in faults_of(page)]
        if language != "en" and "/r/" not in path:  # a receipt shows its address
            found += [word for word in foreign_words(page) if word not in self.words and not ROOT.fullmatch(word)]
        if found:
            self.faults[f"{path} {language}"] = found
