"""Rows of a table, each taken or refused with a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice

from .cells import CellError, day_of_cell, factor_of_unit, flag_of, kind_of_cell, month_of_cell, number_of, text_of
from .columns import Head, head_of
from .tables import Cell, FileError, Table

_LONGEST = 800  # days of a bill


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken, and why."""

    sheet: str
    row: int
    code: str
    column: str = ""
    text: str = ""
    other: int = 0  # the row that it clashes with


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that was understood: a use over days, or a reading on one day."""

    row: int
    start: int | None
    end: int
    value: float | None
    reading: bool
    estimated: bool
    exchanged: bool
    timed: bool


@dataclass
class Gathered:
    """Rows by meter as they are read."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    stations: dict[str, str] = field(default_factory=dict)
    people: dict[str, float] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    rows: int = 0
    sheet: str = ""
    encoding: str = ""
    empty: int = 0


@dataclass(frozen=True)
class Options:
    """What the user said about the file."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    unit: str = ""
    zone: str = "Asia/Taipei"
    order: str = ""  # dmy or mdy, where the file writes 03/04/2025
    sheet: str | None = None
    encoding: str | None = None


def gather(found: Iterator[Table], options: Options) -> Gathered:
    """All rows of the first sheet that has a head with a quantity and a time."""
    seen: list[str] = []
    for table in found:
        first = list(islice(table.rows, 30))
        head = head_of(first, options.mapping)
        if head is None:
            seen.append("; ".join(text_of(cell) for _, row in first[:1] for cell in row)[:200])
            continue
        reader = _Reader(head, options)
        gathered = Gathered(sheet=table.sheet, encoding=table.encoding)
        for number, row in chain(first[head.position + 1 :], table.rows):
            reader.take(number, row, gathered)
        return gathered
    raise FileError("no-head", first=" | ".join(seen)[:300])


class _Reader:
    """Reads rows with a known head."""

    def __init__(self, head: Head, options: Options) -> None:
        self.columns = head.columns
        self.options = options
        self.unit = options.unit or head.unit
        self.kind = options.kind or head.kind

    def take(self, number: int, row: list[Cell], gathered: Gathered) -> None:
        """One row into `gathered`: its entry, or why not."""
        if all(cell is None or cell == "" for cell in row):
            gathered.empty += 1
            return
        gathered.rows += 1
        self.role = ""
        try:
            meter, entry = self._entry(number, row, gathered)
        except CellError as error:
            text = text_of(self._cell(row, self.role))[:80]
            gathered.refused.append(Refused(gathered.sheet, number, error.code, self.role, text))
            return
        gathered.entries.setdefault(meter, []).append(entry)

    def _entry(self, number: int, row: list[Cell], gathered: Gathered) -> tuple[str, Entry]:
        meter = text_of(self._cell(row, "meter")) or "1"
        kind, factor = self._kind(row)
        if (known := gathered.kinds.get(meter)) and known != kind:
            raise CellError("kind-changes")
        reading = "reading" in self.columns
        value = number_of(self._cell(row, "reading" if reading else "use"))
        if value is not None and value < 0 and (reading or kind != "electricity"):
            raise CellError("negative")
        start, end, timed = self._days(row)
        if start is not None and end - start > _LONGEST:
            raise CellError("longer-than-two-years")
        estimated = "estimated" in self.columns and flag_of(self._cell(row, "estimated"))
        exchanged = "exchanged" in self.columns and flag_of(self._cell(row, "exchanged"))
        self._extras(row, meter, gathered)
        gathered.kinds[meter] = kind
        scaled = None if value is None else value * factor
        return meter, Entry(number, start, end, scaled, reading, estimated, exchanged, timed)

    def _cell(self, row: list[Cell], role: str) -> Cell:
        self.role = role
        index = self.columns.get(role)
        return row[index] if index is not None and index < len(row) else None

    def _kind(self, row: list[Cell]) -> tuple[str, float]:
        kind = kind_of_cell(self._cell(row, "kind")) or self.kind
        unit = text_of(self._cell(row, "unit")) or self.unit
        if not unit:
            raise CellError("unit-missing")
        return factor_of_unit(unit, kind)

    def _days(self, row: list[Cell]) -> tuple[int | None, int, bool]:
        zone, order = self.options.zone, self.options.order
        if "month" in self.columns and not self.columns.keys() & {"start", "end", "date"}:
            start, end = month_of_cell(self._cell(row, "month"))
            return start, end, False
        if "start" in self.columns and "end" in self.columns:
            start, _ = day_of_cell(self._cell(row, "start"), zone, order)
            end, _ = day_of_cell(self._cell(row, "end"), zone, order)
            if end < start:
                raise CellError("end-before-start")
            return start, end, False
        name = next(name for name in ("date", "end", "start") if name in self.columns)
        day, timed = day_of_cell(self._cell(row, name), zone, order)
        return None, day, timed

    def _extras(self, row: list[Cell], meter: str, gathered: Gathered) -> None:
        if station := text_of(self._cell(row, "station")):
            gathered.stations.setdefault(meter, station)
        people = number_of(self._cell(row, "people")) if "people" in self.columns else None
        if people is not None:
            if people <= 0:
                raise CellError("out-of-range")
            gathered.people.setdefault(meter, people)
