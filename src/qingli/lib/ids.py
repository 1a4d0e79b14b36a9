"""Identifiers that sort by the time they were made."""

import secrets
import time
import uuid


def new_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, the rest random.

    Rows made one after another lie side by side in an index, which random UUIDs do not.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def derived(key: uuid.UUID, purpose: str) -> uuid.UUID:
    """The key of a deed that another deed sets off: the same key and purpose always give the same one."""
    return uuid.uuid5(key, purpose)
