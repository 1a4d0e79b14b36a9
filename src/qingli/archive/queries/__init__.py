"""Reads of the archive. Permission is the caller's: the archive lies below the territory it would depend on."""

from qingli.archive.queries.files import StoredFile, blob_path, open_file, stored_contents, stored_file
from qingli.archive.queries.journal import (
    JournalEntry,
    Waiting,
    day_roots,
    entries_since,
    entry,
    history,
    latest_chain,
    saying,
    sealed_after,
    sealed_in,
    told,
    waiting,
)
from qingli.archive.queries.verification import Break, Verification, verify

__all__ = [
    "Break",
    "JournalEntry",
    "StoredFile",
    "Verification",
    "Waiting",
    "blob_path",
    "day_roots",
    "entries_since",
    "entry",
    "history",
    "latest_chain",
    "open_file",
    "saying",
    "sealed_after",
    "sealed_in",
    "stored_contents",
    "stored_file",
    "told",
    "verify",
    "waiting",
]
