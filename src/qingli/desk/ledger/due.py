"""Payments that wait, as the room that knows of them hands them to the page about money."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaymentDue:
    """One line of `desk/ledger/due.html`: who is to get how much (in fen) for what, and where it is paid."""

    to: str
    words: str
    amount: int
    href: str
