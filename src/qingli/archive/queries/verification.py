"""Checking the journal against its seals: what was altered, taken out, put in or moved comes to light."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from qingli.archive.models import Batch, Entry, Payload, Seal, Unsealed
from qingli.archive.queries.journal import Waiting, leaf_of, waiting
from qingli.archive.rules import EMPTY_CHAIN, chain_hash, leaf_hash, merkle_root, payload_hash

MOST = 200


@dataclass(frozen=True, slots=True)
class Break:
    """Where the journal does not hold.

    Codes: `batch-missing`, `root` (a sealed entry was altered, moved or taken out), `chain` (a batch was altered),
    `seal-outside` (a seal in no batch), `unsealed-lost` (an entry that neither is sealed nor waits), `payload` (it is
    not what was hashed), `payload-missing`, `erased-silently` (no entry tells of the erasure), `day-root` (a published
    root is none of this journal).
    """

    code: str
    place: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome: sealed entries, batches, what waits, erased payloads, and every break (at most 200)."""

    sealed: int
    batches: int
    erased: int
    waiting: Waiting
    breaks: tuple[Break, ...]


def verify(day_roots: Mapping[date, str] | None = None) -> Verification:
    """Walk the whole journal. `day_roots` are roots that were published or copied out, to compare with.

    Each must be the chain after some batch, whichever day that batch names: a clock that was set back may have let more
    batches follow on a day whose root was out already, and everything before a root is what the root vouches for.
    """
    breaks: list[Break] = []
    for found in (_chain_breaks(day_roots or {}), _stray_breaks(), _payload_breaks()):
        for number, fault in enumerate(found):
            if number >= MOST:
                break
            breaks.append(fault)
    return Verification(
        sealed=Seal.objects.count(),
        batches=Batch.objects.count(),
        erased=Payload.objects.filter(erased_at__isnull=False).count(),
        waiting=waiting(),
        breaks=tuple(breaks),
    )


def _chain_breaks(day_roots: Mapping[date, str]) -> Iterator[Break]:
    expected, chain, unseen = 1, EMPTY_CHAIN, set(day_roots.values())
    for number, batch in enumerate(Batch.objects.order_by("number").iterator(chunk_size=500), start=1):
        if batch.number != number or batch.first != expected:
            yield Break("batch-missing", f"batch {number}")
            return
        if batch.root != _root(batch):
            yield Break("root", f"batch {number}, entries {batch.first}-{batch.last}")
        chain = chain_hash(
            chain, number=number, first=batch.first, last=batch.last, root=batch.root, sealed_at=batch.sealed_at
        )
        if batch.chain != chain:
            yield Break("chain", f"batch {number}")
            chain = batch.chain
        unseen.discard(chain)
        expected = batch.last + 1
    for day, root in sorted(day_roots.items()):
        if root in unseen:
            yield Break("day-root", day.isoformat())
    for seal in Seal.objects.filter(sequence__gte=expected).order_by("sequence").iterator():
        yield Break("seal-outside", f"entry {seal.sequence}")


def _root(batch: Batch) -> str | None:
    seals = Seal.objects.filter(batch=batch).select_related("entry").order_by("sequence")
    rows = [(seal.sequence, leaf_of(seal.entry)) for seal in seals.iterator(chunk_size=1000)]
    if [sequence for sequence, _ in rows] != list(range(batch.first, batch.last + 1)):
        return None
    return merkle_root([leaf_hash(sequence, leaf) for sequence, leaf in rows])


def _stray_breaks() -> Iterator[Break]:
    sealed = Exists(Seal.objects.filter(entry_id=OuterRef("pk")))
    waits = Exists(Unsealed.objects.filter(pk=OuterRef("pk")))
    for row in Entry.objects.filter(~sealed, ~waits).iterator():
        yield Break("unsealed-lost", str(row.id))
    for row in Entry.objects.filter(payload__isnull=True).iterator():
        yield Break("payload-missing", str(row.id))


def _payload_breaks() -> Iterator[Break]:
    erasures = Entry.objects.filter(kind="archive.payload-erased", object_id=OuterRef("pk"))
    rows = Payload.objects.select_related("entry").annotate(told=Exists(erasures)).order_by("pk")
    for row in rows.iterator(chunk_size=1000):
        if row.erased_at is not None:
            if not row.told:
                yield Break("erased-silently", str(row.pk))
        elif row.body is None or payload_hash(row.salt, row.body) != row.entry.payload_hash:
            yield Break("payload", str(row.pk))
