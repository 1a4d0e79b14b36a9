"""Files from anywhere as rows of cells: CSV in the encodings people have, and Excel."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

Cell = str | int | float | bool | date | datetime | None
_LARGEST = 2 * 1024**3  # bytes of a file
_UNPACKED = 2 * 1024**3  # bytes of an Excel file once unpacked
_PROBE = 400_000  # bytes looked at to tell an encoding
_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# Characters that heads and cells of meter files are written with; the wrong decoding has next to none of them.
_COMMON = (
    "的一年月日用水電电氣气度量表號号讀读數数起止始終终抄戶户名單单位費费期間间本上次總总地址備备註注實际"
    "際估計计立方米公升千瓦時时编編期末初值累計用户溫温氣均平"
)


class FileError(Exception):
    """The file as a whole cannot be read; `code` says why."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class Table:
    """A sheet: its rows with their numbers as a spreadsheet shows them, from 1."""

    sheet: str
    encoding: str
    rows: Iterator[tuple[int, list[Cell]]]


def tables(data: bytes, *, encoding: str | None = None, sheet: str | None = None) -> Iterator[Table]:
    """The sheets of an Excel file, or the one table of a text file."""
    if len(data) > _LARGEST:
        raise FileError("too-large", size=len(data), limit=_LARGEST)
    if not data.strip(b"\x00 \r\n\t"):
        raise FileError("empty")
    if data.startswith(_EXCEL):
        return _excel(data, sheet)
    return iter([_text(data, encoding)])


def load(source: Path | bytes) -> bytes:
    """The bytes of a file."""
    if isinstance(source, bytes):
        return source
    if source.stat().st_size > _LARGEST:
        raise FileError("too-large", size=source.stat().st_size, limit=_LARGEST)
    return source.read_bytes()


def _excel(data: bytes, sheet: str | None) -> Iterator[Table]:
    try:
        if (
            data.startswith(b"PK")
            and sum(each.file_size for each in zipfile.ZipFile(io.BytesIO(data)).infolist()) > _UNPACKED
        ):
            raise FileError("too-large", size=len(data), limit=_UNPACKED)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [name for name in book.sheet_names if sheet is None or name == sheet]
        if not names:
            raise FileError("no-such-sheet", sheet=sheet)
        for name in names:
            yield Table(name, "", _numbered(book.get_sheet_by_name(name).to_python(skip_empty_area=False)))
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileError("not-readable", why=str(error)[:200]) from error


def _numbered(rows: Sequence[Sequence[object]]) -> Iterator[tuple[int, list[Cell]]]:
    for number, row in enumerate(rows, 1):
        yield number, [cell if isinstance(cell, str | int | float | bool | date) else None for cell in row]


def _text(data: bytes, encoding: str | None) -> Table:
    found = encoding or encoding_of(data)
    try:
        text = io.TextIOWrapper(io.BytesIO(data), encoding=found, newline="")
        head = text.read(20_000)
        text.seek(0)
    except (UnicodeDecodeError, LookupError) as error:
        raise FileError("wrong-encoding", encoding=found) from error
    return Table("", found, _lines(text, _separator(head), found))


def _lines(text: io.TextIOWrapper, separator: str, encoding: str) -> Iterator[tuple[int, list[Cell]]]:
    reader = csv.reader((line.replace("\0", "") for line in text), delimiter=separator)
    try:
        for row in reader:
            yield reader.line_num, list(row)
    except UnicodeDecodeError as error:
        raise FileError("wrong-encoding", encoding=encoding, row=reader.line_num) from error
    except csv.Error as error:
        raise FileError("not-readable", why=str(error), row=reader.line_num) from error


def _separator(head: str) -> str:
    lines = head.splitlines()[:20]
    return max(",\t;|", key=lambda mark: (sum(line.count(mark) for line in lines), -",\t;|".index(mark)))


def encoding_of(data: bytes) -> str:
    """UTF-8 where it is; else GB18030 or Big5, whichever reads as Chinese. Refused where neither does."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    scores = {name: _reads_well(data, name) for name in ("gb18030", "big5hkscs")}
    best = max(scores, key=lambda name: scores[name])
    other = min(scores.values())
    if scores[best] < 0.1 or scores[best] < 1.5 * other:
        raise FileError("unknown-encoding")
    return best


def _reads_well(data: bytes, name: str) -> float:
    try:
        text = data.decode(name)[:_PROBE]
    except UnicodeDecodeError:
        return 0.0
    foreign = [character for character in text if ord(character) > 127]
    return sum(character in _COMMON for character in foreign) / max(1, len(foreign))
