"""The sealer gives committed entries their place in the journal."""

from datetime import datetime
from itertools import count

from django.db import IntegrityError, transaction

from qingli.archive.models import Batch, Seal, Unsealed
from qingli.archive.queries.journal import leaf_of
from qingli.archive.rules import EMPTY_CHAIN, chain_hash, leaf_hash, merkle_root

LIMIT = 1000


def seal(*, recorded_at: datetime, limit: int = LIMIT) -> int:
    """Seal up to `limit` waiting entries as one batch and say how many.

    It takes what is committed and waits, whatever its id: an entry with a lower id may be committed later and then
    simply comes in a later batch. Two sealers at once do no harm: the database lets one of them through.
    """
    try:
        with transaction.atomic():
            return _seal(recorded_at, limit)
    except IntegrityError:
        return 0


def _seal(now: datetime, limit: int) -> int:
    last = Batch.objects.select_for_update().order_by("-number").first()
    waiting = list(
        Unsealed.objects.select_for_update(of=("self",))
        .select_related("entry")
        .order_by("entry__recorded_at", "entry_id")[:limit]
    )
    if not waiting:
        return 0
    first = last.last + 1 if last else 1
    leaves = [leaf_hash(sequence, leaf_of(row.entry)) for sequence, row in zip(count(first), waiting, strict=False)]
    number, final, root = (last.number + 1 if last else 1), first + len(waiting) - 1, merkle_root(leaves)
    previous = last.chain if last else EMPTY_CHAIN
    chain = chain_hash(previous, number=number, first=first, last=final, root=root, sealed_at=now)
    batch = Batch.objects.create(number=number, first=first, last=final, root=root, chain=chain, sealed_at=now)
    Seal.objects.bulk_create(
        Seal(sequence=sequence, entry=row.entry, batch=batch)
        for sequence, row in zip(count(first), waiting, strict=False)
    )
    Unsealed.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    return len(waiting)
