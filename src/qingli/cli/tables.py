"""Tables for a terminal, where a Chinese character takes two columns."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_CLOSING = frozenset("，。、；：！？）」』》】”’,.;:!?)")
_LAST_WORD = re.compile(r"[!-~]+$")


@lru_cache(maxsize=8192)
def _width_of(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """Columns that a text takes."""
    return sum(_width_of(character) for character in text)


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns` columns; never fewer than one line. Words of letters stay whole where they
    can, and no line begins with a closing mark."""
    lines = [""]
    for character in text:
        line = lines[-1]
        if character == "\n":
            lines.append("")
        elif width(line) + _width_of(character) <= columns:
            lines[-1] += character
        elif character == " ":
            lines.append("")
        else:
            kept, carried = _broken(line, character)
            lines[-1] = kept
            lines.append(carried + character)
    return [line.rstrip() for line in lines]


def _broken(line: str, character: str) -> tuple[str, str]:
    """Where to break a full line before `character`: `(what stays, what goes to the next line)`."""
    if character in _CLOSING:
        return line[:-1], line[-1:]
    word = _LAST_WORD.search(line) if character.isascii() else None
    if word and word.start() and len(word[0]) * 2 < len(line):
        return line[: word.start()], word[0]
    return line, ""


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int], columns: int) -> list[str]:
    """Lines of a table `columns` wide; `shares` divides the width. Cells are wrapped, never cut off."""
    gap = 2
    room = max(columns - gap * (len(heads) - 1), 6 * len(heads))
    widths = [max(6, room * share // sum(shares)) for share in shares]
    rule = "-" * (sum(widths) + gap * (len(heads) - 1))
    lines = [*_row(heads, widths, gap), rule]
    for row in rows:
        lines += _row(row, widths, gap)
    return [line.rstrip() for line in lines]


def _row(cells: Sequence[str], widths: Sequence[int], gap: int) -> list[str]:
    columns = [wrapped(cell, size) for cell, size in zip(cells, widths, strict=True)]
    height = max(len(column) for column in columns)
    lines = []
    for index in range(height):
        parts = [
            part + " " * (size - width(part))
            for column, size in zip(columns, widths, strict=True)
            for part in [column[index] if index < len(column) else ""]
        ]
        lines.append((" " * gap).join(parts))
    return lines
