"""What the board refuses. Codes, not sentences: faces translate."""

from collections.abc import Mapping


class BoardError(Exception):
    """A rule of the board says no. `code` says which, `field` the input at fault, `facts` what a sentence needs."""

    def __init__(self, code: str, field: str = "", facts: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = dict(facts or {})


class NotFoundError(BoardError):
    """There is no such notice or reply."""

    def __init__(self) -> None:
        super().__init__("not-found")
