"""Text of several lines that people type."""

import re

from qingli.ground.rules import GroundError, clean_text


def clean_lines(text: str, longest: int, field: str, *, needed: bool = True) -> str:
    """Lines, each cleaned as the ground cleans one; no more than one blank line in a row, none at either end.

    Raises the ground's `text-blank`, `text-too-long`, `text-unreadable`, `text-has-id-number`.
    """
    if len(text) > 4 * longest:  # however much of it is blank, it need not be looked at line by line
        raise GroundError("text-too-long", field)
    lines = [clean_text(line, len(text), field, needed=False) for line in text.splitlines()]
    clean = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    if len(clean) > longest:
        raise GroundError("text-too-long", field)
    if not clean and needed:
        raise GroundError("text-blank", field)
    return clean
