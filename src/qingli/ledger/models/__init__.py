"""The tables of this room. Private to it."""

from qingli.ledger.models.books import Account, Balance, Booking, Earmark, Line

__all__ = ["Account", "Balance", "Booking", "Earmark", "Line"]
