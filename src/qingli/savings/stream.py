"""Rows of bills, ordered by meter, into results: what DuckDB and Spark both feed, so that both give the same bits.

A row is one bill: meter, station, cooling, after (whether it lies after the change), start, end, use. All rows of a
meter follow one another, those before the change first, each part by its start.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .batch import METERS, Engine, compute
from .settings import Settings
from .weather import Truths, Weather, Whole

ROWS = pa.schema(
    [
        ("meter", pa.string()),
        ("station", pa.string()),
        ("cooling", pa.bool_()),
        ("after", pa.bool_()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("use", pa.float64()),
    ]
)


class OrderError(ValueError):
    """Rows of a meter do not follow one another in order, or lie over one another."""


def results(
    batches: Iterable[pa.RecordBatch], weather: Weather, settings: Settings, engine: Engine | None = None
) -> Iterator[pa.RecordBatch]:
    """Results as the rows come in."""
    for lists in meter_batches(batches):
        yield compute(lists, weather, settings, engine)


def meter_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches with one row for each meter; a meter whose rows are spread over two batches is waited for."""
    waiting: pa.Table | None = None
    last = ""
    for batch in batches:
        here = pa.Table.from_batches([_cast(batch)])
        table = pa.concat_tables([waiting, here]) if waiting is not None else here
        if table.num_rows == 0:
            continue
        merged = table.combine_chunks().to_batches()[0]
        edges = _edges(merged.column("meter"), last)
        if len(edges) < 2:
            waiting = pa.Table.from_batches([merged])
            continue
        whole = merged.slice(0, int(edges[-1]))
        last = whole.column("meter")[-1].as_py()
        waiting = pa.Table.from_batches([merged.slice(int(edges[-1]))])
        yield meters_of(whole, edges[:-1])
    if waiting is not None and waiting.num_rows:
        rest = waiting.combine_chunks().to_batches()[0]
        yield meters_of(rest, _edges(rest.column("meter"), last))


def _cast(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The columns of `ROWS` and no others; dates become days since 1970."""
    columns = []
    for field in ROWS:
        column = batch.column(field.name)
        columns.append(column.cast(pa.int32()) if pa.types.is_date(column.type) else column.cast(field.type))
    return pa.RecordBatch.from_arrays(columns, schema=ROWS)


def _edges(names: pa.Array, last: str) -> Whole:
    """Where a meter begins. Names must rise, so that none comes back."""
    if names.null_count:
        raise OrderError("a row without a meter")
    if len(names) > 1:
        one, other = names.slice(0, len(names) - 1), names.slice(1)
        if pc.any(pc.less(other, one)).as_py():
            raise OrderError("meters are not in order")
        changes = pc.not_equal(one, other).to_numpy(zero_copy_only=False)
    else:
        changes = np.zeros(0, dtype=np.bool_)
    if last and names[0].as_py() <= last:
        raise OrderError("meters are not in order")
    return np.concatenate([[0], np.flatnonzero(changes) + 1])


def meters_of(rows: pa.RecordBatch, first: Whole) -> pa.RecordBatch:
    """One row for each meter with lists, without copying what is long."""
    count = rows.num_rows
    after = rows.column("after").to_numpy(zero_copy_only=False).astype(np.bool_)
    start, end = (rows.column(name).to_numpy(zero_copy_only=False).astype(np.int64) for name in ("start", "end"))
    meter = np.zeros(count, dtype=np.int64)
    meter[first[1:]] = 1
    meter = np.cumsum(meter)
    _check(meter, after, start, end)
    take = pa.array(first)
    columns: list[pa.Array] = [rows.column(name).take(take) for name in ("meter", "station", "cooling")]
    for part in (~after, after):
        offsets = np.concatenate([[0], np.cumsum(np.bincount(meter[part], minlength=len(first)))]).astype(np.int32)
        for name in ("start", "end", "use"):
            values = rows.column(name).filter(pa.array(part))
            columns.append(pa.ListArray.from_arrays(pa.array(offsets), values))
    return pa.RecordBatch.from_arrays(columns, schema=METERS)


def _check(meter: Whole, after: Truths, start: Whole, end: Whole) -> None:
    same = meter[1:] == meter[:-1]
    if np.any(same & after[:-1] & ~after[1:]):
        raise OrderError("a bill before the change follows one after it")
    if np.any(same & (after[1:] == after[:-1]) & (start[1:] < end[:-1])) or np.any(end <= start):
        raise OrderError("bills of a meter are not in order, or lie over one another")
