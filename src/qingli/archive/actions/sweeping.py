"""Removing what nobody keeps any more: expired files, content without a row, drafts of interrupted uploads."""

import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError

from qingli.archive.actions.deeds import deed
from qingli.archive.models import Blob, File
from qingli.archive.queries.files import blob_path, files_root
from qingli.archive.rules import KEPT_DAYS, Act, Actor, Retention, System
from qingli.lib.ids import derived

GRACE = timedelta(days=1)  # an upload may still be on its way to its row


def sweep_files(*, recorded_at: datetime, machine_now: datetime) -> int:
    """Remove files whose time is over and that no object names, then content that no file names; how many contents.

    `recorded_at` decides what has expired; `machine_now` is the clock that the disk's own times go by.
    """
    for retention, days in KEPT_DAYS.items():
        _expire(retention, recorded_at - timedelta(days=days), recorded_at)
    _drop_unnamed_rows(machine_now.timestamp())
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


def _drop_unnamed_rows(now: float) -> None:
    """The content's grace begins here: a backup that is being written may have seen the row."""
    with transaction.atomic():
        unnamed = Blob.objects.filter(~Exists(File.objects.filter(blob_id=OuterRef("pk"))))
        for sha256 in unnamed.values_list("pk", flat=True):
            with suppress(FileNotFoundError):
                os.utime(blob_path(sha256), (now, now))
        unnamed.delete()


def _drop_unnamed_content(before: float) -> int:
    places = sorted(files_root().glob("*/*")) + sorted(files_root().glob("*/*/*"))
    return sum(_drop(path, before) for path in places if path.is_file())


def _drop(path: Path, before: float) -> bool:
    """Take the content out of its place first, and look again: an upload may have found it there a moment ago."""
    if not _is_old(path, before) or _is_named(path):
        return False
    aside = path.with_name(f"{path.name}.swept")
    path.replace(aside)
    if not _is_old(aside, before) or _is_named(path):
        aside.replace(path)
        return False
    aside.unlink()
    return True


def _is_old(path: Path, before: float) -> bool:
    return path.stat().st_mtime < before


def _is_named(path: Path) -> bool:
    return Blob.objects.filter(pk=path.name).exists()
