"""Reading the page of a visitor's plan the way a browser sends it back."""

import html
import re
from typing import Any

from django.test import Client


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def carried(answer: Any) -> dict[str, str]:
    """The hidden fields with which a browser would send the page's form."""
    page = answer.content.decode()
    original = re.search(r'<textarea name="original" hidden>(.*?)</textarea>', page, re.DOTALL)
    steps = re.search(r'name="steps" value="([^"]*)"', page)
    assert original is not None
    assert steps is not None
    found = {"original": html.unescape(original[1]).replace("\n", "\r\n"), "steps": html.unescape(steps[1])}
    for name in ("community", "year"):
        value = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', page)
        found[name] = html.unescape(value[1]) if value else ""
    return found


def buttons(answer: Any) -> list[str]:
    return re.findall(r'name="do" value="([^"]*)"', answer.content.decode())


def now(answer: Any) -> str:
    """The plan as it now stands, without what was taken out."""
    shown = re.search(r"<pre>(.*?)</pre>", answer.content.decode(), re.DOTALL)
    assert shown is not None
    return html.unescape(re.sub(r"<del>.*?</del>|</?ins>", "", shown[1], flags=re.DOTALL))


def tap(client: Client, answer: Any, do: str, **typed: str) -> Any:
    return client.post("/read/change/", {**carried(answer), "do": do, **typed})


def finding(answer: Any, words: str) -> int:
    """The number of the finding whose sentence has these words."""
    parts = re.split(r'<div class="q-finding" id="f(\d+)">', answer.content.decode())
    for number, part in zip(parts[1::2], parts[2::2], strict=True):
        if words in html.unescape(part):
            return int(number)
    raise AssertionError(f"no finding says {words}")
