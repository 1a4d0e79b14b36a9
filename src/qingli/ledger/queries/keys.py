"""Keys of pages as they come in addresses; what is no key asks for the first page."""

from datetime import date
from uuid import UUID


def uuid_key(text: str | None) -> UUID | None:
    """The id after which a page begins."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def day_key(text: str | None) -> tuple[date, UUID] | None:
    """The day and the id after which a page begins."""
    day, _, last = (text or "").partition("_")
    try:
        return date.fromisoformat(day), UUID(last)
    except ValueError:
        return None
