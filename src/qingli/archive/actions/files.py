"""Taking files in: content first, on disk and flushed; then the row, in the transaction of the deed that keeps it."""

import hashlib
import io
import os
import warnings
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from PIL import Image, ImageOps

from qingli.archive.models import Blob, File
from qingli.archive.queries.files import blob_path, files_root
from qingli.archive.rules import PHOTOS, FileRefusedError, Retention, file_type
from qingli.lib.ids import new_id

LIMIT = 20 * 1024 * 1024
PHOTO_EDGE = 2560  # pixels: enough to read a notice on a wall
PHOTO_PIXELS = 60_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """Content that lies safely on disk and waits for a row; what no row names is swept away after a while."""

    sha256: str
    size: int
    name: str
    media_type: str


def take_file(*, content: bytes, name: str, accept: Collection[str], limit: int = LIMIT) -> Taken:
    """Check, for photos re-encode, and put on disk. Call it before the transaction: it is slow and needs no row.

    `accept` names the media types taken. Photos lose everything but their picture (place, device, time) and are made
    no larger than needed. Errors (`FileRefusedError`): `empty`, `too-large`, `wrong-type`, `unreadable`.
    """
    if not content:
        raise FileRefusedError("empty")
    if len(content) > limit:
        raise FileRefusedError("too-large")
    media_type = file_type(content)
    if media_type is None or media_type not in accept:
        raise FileRefusedError("wrong-type")
    if media_type in PHOTOS:
        content, media_type = _clean_photo(content), "image/jpeg"
    sha256 = hashlib.sha256(content).hexdigest()
    _put(sha256, content)
    return Taken(sha256, len(content), _clean_name(name), media_type)


def keep_file(taken: Taken, *, retention: Retention, scope: str, recorded_at: datetime) -> UUID:
    """Make the row of a file that was taken, inside the transaction of the deed that names it."""
    # Locked, so that a sweep that is dropping the row just now has either done so or waits for the file that names it.
    Blob.objects.select_for_update().get_or_create(
        sha256=taken.sha256, defaults={"size": taken.size, "stored_at": recorded_at}
    )
    file = File.objects.create(
        blob_id=taken.sha256,
        name=taken.name,
        media_type=taken.media_type,
        retention=retention,
        scope=scope,
        stored_at=recorded_at,
    )
    return file.id


def store_file(
    *,
    content: bytes,
    name: str,
    accept: Collection[str],
    retention: Retention,
    scope: str,
    recorded_at: datetime,
    limit: int = LIMIT,
) -> UUID:
    """Take a file and keep it at once; the id of the file."""
    taken = take_file(content=content, name=name, accept=accept, limit=limit)
    return keep_file(taken, retention=retention, scope=scope, recorded_at=recorded_at)


def _clean_photo(content: bytes) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as opened:
                if opened.width * opened.height > PHOTO_PIXELS:
                    raise FileRefusedError("too-large")
                opened.draft("RGB", (PHOTO_EDGE, PHOTO_EDGE))
                picture: Any = _on_white(ImageOps.exif_transpose(opened))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefusedError("unreadable") from error
    picture.thumbnail((PHOTO_EDGE, PHOTO_EDGE))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85, optimize=True)
    return buffer.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """A fresh picture with nothing but pixels; what was transparent is white."""
    layered = picture.convert("RGBA") if picture.mode in ("RGBA", "LA", "P") else picture.convert("RGB")
    plain = Image.new("RGB", layered.size, "white")
    plain.paste(layered, mask=layered if layered.mode == "RGBA" else None)
    return plain


def _clean_name(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in base if c.isprintable()).strip()[-200:] or "file"


def _put(sha256: str, content: bytes) -> None:
    """Write to a draft, flush it, move it into place, flush the directory: a row never names what a power cut ate."""
    path = blob_path(sha256)
    with suppress(FileNotFoundError):
        os.utime(path)  # it is there already; now a sweep leaves it alone until its row is committed
        return
    incoming = files_root() / "incoming"
    for folder in (incoming, path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = incoming / str(new_id())
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    for folder in (path.parent, path.parent.parent, files_root()):
        _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no handle to flush for a directory
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
