"""What the ledger refuses. Codes, not sentences: faces translate."""

from collections.abc import Mapping


class LedgerError(Exception):
    """A rule of money says no: `code` says which, `field` names the input at fault, `facts` what a sentence needs."""

    def __init__(self, code: str, field: str = "", facts: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = dict(facts or {})
