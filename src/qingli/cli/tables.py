"""Tables for a terminal, where a Chinese character takes two columns."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=8192)
def _width_of(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """Columns that a text takes."""
    return sum(_width_of(character) for character in text)


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns` columns; never fewer than one line."""
    lines = [""]
    used = 0
    for character in text:
        size = _width_of(character)
        if character == "\n" or used + size > columns:
            lines.append("")
            used = 0
            if character in "\n ":
                continue
        lines[-1] += character
        used += size
    return lines


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
