"""Files: content by its hash, flushed, cleaned, kept and swept."""

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from qingli.archive import queries
from qingli.archive.actions import keep_file, store_file, sweep_files, take_file
from qingli.archive.actions.sweeping import _drop
from qingli.archive.models import Blob, Entry, File
from qingli.archive.queries.files import blob_path
from qingli.archive.rules import PAPERS, PHOTOS, FileRefusedError, Retention
from tests.archive.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
LATER = datetime.now(UTC) + timedelta(days=2)


def photo(size: tuple[int, int] = (64, 48), kind: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "green").save(buffer, kind, **options)
    return buffer.getvalue()


def store(content: bytes, name: str = "a.jpg", retention: Retention = Retention.PERMANENT) -> queries.StoredFile:
    file_id = store_file(
        content=content, name=name, accept=PHOTOS | PAPERS, retention=retention, scope="/1/", recorded_at=NOON
    )
    file = queries.stored_file(file_id)
    assert file is not None
    return file


def test_a_text_comes_back_as_it_was() -> None:
    file = store("計劃".encode(), "../../etc/計劃.txt")
    assert (file.name, file.media_type, file.size) == ("計劃.txt", "text/plain", 6)
    content = queries.open_file(file.id)
    assert content is not None
    with content:
        assert content.read().decode() == "計劃"
    assert blob_path(file.sha256).stat().st_mode & 0o777 == 0o600


def test_a_photo_loses_everything_but_its_picture() -> None:
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    content = photo((3000, 20), exif=exif)
    assert b"CameraMaker" in content
    file = store(content)
    with Image.open(blob_path(file.sha256)) as kept:
        assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (2560, 17), {})
    assert b"CameraMaker" not in blob_path(file.sha256).read_bytes()


def test_a_turned_photo_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(blob_path(store(photo((60, 20), exif=exif)).sha256)) as kept:
        assert kept.size == (20, 60)


def test_a_transparent_png_becomes_white_not_black() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(buffer, "PNG")
    with Image.open(blob_path(store(buffer.getvalue(), "a.png").sha256)) as kept:
        assert kept.getpixel((4, 4)) == (255, 255, 255)


def test_the_same_content_lies_on_disk_once(files: Path) -> None:
    one, two = store(b"same"), store(b"same")
    assert one.id != two.id
    assert Blob.objects.count() == 1
    assert [path.name for path in files.rglob("*") if path.is_file()] == [one.sha256]


@pytest.mark.parametrize(
    ("content", "accept", "code"),
    [
        (b"", PAPERS, "empty"),
        (b"x" * 101, PAPERS, "too-large"),
        (b"MZ\x00\x00 a program", PAPERS, "wrong-type"),
        (b"text", PHOTOS, "wrong-type"),
        (b"PK\x03\x04 just a zip", PAPERS, "wrong-type"),
        (b"\xff\xd8\xff broken", PHOTOS, "unreadable"),
        (b"\x89PNG\r\n\x1a\n broken", PHOTOS, "unreadable"),
    ],
)
def test_bad_files_are_refused_with_a_code(content: bytes, accept: frozenset[str], code: str, files: Path) -> None:
    with pytest.raises(FileRefusedError) as refused:
        take_file(content=content, name="a", accept=accept, limit=100)
    assert refused.value.code == code
    assert not files.exists()


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(FileRefusedError) as refused:
        take_file(content=photo((9000, 9000), "PNG"), name="bomb.png", accept=PHOTOS)
    assert refused.value.code == "too-large"


def test_a_sweep_spares_what_has_a_row_and_what_is_fresh(files: Path) -> None:
    kept = store(b"kept")
    taken = take_file(content=b"on its way", name="b", accept=PAPERS)
    assert sweep_files(recorded_at=NOON, machine_now=datetime.now(UTC)) == 0
    assert blob_path(taken.sha256).is_file()
    assert sweep_files(recorded_at=NOON, machine_now=LATER) == 1
    assert not blob_path(taken.sha256).exists()
    assert blob_path(kept.sha256).is_file()


def test_taking_old_content_again_protects_it_from_the_sweep() -> None:
    taken = take_file(content=b"again", name="b", accept=PAPERS)
    os.utime(blob_path(taken.sha256), (0, 0))
    taken = take_file(content=b"again", name="b", accept=PAPERS)
    assert sweep_files(recorded_at=NOON, machine_now=datetime.now(UTC)) == 0
    keep_file(taken, retention=Retention.DRAFT, scope="/", recorded_at=NOON)


def test_content_taken_again_while_the_sweep_is_at_it_stays(files: Path) -> None:
    """The sweep has looked at its age, and not yet removed it, when the same content comes in once more."""
    taken = take_file(content=b"again", name="b", accept=PAPERS)
    path = blob_path(taken.sha256)
    os.utime(path, (0, 0))
    came: list[object] = []

    class Uploading(type(path)):  # type: ignore[misc]  # the class of a path depends on the system
        def replace(self, target: Path) -> Path:
            if not came:
                came.append(take_file(content=b"again", name="b", accept=PAPERS))
            return Path(super().replace(target))

    assert not _drop(Uploading(path), LATER.timestamp() - 10 * 86400)
    assert came
    assert path.read_bytes() == b"again"
    assert [found.name for found in files.rglob("*") if found.is_file()] == [taken.sha256]


def test_an_interrupted_upload_leaves_a_draft_that_is_swept(files: Path) -> None:
    store(b"kept")
    draft = files / "incoming" / "half"
    draft.write_bytes(b"ha")
    assert sweep_files(recorded_at=NOON, machine_now=LATER) == 1
    assert not draft.exists()


def test_expired_files_go_and_the_journal_tells_it_without_their_name() -> None:
    old = store(b"old", "Mrs Example.txt", Retention.DRAFT)
    store(b"forever", retention=Retention.PERMANENT)
    assert sweep_files(recorded_at=NOON + timedelta(days=29), machine_now=LATER) == 0
    assert sweep_files(recorded_at=NOON + timedelta(days=31), machine_now=LATER) == 0
    assert blob_path(old.sha256).is_file()  # a backup may be on its way to it
    assert sweep_files(recorded_at=NOON + timedelta(days=33), machine_now=LATER + timedelta(days=2)) == 1
    assert not blob_path(old.sha256).exists()
    assert File.objects.count() == 1
    told = queries.history("file", old.id)
    assert [entry.kind for entry in told] == ["archive.file-expired"]
    assert "Mrs" not in str(told[0].body)
    assert Entry.objects.count() == 1


def test_no_file_no_content() -> None:
    missing = store(b"x").id
    File.objects.all().delete()
    assert queries.stored_file(missing) is None
    assert queries.open_file(missing) is None
