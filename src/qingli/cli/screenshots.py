"""`qingli screenshots`: the pictures of README and tour, taken from the demo by a browser that nobody watches."""

import argparse
import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from qingli.cli.checkout import root

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SIZE = (1280, 900)
COLOURS = 128  # flat pages need no more, and the files stay small
PASSWORD = "qingli-demo-2026"  # noqa: S105 - the demo's, which prints it itself
DAY = "2026-11-30T02:00:00+00:00"  # the last morning of a month: something is due, and the pictures stay the same
PATIENCE = 60  # seconds until the web server has to answer


def run(argv: list[str]) -> int:
    """Load the demo into a home of its own, start a server, take the pictures, stop everything."""
    parser = argparse.ArgumentParser(prog="qingli screenshots", description=__doc__)
    parser.add_argument("--to", type=Path, default=root() / "docs" / "pictures", help="the folder for the pictures")
    parser.add_argument("--chromium", default=CHROMIUM, help="the browser to use")
    options = parser.parse_args(argv)
    if not Path(options.chromium).is_file():
        print(f"qingli screenshots: there is no browser at {options.chromium}; say --chromium PATH", file=sys.stderr)
        return 1
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="qingli-pictures-") as home, _demo(Path(home)) as address:
        _take(address, options.to, options.chromium)
    return 0


@contextmanager
def _demo(home: Path) -> Iterator[str]:
    """The address of a web server with the demo."""
    clock = home / "clock"
    clock.write_text(DAY, encoding="ascii")
    environment = {
        **os.environ,
        "QINGLI_HOME": str(home),
        "QINGLI_CLOCK_FILE": str(clock),
        "QINGLI_LOG_LEVEL": "WARNING",
        "DATABASE_URL": "",
    }
    command = [sys.executable, "-m", "qingli"]
    subprocess.run([*command, "demo", "--no-start"], env=environment, check=True)
    environment["QINGLI_HOME"] = str(home / "demo")
    port = _free_port()
    server = subprocess.Popen([*command, "serve", "--port", str(port), "--processes", "1"], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/help/")
        yield address
    finally:
        server.terminate()
        server.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5)  # noqa: S310 - our own address
        except OSError:  # not listening yet, or too busy to answer in time
            time.sleep(0.2)
        else:
            return
    raise SystemExit("qingli screenshots: the web server does not answer")


def _take(address: str, folder: Path, chromium: str) -> None:
    from playwright.sync_api import sync_playwright

    pictures: dict[str, Callable[[Page], None]] = {
        "trial": _trial,
        "today": _today,
        "review": _review,
        "plan": _plan,
        "proof": _proof,
        "report": _report,
        "notice": _notice,
        "application": _application,
        "title": _title,
        "money": _money,
        "city": _city,
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        context = browser.new_context(
            base_url=address,
            locale="zh-TW",
            viewport={"width": SIZE[0], "height": SIZE[1]},
            color_scheme="light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        for name, go in pictures.items():
            go(page)
            _save(page.screenshot(), folder / f"{name}.png")
        browser.close()


def _trial(page: "Page") -> None:
    page.goto("/")
    page.click("button[name=sample]")
    page.wait_for_selector(".q-finding")


def _today(page: "Page") -> None:
    _sign_in(page, "clerk")


def _sign_in(page: "Page", user: str) -> None:
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.fill("[name=username]", user)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.q-button")
    page.wait_for_url("**/today/")


def _review(page: "Page") -> None:
    """The demo's plan, taken in once more: a draft to check."""
    _sign_in(page, "clerk")
    text = (root() / "src/qingli/cli/demo_content/liutang-2026h2.txt").read_text(encoding="utf8")
    page.goto("/today/")
    page.click(".q-nav a[href$='/plans/']")
    page.click("a[href$='/plans/new/']")
    page.fill("[name=text]", text)
    page.click("main form button.q-button")
    page.wait_for_url("**/review/**")
    page.evaluate("document.querySelectorAll('.q-panes__row')[1].scrollIntoView(); scrollBy(0, -110)")


def _plan(page: "Page") -> None:
    page.goto("/today/")
    page.click(".q-nav a[href$='/plans/']")
    page.locator(".q-task__what a").last.click()
    page.wait_for_selector(".q-figures")


def _open(page: "Page", place: str) -> None:
    """A page of the unit in which somebody is signed in."""
    page.goto(page.url.partition("/today/")[0] + place)


def _proof(page: "Page") -> None:
    """What a community has and lacks by the standard."""
    _sign_in(page, "clerk")
    _open(page, "/proof/")


def _report(page: "Page") -> None:
    _sign_in(page, "clerk")
    _open(page, "/figures/half-year/")


def _notice(page: "Page") -> None:
    """What anybody sees of the candidates for a title, with the form for an objection."""
    page.context.clear_cookies()
    page.goto("/board/")
    page.locator(".q-tasks a").first.click()
    page.wait_for_load_state()


def _application(page: "Page") -> None:
    """What a district sees of an application that waits for it."""
    _sign_in(page, "district")
    _open(page, "/titles/")
    page.locator("a[href*='/applications/']").first.click()
    page.wait_for_load_state()


def _title(page: "Page") -> None:
    """What everybody can check of a title."""
    page.context.clear_cookies()
    page.goto("/titles/")
    page.locator("main .q-table a, main .q-tasks a").first.click()
    page.wait_for_load_state()


def _money(page: "Page") -> None:
    """Earmarked money of the community that was named."""
    _sign_in(page, "beipo.finance")
    _open(page, "/money/")


def _city(page: "Page") -> None:
    _sign_in(page, "city")
    _open(page, "/figures/")


def _save(picture: bytes, path: Path) -> None:
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(path, optimize=True)
    print(f"{path}  {path.stat().st_size // 1000} kB")
