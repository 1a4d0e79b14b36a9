"""Removing what nobody keeps any more: expired files, content without a row, drafts of interrupted uploads."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError

from qingli.archive.actions.deeds import deed
from qingli.archive.models import Blob, File
from qingli.archive.queries.files import files_root
from qingli.archive.rules import KEPT_DAYS, Act, Actor, Retention, System
from qingli.lib.ids import derived

GRACE = timedelta(days=1)  # an upload may still be on its way to its row


def sweep_files(*, recorded_at: datetime, machine_now: datetime) -> int:
    """Remove files whose time is over and that no object names, then content that no file names; how many contents.

    `recorded_at` decides what has expired; `machine_now` is the clock that the disk's own times go by.
    """
    for retention, days in KEPT_DAYS.items():
        _expire(retention, recorded_at - timedelta(days=days), recorded_at)
    _drop_unnamed_rows()
    return _drop_unnamed_content((machine_now - GRACE).timestamp())


def _expire(retention: Retention, before: datetime, now: datetime) -> None:
    for file in File.objects.filter(retention=retention, stored_at__lt=before).order_by("id"):
        try:
            expire_file(file_id=file.id, by=System(), happened_at=now, recorded_at=now, key=derived(file.id, "expired"))
        except ProtectedError:
            continue  # an object still names it


@deed("archive.file-expired")
def expire_file(*, file_id: UUID, by: Actor, happened_at: datetime, recorded_at: datetime, key: UUID) -> Act:
    """Remove a file whose time is over. The journal keeps its hash, not its name, which may be a person's."""
    file = File.objects.select_for_update().get(pk=file_id)
    act = Act("file", file.id, file.scope, {"sha256": file.blob_id, "retention": file.retention})
    file.delete()
    return act


def _drop_unnamed_rows() -> None:
    with transaction.atomic():
        Blob.objects.filter(~Exists(File.objects.filter(blob_id=OuterRef("pk")))).delete()


def _drop_unnamed_content(before: float) -> int:
    gone = 0
    for path in sorted(files_root().glob("*/*")) + sorted(files_root().glob("*/*/*")):
        if path.is_file() and path.stat().st_mtime < before and not _is_named(path):
            path.unlink()
            gone += 1
    return gone


def _is_named(path: Path) -> bool:
    return Blob.objects.filter(pk=path.name).exists()
