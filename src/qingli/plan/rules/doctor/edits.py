"""Applying fixes to a text."""

from collections.abc import Iterable

from .types import TextEdit


class EditError(ValueError):
    """Edits that cannot be applied. code: edit-outside, edits-overlap."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """`text` with every edit made, in any order; the same edit twice counts once. Raises EditError."""
    ordered = sorted(set(edits), key=lambda edit: (edit.start, edit.end))
    parts, last = [], 0
    for edit in ordered:
        if not 0 <= edit.start <= edit.end <= len(text):
            raise EditError("edit-outside")
        if edit.start < last:
            raise EditError("edits-overlap")
        parts += [text[last : edit.start], edit.replacement]
        last = edit.end
    return "".join([*parts, text[last:]])
