"""What every page must keep to, whoever looks at it and on whatever screen."""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

VENDOR = Path(__file__).parent / "vendor"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
SCHEMES: tuple[tuple[Literal["light", "dark"], list[str]], ...] = (
    ("light", ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]),
    ("dark", ["color-contrast"]),
)
NAMES = {"Qingli", "Word", "Excel", "English", "Outlook", "docx", "plans"}
LINES = """() => {
  const wide = document.documentElement.clientWidth, faults = [];
  if (document.documentElement.scrollWidth > wide + 1) faults.push('scrolls sideways');
  for (const part of document.querySelectorAll('a, button, summary, select, input:not([type=hidden])')) {
    const box = part.getBoundingClientRect();
    if (part.matches('.q-fig'))  // what can be hit is wider than its words
      box.width = Math.max(box.width, parseFloat(getComputedStyle(part, '::after').width) || 0);
    if (!box.width || !box.height || part.closest('.q-plan, .q-sr, [hidden]')) continue;
    if (part.matches('.q-sr, .q-skip, .q-source, [type=radio], [type=checkbox]')) continue;
    const said = (part.textContent || part.name || '').trim().slice(0, 24);
    if (box.height < 43.5 || box.width < 43.5)
      faults.push(`small: ${said} ${Math.round(box.width)}x${Math.round(box.height)}`);
  }
  return faults;
}"""


@cache
def _axe() -> str:
    code = (VENDOR / "axe.min.js").read_bytes()
    assert hashlib.sha256(code).hexdigest() == SHA256, "axe.min.js is not the file that its README names"
    return code.decode()


def faults_of(page: Page) -> list[str]:
    """Serious and critical violations, with the part that has them; in the dark scheme those of contrast."""
    found = []
    page.evaluate(_axe())
    for scheme, rules in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        report = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
        found += [
            f"{scheme} {violation['id']}: {violation['nodes'][0]['html'][:160]}"
            for violation in report["violations"]
            if violation["impact"] in ("serious", "critical")
        ]
    page.emulate_media(color_scheme="light")
    return found


def lines_of(page: Page) -> list[str]:
    """Where the page scrolls sideways or a target is smaller than 44 px."""
    page.wait_for_load_state()  # before its style sheets are there every page is too wide
    faults: list[str] = page.evaluate(LINES)
    return sorted(set(faults))


def foreign_words(page: Page) -> list[str]:
    """English words that a Chinese page still says: messages without a translation."""
    text = page.locator("body").inner_text()
    return sorted(set(re.findall(r"[A-Za-z]{4,}", text)) - NAMES)
