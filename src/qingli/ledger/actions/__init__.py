"""The writers of this room. Each is a deed of the journal; none changes what was booked before."""

from qingli.ledger.actions.accounts import close_account, open_account, open_earmark
from qingli.ledger.actions.bookings import book, reverse_booking, spend

__all__ = ["book", "close_account", "open_account", "open_earmark", "reverse_booking", "spend"]
