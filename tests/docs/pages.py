"""Reading the pages of docs/: their tables, links, pictures and what stands in code marks."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def pages() -> list[Path]:
    """Every page that people read: README*, CHANGELOG, all of docs/ and what stands beside the code."""
    beside = [*ROOT.glob("src/qingli/*/README.md"), *ROOT.glob("benchmarks/*.md")]
    return [*sorted(ROOT.glob("README*.md")), ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md")), *sorted(beside)]


def read(path: Path) -> str:
    return path.read_text(encoding="utf8")


def tables(text: str) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Each table of a page: its head and its rows, cells without blanks around them."""
    for block in re.findall(r"(?:^\|.*\|\n?)+", text, re.MULTILINE):
        head, line, *rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in block.strip().splitlines()]
        assert set("".join(line)) <= set("-: "), head
        yield head, rows


def table(text: str, *head: str) -> list[list[str]]:
    """The rows of all tables with this head; a page without such a table is a fault."""
    found = [rows for names, rows in tables(text) if names == list(head)]
    assert found, f"there is no table with the head {head}"
    return [row for rows in found for row in rows]


def sentences(text: str) -> str:
    """A page without its blocks of code."""
    return FENCE.sub("", text)


def in_the_code(dotted: str) -> object:
    """The module, or what stands in one, under a name without the package's. LookupError: there is none."""
    try:
        return importlib.import_module(f"qingli.{dotted}")
    except ModuleNotFoundError:
        module, _, name = dotted.rpartition(".")
        if not module or not hasattr(owner := in_the_code(module), name):
            raise LookupError(f"there is no qingli.{dotted}") from None
        return getattr(owner, name)
