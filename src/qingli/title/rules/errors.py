"""What the rules of titles refuse. Codes and facts, not sentences: faces translate."""

from collections.abc import Mapping


class TitleError(Exception):
    """A rule of titles says no: `code` says which, `facts` hold what a sentence about it needs.

    `field` names the input at fault where there is one.
    """

    def __init__(self, code: str, facts: Mapping[str, object] | None = None, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.facts = dict(facts or {})
        self.field = field
