"""Numbers of titles: the year, a running number, and a check digit by which a slip in copying is noticed."""

import re

from qingli.title.rules.errors import TitleError

_NUMBER = re.compile(r"(\d{4})-(\d{4,6})-(\d)")
# H. M. Damm's quasigroup of order 10: every single wrong digit and every swap of neighbours changes the check digit.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def title_number(year: int, sequence: int) -> str:
    """The number of the `sequence`-th title of a year: 2026-0012-7."""
    digits = f"{year:04d}{sequence:04d}"
    return f"{year:04d}-{sequence:04d}-{_check(digits)}"


def read_number(text: str) -> str:
    """A number as it was typed, in its one spelling. Raises `number-malformed`: some digit was copied wrongly."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None or _check(found[1] + found[2]) != int(found[3]):
        raise TitleError("number-malformed", field="number")
    return found[0]


def _check(digits: str) -> int:
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return state
