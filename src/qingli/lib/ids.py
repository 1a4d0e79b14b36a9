"""Identifiers that sort by the time they were made."""

import secrets
import threading
import time
import uuid

_lock = threading.Lock()
_last = (0, 0)  # the millisecond and the count of the id made last


def new_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, 12 bits that count up within one, the rest random.

    Rows made one after another lie side by side in an index, which random UUIDs do not, and sort in the order in which
    one process made them. Where a clock is set back or a millisecond is full, the last millisecond goes on being used.
    """
    global _last  # noqa: PLW0603 - the counter that RFC 9562 (section 6.2, method 1) asks for
    milliseconds = time.time_ns() // 1_000_000
    with _lock:
        before, count = _last
        if milliseconds <= before:
            milliseconds, count = (before, count + 1) if count < 0xFFF else (before + 1, 0)
        else:
            count = secrets.randbits(8)
        _last = (milliseconds, count)
    high = (milliseconds & (1 << 48) - 1) << 16 | 0x7 << 12 | count
    return uuid.UUID(int=high << 64 | 0b10 << 62 | secrets.randbits(62))


def derived(key: uuid.UUID, purpose: str) -> uuid.UUID:
    """The key of a deed that another deed sets off: the same key and purpose always give the same one."""
    return uuid.uuid5(key, purpose)
