"""What the ground refuses. Codes, not sentences: faces translate."""

from typing import Literal

Code = Literal[
    "not-allowed",
    "not-found",
    "text-blank",
    "text-too-long",
    "text-unreadable",
    "text-has-id-number",
    "code-malformed",
    "code-taken",
    "path-too-long",
    "unit-not-here",
    "unit-into-itself",
    "grids-too-many",
    "zone-unknown",
    "count-out-of-range",
    "site-already-there",
    "site-closed",
    "party-closed",
    "party-already-there",
    "party-elsewhere",
    "phone-malformed",
    "person-erased",
    "person-still-in-office",
    "username-malformed",
    "username-taken",
    "account-already-open",
    "account-ended",
    "password-weak",
    "role-not-here",
    "role-not-yours-to-give",
    "party-missing",
    "party-not-wanted",
    "span-backwards",
    "post-overlaps",
    "post-outlives-cover",
    "cover-of-oneself",
    "cover-outside-post",
    "cover-overlaps",
    "cover-of-cover",
    "cover-from-afar",
    "group-already-there",
    "seat-empty",
    "seat-of-two",
]


class GroundError(Exception):
    """A rule of the ground says no. `code` says which; `field` names the input at fault where there is one."""

    def __init__(self, code: Code, field: str = "") -> None:
        super().__init__(code)
        self.code: Code = code
        self.field = field


class NotAllowedError(GroundError):
    """The asker's posts do not allow this deed in this unit."""

    def __init__(self, code: Code = "not-allowed") -> None:
        super().__init__(code)
