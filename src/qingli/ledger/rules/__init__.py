"""What makes a booking sound and keeps money to its purpose. Plain Python.

In the words of the people it binds: docs/rules/earmarked-money.md.
"""

from qingli.ledger.rules.bookings import AccountFact, EarmarkFact, LineFact, Place, check_day, posted, reversed_lines
from qingli.ledger.rules.errors import LedgerError
from qingli.ledger.rules.kinds import AccountKind, Category
from qingli.ledger.rules.money import LARGEST, check_amount, fen_of, yuan

__all__ = [
    "LARGEST",
    "AccountFact",
    "AccountKind",
    "Category",
    "EarmarkFact",
    "LedgerError",
    "LineFact",
    "Place",
    "check_amount",
    "check_day",
    "fen_of",
    "posted",
    "reversed_lines",
    "yuan",
]
