"""PDF files that hold text. The parsing runs in a process of its own with a time and a memory limit: a PDF can be made
so that any parser works on it for hours."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from qingli.reading.documents.errors import ReadError
from qingli.reading.documents.model import Block, Document, Note, Writer, script_of

SECONDS = 60
_WORKER = Path(__file__).with_name("pdf_worker.py")
_DIGITS = r"[0-9０-９]{1,5}"
_COUNT = rf"(?:{_DIGITS}|[一二三四五六七八九十百]{{1,5}})"
_PAGE_NUMBER = re.compile(
    r"[\s\-–—―·•~～－.]*(?:"
    rf"(?:page\s*)?{_DIGITS}(?:\s*(?:/|of)\s*{_DIGITS})?"
    rf"|第?\s*{_COUNT}\s*[頁页](?:\s*[，,/]?\s*共?\s*{_COUNT}\s*[頁页])?"
    rf"|共\s*{_COUNT}\s*[頁页]\s*[，,/]?\s*第\s*{_COUNT}\s*[頁页]"
    r")[\s\-–—―·•~～－.]*",
    re.IGNORECASE,
)
_NO_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_SENTENCE_END = ("。", "；", "：", "！", "？")
_EDGE = 2  # lines at either end of a page that may be a running header or footer


def load_pdf(data: bytes) -> Document:
    """A PDF file as a document. `ReadError`: corrupt, encrypted, no-text, too-complex, timeout."""
    pages = _without_running_lines(_pages(data))
    bare = sum(1 for page in pages if not any(line.strip() for line in page))
    if bare == len(pages) or sum(len(line.strip()) for page in pages for line in page) < 2 * len(pages):
        raise ReadError("no-text", pages=len(pages))
    if _is_garbled(pages):
        raise ReadError("no-text", pages=len(pages))
    writer = Writer()
    for number, lines in enumerate(pages, 1):
        text = "\n".join(lines).strip("\n")
        if not text.strip():
            continue
        start, end = writer.add(text)
        writer.add("\n")
        writer.blocks.append(Block(start, end, "page", page=number, confidence=0.9))
    notes = (Note("pages-without-text", (("count", bare), ("pages", len(pages)))),) if bare else ()
    text = writer.text()
    return Document(text, tuple(writer.blocks), "pdf", "", script_of(text), notes)


def _is_garbled(pages: list[list[str]]) -> bool:
    """Some files hold glyphs without saying which characters they are; what comes out is no text."""
    text = "".join(line for page in pages for line in page)
    return len(_NO_CHARACTER.findall(text)) * 5 > len(text)


def _pages(data: bytes) -> list[list[str]]:
    """Lines of each page, from the worker process."""
    command = [sys.executable, "-I", str(_WORKER)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  (our own file)
    except subprocess.TimeoutExpired as error:
        raise ReadError("timeout", seconds=SECONDS) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:  # the worker was ended by its memory limit or by a fault
        raise ReadError("corrupt", format="pdf") from error
    if "error" in answer:
        raise ReadError(answer["error"], **answer.get("facts", {}))
    pages: list[str] = answer["pages"]
    return [[line.rstrip() for line in page.split("\n")] for page in pages]


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Drop page numbers, and lines that come back word for word at the same edge of most pages."""
    seen: Counter[tuple[bool, str]] = Counter()
    for page in pages:
        seen.update({(top, _bare(page[index])) for index, top in _edges(page)})
    often = max(3, (len(pages) + 1) // 2)
    running = {key for key, count in seen.items() if count >= often and not key[1].endswith(_SENTENCE_END)}
    return [_trim(page, running) if len(pages) > 1 else page for page in pages]


def _trim(page: list[str], running: set[tuple[bool, str]]) -> list[str]:
    """From each edge inwards, stop at the first line that belongs to the text. Never the whole page."""
    dropped: set[int] = set()
    stopped = set()
    for index, top in _edges(page):
        is_number = _PAGE_NUMBER.fullmatch(page[index])
        if top not in stopped and (is_number or (top, _bare(page[index])) in running):
            dropped.add(index)
        else:
            stopped.add(top)
    kept = [line for index, line in enumerate(page) if index not in dropped]
    return kept if any(line.strip() for line in kept) else page


def _edges(page: list[str]) -> list[tuple[int, bool]]:
    """Indices of the lines at the edges of a page from outside in, with whether they are at its top."""
    filled = [index for index, line in enumerate(page) if line.strip()]
    bottom = [(index, False) for index in filled[: -_EDGE - 1 : -1]]
    return bottom + [(index, True) for index in filled[:_EDGE] if (index, False) not in bottom]


def _bare(line: str) -> str:
    return re.sub(r"\s+", "", line)
