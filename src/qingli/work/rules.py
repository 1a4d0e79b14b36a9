"""What makes a record of work sound. Plain Python."""

import math
from collections.abc import Mapping
from datetime import datetime

WORDS = 1000
QUANTITIES = 20
LARGEST = 10**12


class RecordRefusedError(Exception):
    """A record that is not taken: `code` says why.

    nothing-said, in-future, bad-quantity, too-many-quantities, no-reason, already-corrected.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_quantities(given: Mapping[str, object]) -> dict[str, float | int]:
    """Figures by code (kg, person …): finite, not negative, at most twenty; blank ones are left out.

    Raises bad-quantity, too-many-quantities.
    """
    if len(given) > QUANTITIES:
        raise RecordRefusedError("too-many-quantities")
    return {_code(code): _number(value) for code, value in given.items() if value not in (None, "")}


def _code(code: str) -> str:
    if not 1 <= len(code) <= 40 or not code.replace("_", "").replace("-", "").isalnum():
        raise RecordRefusedError("bad-quantity")
    return code


def _number(value: object) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise RecordRefusedError("bad-quantity")
    try:
        number = float(value)
    except ValueError:
        raise RecordRefusedError("bad-quantity") from None
    if not math.isfinite(number) or not 0 <= number <= LARGEST:
        raise RecordRefusedError("bad-quantity")
    return int(number) if number.is_integer() else round(number, 3)


def check_said(words: str, quantities: Mapping[str, object], *, has_photo: bool, for_task: bool) -> None:
    """A task that is ticked off needs no words; a record that stands for itself says something. Raises nothing-said."""
    if not (words or quantities or has_photo or for_task):
        raise RecordRefusedError("nothing-said")


def check_time(happened_at: datetime, recorded_at: datetime) -> None:
    """What is recorded has happened. Raises in-future."""
    if happened_at > recorded_at:
        raise RecordRefusedError("in-future")
