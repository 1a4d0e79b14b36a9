"""Where files lie and how to open them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from qingli.archive.models import Blob, File


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as the archive knows it; `size` in bytes."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    scope: str


def files_root() -> Path:
    """The folder of all files."""
    return Path(settings.FILES_ROOT)


def blob_path(sha256: str) -> Path:
    """Where content lies: two levels of folders keep each of them small."""
    return files_root() / sha256[:2] / sha256[2:4] / sha256


def stored_file(file_id: UUID) -> StoredFile | None:
    """What is known of a file; None where there is none."""
    file = File.objects.select_related("blob").filter(pk=file_id).first()
    if file is None:
        return None
    return StoredFile(file.id, file.name, file.media_type, file.blob.size, file.blob_id, file.scope)


def open_file(file_id: UUID) -> BinaryIO | None:
    """The content of a file, to read and close; None where there is none. FileNotFoundError: the disk lost it."""
    file = stored_file(file_id)
    return None if file is None else blob_path(file.sha256).open("rb")


def stored_contents() -> Iterator[tuple[str, Path]]:
    """The hash and the place of every content that a file names."""
    for sha256 in Blob.objects.order_by("pk").values_list("pk", flat=True).iterator():
        yield sha256, blob_path(sha256)
