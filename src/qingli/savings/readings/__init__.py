"""Readings from files: what was taken, as meters, and what was not, row by row."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ..model import Meter
from .assemble import assemble
from .rows import Gathered, Options, Refused, gather
from .tables import FileError, load, tables
from .weatherfile import read_weather

__all__ = ["FileError", "Options", "Readings", "Refused", "read_readings", "read_weather"]


@dataclass(frozen=True)
class Readings:
    """Meters, and everything that was not taken."""

    meters: tuple[Meter, ...]
    refused: tuple[Refused, ...]
    rows: int
    digest: str
    encoding: str
    sheet: str

    @property
    def taken(self) -> int:
        """Rows that stand behind a number."""
        return self.rows - len(self.refused)

    def reasons(self) -> Mapping[str, int]:
        """How often each reason occurred."""
        return Counter(each.code for each in self.refused)

    def not_taken_csv(self) -> bytes:
        """The list for the one who has to put it right; opens in Excel."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["sheet", "row", "reason", "column", "cell", "other row"])
        for each in self.refused:
            writer.writerow([each.sheet, each.row, each.code, each.column, _harmless(each.text), each.other or ""])
        return text.getvalue().encode("utf-8-sig")


def read_readings(
    source: Path | str | bytes,
    *,
    mapping: Mapping[str, str] | None = None,
    kind: str = "",
    unit: str = "",
    zone: str = "Asia/Taipei",
    order: str = "",
    sheet: str | None = None,
    encoding: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> Readings:
    """Meters from a CSV or Excel file. Raises `FileError` where the file as a whole cannot be read."""
    data = load(Path(source) if isinstance(source, str) else source)
    options = Options(mapping or {}, kind, unit, zone, order, sheet, encoding)
    gathered = gather(tables(data, encoding=encoding, sheet=sheet), options)
    meters, refused = _meters(gathered, progress)
    return Readings(
        meters=tuple(meters),
        refused=tuple(sorted(refused, key=lambda each: each.row)),
        rows=gathered.rows,
        digest=sha256(data).hexdigest(),
        encoding=gathered.encoding,
        sheet=gathered.sheet,
    )


def _meters(gathered: Gathered, progress: Callable[[float], None] | None) -> tuple[list[Meter], list[Refused]]:
    found, refused = [], list(gathered.refused)
    count = len(gathered.entries)
    for index, name in enumerate(list(gathered.entries)):
        made = assemble(gathered.entries.pop(name), gathered.sheet)  # millions of rows: none is kept twice
        refused += made.refused
        if made.bills:
            kind, station = gathered.kinds[name], gathered.stations.get(name, "")
            people = gathered.people.get(name)
            found.append(Meter(name, kind, tuple(made.bills), station, people, notes=tuple(made.notes)))
        if progress and index % 256 == 0:
            progress((index + 1) / count)
    return found, refused


def _harmless(text: str) -> str:
    """No cell of ours is taken for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
