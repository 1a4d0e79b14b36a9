"""The door: which kind of file is it, and who reads that kind. Content decides; the name only where content cannot."""

from pathlib import Path

from qingli.reading.documents.archive_guard import Package
from qingli.reading.documents.errors import ReadError
from qingli.reading.documents.model import Document, Note
from qingli.reading.documents.office import convert
from qingli.reading.documents.pdf import load_pdf
from qingli.reading.documents.plain import document_of, load_text
from qingli.reading.documents.word import load_word

LIMIT = 50 * 1024 * 1024
"""Largest file that is opened, in bytes."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED = (
    (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"BM", "picture"),
    (b"II*\x00", "picture"), (b"MM\x00*", "picture"), (b"RIFF", "picture"), (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"), (b"\x1f\x8b", "archive"), (b"BZh", "archive"), (b"\xfd7zXZ", "archive"),
    (b"\x7fELF", "program"), (b"MZ", "program"), (b"%!PS", "postscript"),
)  # fmt: skip
_HTML = (b"<!doctype html", b"<html")


def load(data: bytes | Path, name: str = "") -> Document:
    """Text and blocks of a file, given as bytes or as a path. `name` is the file's name as its owner calls it.

    Raises `ReadError` and nothing else for bad content; a file over `LIMIT` is refused by its size, unread.
    """
    if isinstance(data, Path):
        return load_file(data, name)
    if len(data) > LIMIT:
        raise ReadError("too-large", size=len(data), limit=LIMIT)
    if not data:
        raise ReadError("empty")
    try:
        return _dispatch(data, Path(name).suffix.lower().removeprefix("."))
    except (RecursionError, MemoryError) as error:
        raise ReadError("too-complex") from error


def load_file(path: Path, name: str = "") -> Document:
    """`load` for a file on disk. `ReadError` missing where it cannot be opened."""
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise ReadError("too-large", size=size, limit=LIMIT)
        if not path.is_file():
            raise ReadError("missing", name=path.name)
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        raise ReadError("missing", name=path.name) from error
    return load(data, name or path.name)


def load_pasted(text: str) -> Document:
    """A text from a form field. `ReadError`: empty, binary, too-large."""
    if len(text) > LIMIT // 3:
        raise ReadError("too-large", size=len(text) * 3, limit=LIMIT)
    return document_of(text)


def _dispatch(data: bytes, suffix: str) -> Document:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if b"%PDF-" in data[:1024]:
        return load_pdf(data)
    if data.startswith(_OLE):
        return _compound(data, suffix)
    if data.startswith(b"{\\rtf"):
        return _converted(data, "rtf")
    for magic, kind in _REFUSED:
        if data.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:64]):
            raise ReadError("unsupported", format=kind)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].lower().startswith(_HTML):
        raise ReadError("unsupported", format="html")
    return load_text(data)


def _zipped(data: bytes) -> Document:
    package = Package(data)
    names = package.names
    if "mimetype" in names:
        kind = package.read("mimetype", 200)
        if kind.startswith(b"application/vnd.oasis.opendocument.text"):
            package.check_xml()
            if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
                raise ReadError("encrypted")
            return _converted(data, "odt")
        raise ReadError("unsupported", format="opendocument")
    if "[Content_Types].xml" not in names:
        raise ReadError("unsupported", format="archive")
    for folder, kind_name in (("xl/", "spreadsheet"), ("ppt/", "slides")):
        if any(name.startswith(folder) for name in names):
            raise ReadError("unsupported", format=kind_name)
    return load_word(data)


def _compound(data: bytes, suffix: str) -> Document:
    """The container of .doc and .wps, and also of a .docx that is locked with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadError("encrypted")
    if "Workbook".encode("utf-16-le") in data or "PowerPoint Document".encode("utf-16-le") in data:
        raise ReadError("unsupported", format="spreadsheet" if suffix != "ppt" else "slides")
    return _converted(data, suffix if suffix in ("doc", "wps") else "doc")


def _converted(data: bytes, suffix: str) -> Document:
    note = Note("converted", (("from", suffix),))
    return load_word(convert(data, suffix), (note,))
