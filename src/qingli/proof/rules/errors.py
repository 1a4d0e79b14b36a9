"""What proof refuses. Codes, not sentences: faces translate."""

from collections.abc import Mapping


class ProofError(Exception):
    """A rule of proof says no: `code` says which, `facts` hold what a sentence about it needs.

    not-found, unknown-standard, unknown-criterion, unknown-indicator, bad-period, not-judged, points-out-of-range,
    no-reason, own-unit, not-sampled, bad-size, no-sites, already-drawn, not-drawn-yet, bad-outcome.
    """

    def __init__(self, code: str, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.facts = dict(facts or {})
