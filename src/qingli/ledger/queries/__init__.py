"""Reads of this room: frozen values (`shapes`). The asker comes first; what is for everybody has none.

What the asker may not see is the ground's NotAllowedError; what is not there is `not-found`.
"""

from qingli.ledger.queries.accounts import account, accounts, balances, funds_of
from qingli.ledger.queries.bookings import booked, booked_among, booking, bookings
from qingli.ledger.queries.earmarks import earmark, earmark_of_source, earmarks, public_use
from qingli.ledger.queries.faults import faults
from qingli.ledger.queries.shapes import (
    AccountView,
    BalanceView,
    BookingView,
    EarmarkView,
    LineView,
    PublicUse,
    Spending,
    UseView,
)

__all__ = [
    "AccountView",
    "BalanceView",
    "BookingView",
    "EarmarkView",
    "LineView",
    "PublicUse",
    "Spending",
    "UseView",
    "account",
    "accounts",
    "balances",
    "booked",
    "booked_among",
    "booking",
    "bookings",
    "earmark",
    "earmark_of_source",
    "earmarks",
    "faults",
    "funds_of",
    "public_use",
]
