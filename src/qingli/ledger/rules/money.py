"""Amounts are whole fen (分), a hundredth of a yuan. No amount is ever a float."""

import re
import unicodedata

from qingli.ledger.rules.errors import LedgerError

LARGEST = 10**12  # fen: ten thousand million yuan in one line
_YUAN = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d{1,2}))?")


def check_amount(amount: object) -> int:
    """A whole number of fen above zero and not beyond all measure. Raises bad-amount."""
    if isinstance(amount, bool) or not isinstance(amount, int) or not 0 < amount <= LARGEST:
        raise LedgerError("bad-amount", "amount")
    return amount


def fen_of(text: str) -> int:
    """What somebody typed in yuan, such as 1200, 1,200.50 or ¥8.5, in fen. Raises bad-amount."""
    typed = unicodedata.normalize("NFKC", text).strip().removeprefix("¥").removesuffix("元").strip()
    found = _YUAN.fullmatch(typed)
    if found is None or not typed.isascii() or len(found["whole"]) > 16:
        raise LedgerError("bad-amount", "amount")
    return check_amount(int(found["whole"].replace(",", "")) * 100 + int((found["part"] or "0").ljust(2, "0")))


def yuan(fen: int) -> str:
    """Fen as yuan, exactly: 120050 is "1,200.50", 1000000 is "10,000"."""
    whole, part = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}" + (f".{part:02}" if part else "")
