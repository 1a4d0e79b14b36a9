"""A person's right: what an entry said can be erased; that it stood there, and its hash, remain."""

from datetime import datetime
from uuid import UUID

from qingli.archive.actions.deeds import deed
from qingli.archive.models import Entry, Payload
from qingli.archive.rules import Act, Actor, AlreadyErasedError, NoSuchEntryError


@deed("archive.payload-erased")
def erase_payload(
    *, entry_id: UUID, reason: str, by: Actor, happened_at: datetime, recorded_at: datetime, key: UUID
) -> Act:
    """Erase salt and body of an entry. The hash that stays says nothing without the salt.

    `reason` is a code, never a sentence about a person. Errors: `no-such-entry`, `already-erased`.
    """
    entry = Entry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NoSuchEntryError
    erased = Payload.objects.filter(pk=entry_id, erased_at__isnull=True)
    if not erased.update(erased_at=recorded_at, body=None, salt=""):
        raise AlreadyErasedError
    return Act("entry", entry_id, entry.scope, {"reason": reason, "kind": entry.kind})
