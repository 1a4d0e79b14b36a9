"""What makes a journal entry sound, how entries are chained, and what may be kept how long. Plain Python."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

EMPTY_CHAIN = "0" * 64


class Actor(Protocol):
    """Somebody who acts, as the journal names them: `person:<uuid>`, `system`, or `visitor:<random>`."""

    @property
    def ref(self) -> str: ...


@dataclass(frozen=True, slots=True)
class System:
    """The house itself: what the worker and the commands do."""

    ref: str = "system"


class ArchiveError(Exception):
    """The archive refuses; `code` says why, faces put it into words."""

    code = "archive"


class KeyReusedError(ArchiveError):
    """A key that this actor has already used for another kind of deed."""

    code = "key-reused"


class AlreadyErasedError(ArchiveError):
    """The payload of this entry is gone already."""

    code = "already-erased"


class NoSuchEntryError(ArchiveError):
    """There is no entry with this id."""

    code = "no-such-entry"


class FileRefusedError(ArchiveError):
    """A file that is not taken in: `empty`, `too-large`, `wrong-type`, `unreadable`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Retention(StrEnum):
    """How long a file is kept: for good, as long as an award can be questioned, a working year, or days."""

    PERMANENT = "permanent"
    TEN_YEARS = "ten-years"
    TWO_YEARS = "two-years"
    DRAFT = "draft"


KEPT_DAYS = {Retention.TEN_YEARS: 3653, Retention.TWO_YEARS: 731, Retention.DRAFT: 30}


@dataclass(frozen=True, slots=True)
class Act:
    """What a deed did, for the journal: the object it is the history of, the scope it lies in, what changed."""

    object_type: str
    object_id: UUID
    scope: str
    payload: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Done:
    """What a deed gave back. A replay names the object of the first time and changes nothing."""

    object_id: UUID
    entry_id: UUID
    replayed: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """What of an entry goes into the chain."""

    id: UUID
    kind: str
    version: int
    object_type: str
    object_id: UUID
    scope: str
    actor: str
    happened_at: datetime
    recorded_at: datetime
    key: UUID
    payload_hash: str


def canonical(body: object) -> str:
    """JSON with sorted keys, no blanks, UTF-8: one text for one value."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def plain(body: Mapping[str, object]) -> dict[str, object]:
    """The body as it will come back from the database: keys are text, tuples lists. TypeError: not JSON."""
    value: dict[str, object] = json.loads(canonical(body))
    return value


def payload_hash(salt: str, body: Mapping[str, object]) -> str:
    """SHA-256, in hex, of the salt and the body as canonical JSON."""
    return hashlib.sha256(f"{salt}\n{canonical(body)}".encode()).hexdigest()


def leaf_hash(sequence: int, leaf: Leaf) -> bytes:
    """The hash of an entry at its place. Leaves and nodes start differently, so neither can pass for the other."""
    values = [
        sequence,
        str(leaf.id),
        leaf.kind,
        leaf.version,
        leaf.object_type,
        str(leaf.object_id),
        leaf.scope,
        leaf.actor,
        leaf.happened_at.astimezone(UTC).isoformat(),
        leaf.recorded_at.astimezone(UTC).isoformat(),
        str(leaf.key),
        leaf.payload_hash,
    ]
    return hashlib.sha256(b"\x00" + canonical(values).encode()).digest()


def merkle_root(leaves: Sequence[bytes]) -> str:
    """The Merkle tree hash of RFC 6962 over leaf hashes, in hex; at least one leaf."""
    level = list(leaves)
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0].hex()


def chain_hash(previous: str, *, number: int, first: int, last: int, root: str, sealed_at: datetime) -> str:
    """SHA-256, in hex, over a batch and the chain before it."""
    values = [previous, number, first, last, root, sealed_at.astimezone(UTC).isoformat()]
    return hashlib.sha256(canonical(values).encode()).hexdigest()


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PHOTOS = frozenset({"image/jpeg", "image/png", "image/webp"})
PAPERS = frozenset({"application/pdf", _WORD, "text/plain"})


def file_type(content: bytes) -> str | None:
    """The media type that the content itself shows, whatever its name says; None for what is not known here."""
    head = content[:16]
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        return _WORD if b"word/document.xml" in content else None
    return None if b"\x00" in content else "text/plain"
