"""Reading the journal: the history of an object, and all entries in their order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from qingli.archive.models import Batch, Entry, Seal, Unsealed
from qingli.archive.rules import Leaf, canonical


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One act as the journal tells it. `sequence` is None until it is sealed, `body` is None once it is erased."""

    id: UUID
    sequence: int | None
    kind: str
    version: int
    object_type: str
    object_id: UUID
    scope: str
    actor: str
    happened_at: datetime
    recorded_at: datetime
    body: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is not sealed yet: how many entries, and when the oldest of them was recorded."""

    count: int
    oldest: datetime | None


def history(object_type: str, object_id: UUID) -> list[JournalEntry]:
    """Everything that was done to an object, in the order in which it was recorded."""
    rows = Entry.objects.filter(object_type=object_type, object_id=object_id)
    return [_told(row) for row in _whole(rows).order_by("recorded_at", "id")]


def entry(entry_id: UUID) -> JournalEntry | None:
    """One entry; None where there is none."""
    row = _whole(Entry.objects.filter(pk=entry_id)).first()
    return None if row is None else _told(row)


def saying(words: str) -> Iterator[JournalEntry]:
    """The entries, sealed or not, whose payload holds these words; it reads the whole journal."""
    for row in _whole(Entry.objects.filter(payload__erased_at=None)).order_by("recorded_at", "id").iterator(500):
        if words in canonical(row.payload.body):
            yield _told(row)


def told(*kinds: str) -> Iterator[JournalEntry]:
    """All entries of these kinds, sealed or not, in the order in which they were recorded: to build a state anew.

    A kind that ends in a full stop stands for all that begin with it: "ledger.".
    """
    wanted = Q(pk__in=())
    for kind in kinds:
        wanted |= Q(kind__startswith=kind) if kind.endswith(".") else Q(kind=kind)
    yield from map(_told, _whole(Entry.objects.filter(wanted)).order_by("recorded_at", "id").iterator(500))


def latest_chain() -> str:
    """The chain after the newest batch: a number that nobody could choose; "" before anything is sealed."""
    return Batch.objects.order_by("-number").values_list("chain", flat=True).first() or ""


def sealed_in(entry_id: UUID) -> tuple[int, str] | None:
    """The number of the batch that sealed an entry, and the chain after it; None while it waits. One query."""
    seal = Seal.objects.select_related("batch").filter(entry_id=entry_id).first()
    return (seal.batch.number, seal.batch.chain) if seal else None


def sealed_after(sequence: int) -> int:
    """How many entries were sealed after this one."""
    return Seal.objects.filter(sequence__gt=sequence).count()


def entries_since(sequence: int, limit: int = 500) -> list[JournalEntry]:
    """The sealed entries after a sequence, in order: the journal as an outbox."""
    seals = Seal.objects.filter(sequence__gt=sequence).order_by("sequence")[:limit]
    return [_told(seal.entry) for seal in seals.select_related("entry__payload", "entry__seal")]


def waiting() -> Waiting:
    """What the sealer has not taken yet."""
    rows = Unsealed.objects.all()
    return Waiting(rows.count(), rows.aggregate(oldest=Min("entry__recorded_at"))["oldest"])


def day_roots(since: date, until: date) -> dict[date, str]:
    """The chain at the end of each day (UTC) from `since` up to and without `until`; days without a batch are left out.

    Published where many people see it, such a root makes it impossible to rewrite the days before unnoticed.
    """
    found: dict[date, str] = {}
    start = datetime.combine(since, time(), UTC)
    batches = Batch.objects.filter(sealed_at__gte=start, sealed_at__lt=datetime.combine(until, time(), UTC))
    for batch in batches.order_by("number").iterator():
        found[day_of(batch.sealed_at)] = batch.chain
    return found


def day_of(moment: datetime) -> date:
    """The UTC day of a moment, which is the day that roots go by."""
    return moment.astimezone(UTC).date()


def leaf_of(row: Entry) -> Leaf:
    """What of an entry goes into the chain."""
    return Leaf(
        id=row.id,
        kind=row.kind,
        version=row.version,
        object_type=row.object_type,
        object_id=row.object_id,
        scope=row.scope,
        actor=row.actor,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        key=row.key,
        payload_hash=row.payload_hash,
    )


def _whole(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    return rows.select_related("payload", "seal")


def _told(row: Entry) -> JournalEntry:
    seal: Seal | None = getattr(row, "seal", None)
    return JournalEntry(
        id=row.id,
        sequence=seal.sequence if seal else None,
        kind=row.kind,
        version=row.version,
        object_type=row.object_type,
        object_id=row.object_id,
        scope=row.scope,
        actor=row.actor,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        body=row.payload.body,
    )
