"""From the rows of a meter to its bills: in order, none over another, and a reason for what is set aside."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..bills import Bill
from ..model import Note
from ..weather import day_of
from .rows import Entry, Refused

_NEW_METER_SHARE = 0.1  # a register that rolled over stood above nine tenths and stands below one tenth of its size
_DIGITS = (4, 5, 6, 7, 8)


@dataclass
class Assembled:
    """Bills of one meter with what was set aside."""

    bills: list[Bill] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def refuse(self, sheet: str, entry: Entry, code: str, other: int = 0) -> None:
        """Set a row aside."""
        self.refused.append(Refused(sheet, entry.row, code, other=other))


def assemble(entries: Sequence[Entry], sheet: str) -> Assembled:
    """Bills from whichever form the rows have."""
    made = Assembled()
    if entries[0].reading:
        _from_readings(sorted(entries, key=lambda entry: (entry.end, entry.row)), sheet, made)
    elif entries[0].start is not None:
        _from_spans(sorted(entries, key=lambda entry: (entry.start or 0, entry.end, entry.row)), sheet, made)
    else:
        _from_days(sorted(entries, key=lambda entry: (entry.end, entry.row)), sheet, made)
    return made


def _bill(start: int, end: int, entry: Entry, value: float | None, sheet: str) -> Bill:
    return Bill(start, end, value, entry.estimated, f"{sheet}!{entry.row}" if sheet else str(entry.row))


def _from_spans(entries: list[Entry], sheet: str, made: Assembled) -> None:
    if _inclusive(entries):
        entries = [_a_day_longer(entry) for entry in entries]
        made.notes.append(Note("ends-inclusive"))
    kept: list[Entry] = []
    clashing: set[int] = set()
    for entry in entries:
        if entry.end <= (entry.start or 0):
            made.refuse(sheet, entry, "no-days")
            continue
        last = kept[-1] if kept else None
        if last and (last.start, last.end, last.value) == (entry.start, entry.end, entry.value):
            made.refuse(sheet, entry, "duplicate", last.row)
        elif last and (entry.start or 0) < last.end:
            code = "conflict" if (last.start, last.end) == (entry.start, entry.end) else "overlap"
            made.refuse(sheet, entry, code, last.row)
            clashing.add(last.row)
            if entry.end > last.end:
                kept.append(entry)
                clashing.add(entry.row)
        else:
            kept.append(entry)
    _without_clashes(kept, clashing, sheet, made)


def _a_day_longer(entry: Entry) -> Entry:
    """`replace` takes four times as long, which counts in millions."""
    rest = (entry.value, entry.reading, entry.estimated, entry.exchanged, entry.timed)
    return Entry(entry.row, entry.start, entry.end + 1, *rest)


def _without_clashes(kept: Sequence[Entry], clashing: set[int], sheet: str, made: Assembled) -> None:
    """Neither of two bills for the same days is believed: their days are missing."""
    end = None
    for entry in kept:
        start = entry.start or 0
        if entry.row in clashing:
            if not any(each.row == entry.row for each in made.refused):
                made.refuse(sheet, entry, "clashes")
            continue
        if end is not None and start > end:
            made.bills.append(Bill(end, start, None, source=""))
        made.bills.append(_bill(start, entry.end, entry, entry.value, sheet))
        end = entry.end


def _inclusive(entries: Sequence[Entry]) -> bool:
    """Whether the last day of a bill is still part of it: told by where the next begins, else by whole months."""
    steps = Counter((after.start or 0) - before.end for before, after in pairwise(entries))
    if steps[1] != steps[0]:
        return steps[1] > steps[0]
    whole = Counter(day_of(entry.start or 0).day == day_of(entry.end).day for entry in entries)
    return whole[False] >= whole[True]


def _from_readings(entries: list[Entry], sheet: str, made: Assembled) -> None:
    """Differences of a register. A fall is a roll-over where it can be one, a new meter where the file says so."""
    last: Entry | None = None
    for entry in entries:
        if entry.value is None:
            made.refuse(sheet, entry, "no-reading")
            continue
        if last is None:
            last = entry
            continue
        if entry.end == last.end:
            if entry.value == last.value:
                made.refuse(sheet, entry, "duplicate", last.row)
                continue
            if not entry.exchanged:
                made.refuse(sheet, entry, "conflict", last.row)
                continue
        elif (used := _difference(last, entry, made)) is None:
            made.refuse(sheet, entry, "exchanged-without-last-reading" if entry.exchanged else "reading-fell", last.row)
            made.bills.append(Bill(last.end, entry.end, None))
            last = entry if entry.exchanged else last
            if not entry.exchanged:
                made.bills.pop()
            continue
        else:
            made.bills.append(_bill(last.end, entry.end, entry, used, sheet))
        last = entry
    if len(entries) == 1:
        made.refuse(sheet, entries[0], "only-one-reading")


def _difference(last: Entry, entry: Entry, made: Assembled) -> float | None:
    assert last.value is not None
    assert entry.value is not None
    if entry.exchanged:
        return None
    if entry.value >= last.value:
        return entry.value - last.value
    for digits in _DIGITS:
        size = 10.0**digits
        if last.value < size:
            if last.value >= size * (1 - _NEW_METER_SHARE) and entry.value <= size * _NEW_METER_SHARE:
                made.notes.append(Note("rolled-over", {"row": entry.row, "digits": digits}))
                return entry.value + size - last.value
            return None
    return None


def _from_days(entries: list[Entry], sheet: str, made: Assembled) -> None:
    """A use with one date: of that day where rows are daily or more often, else of the time since the row before."""
    days = sorted({entry.end for entry in entries})
    gaps = sorted(after - before for before, after in pairwise(days))
    if gaps and gaps[len(gaps) // 2] == 1:
        _daily(entries, sheet, made)
        return
    last: Entry | None = None
    for entry in entries:
        if last is None:
            made.refuse(sheet, entry, "no-start")
        elif entry.end == last.end:
            same = entry.value == last.value
            made.refuse(sheet, entry, "duplicate" if same else "conflict", last.row)
            if not same and made.bills and made.bills[-1].end == entry.end:
                made.bills[-1] = replace(made.bills[-1], use=None)
            continue
        else:
            made.bills.append(_bill(last.end, entry.end, entry, entry.value, sheet))
        last = entry


def _daily(entries: list[Entry], sheet: str, made: Assembled) -> None:
    by_day: dict[int, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.end, []).append(entry)
    usual = Counter(len(found) for found in by_day.values()).most_common(1)[0][0]
    hourly = usual > 1 and any(entry.timed for entry in entries)
    last: int | None = None
    partial = 0
    for day, found in sorted(by_day.items()):
        if last is not None and day > last:
            made.bills.extend(Bill(missing, missing + 1, None) for missing in range(last, day))
        use, whole = _of_day(found, usual, hourly, sheet, made)
        partial += not whole
        estimated = any(entry.estimated for entry in found)
        made.bills.append(_bill(day, day + 1, replace(found[0], estimated=estimated), use, sheet))
        last = day + 1
    if hourly:
        made.notes.append(Note("summed-by-day", {"usual": usual, "partial": partial}))


def _of_day(found: list[Entry], usual: int, hourly: bool, sheet: str, made: Assembled) -> tuple[float | None, bool]:
    """The use of a day: the sum of its readings where next to all are there. An hour more or less is a clock change."""
    if not hourly:
        for entry in found[1:]:
            same = entry.value == found[0].value
            made.refuse(sheet, entry, "duplicate" if same else "conflict", found[0].row)
        return (found[0].value if all(each.value == found[0].value for each in found) else None), True
    hour = max(1, usual // 24)
    values = [entry.value for entry in found if entry.value is not None]
    if not usual - hour <= len(values) <= usual + hour:
        return None, False
    return sum(values), True
