"""Millions of meters on one machine: Parquet or CSV through DuckDB, in bounded memory."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .batch import RESULTS, Engine, compute
from .settings import Settings
from .stream import ROWS, meter_batches
from .weather import Weather

_ROWS_AT_ONCE = 262_144
_AT_ONCE = 2  # batches computed side by side; NumPy and Numba let go of the interpreter


class ColumnsError(ValueError):
    """A column is missing, or two differ only in capital letters, which DuckDB takes for one and the same."""


def engine() -> Engine | None:
    """The compiled engine where Numba is installed; none means NumPy."""
    try:
        from .fast import by_numba  # noqa: PLC0415 - an extra that may not be installed
    except ImportError:
        return None
    return by_numba


def compute_files(
    source: Path | str,
    weather: Weather,
    settings: Settings,
    *,
    with_engine: Engine | None = None,
    memory: str = "700MB",
) -> Iterator[pa.RecordBatch]:
    """Results of every meter in Parquet files with the columns of `stream.ROWS`.

    Files that are in order already are streamed as they are; others are sorted first, on disk if they must be.
    """
    check_columns(source)
    names = ", ".join(f'"{name}"' for name in ROWS.names)
    order = "" if in_order(source) else ' ORDER BY "meter", "after", "start"'
    with duckdb.connect(config={"memory_limit": memory, "threads": 2}) as connection:
        query = f"SELECT {names} FROM read_parquet($files){order}"  # noqa: S608 - names and order are ours
        found = connection.sql(query, params={"files": [str(path) for path in _files(source)]})
        waiting: deque[Future[pa.RecordBatch]] = deque()
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for lists in meter_batches(found.to_arrow_reader(_ROWS_AT_ONCE)):
                waiting.append(pool.submit(compute, lists, weather, settings, with_engine))
                if len(waiting) > _AT_ONCE:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()


def in_order(source: Path | str) -> bool:
    """Whether the rows of every meter follow one another as `stream` wants them; looks at three columns only."""
    last: tuple[str, bool, int] | None = None
    for path in _files(source):
        for batch in pq.ParquetFile(path).iter_batches(_ROWS_AT_ONCE, columns=["meter", "after", "start"]):
            if batch.num_rows == 0:
                continue
            columns = [batch.column(name) for name in ("meter", "after", "start")]
            if not _rises(columns):
                return False
            begin, end = ((columns[0][at].as_py(), columns[1][at].as_py(), columns[2][at].as_py()) for at in (0, -1))
            if last is not None and begin <= last:
                return False
            last = end
    return True


def _rises(columns: list[pa.Array]) -> bool:
    lower, same = None, None
    for column in columns:
        one, other = column.slice(0, len(column) - 1), column.slice(1)
        less, equal = pc.less(other, one), pc.equal(other, one)
        lower = less if lower is None else pc.or_(lower, pc.and_(same, less))
        same = equal if same is None else pc.and_(same, equal)
    return not pc.any(lower).as_py()


def _files(source: Path | str) -> list[Path]:
    return sorted(Path(source).glob("*.parquet")) if Path(source).is_dir() else [Path(source)]


def check_columns(source: Path | str) -> None:
    """Refuse names that DuckDB would confuse: `W` for `w` gives wrong numbers without an error."""
    for path in _files(source):
        names = pq.read_schema(path).names
        if len({name.casefold() for name in names}) < len(names):
            raise ColumnsError(f"{path.name}: columns differ only in capital letters: {', '.join(sorted(names))}")
        if missing := [name for name in ROWS.names if name not in names]:
            raise ColumnsError(f"{path.name}: there is no column {', '.join(missing)}")


def write_results(found: Iterator[pa.RecordBatch], path: Path | str) -> int:
    """The results as a Parquet file; how many meters."""
    count = 0
    with pq.ParquetWriter(path, RESULTS, compression="zstd") as writer:
        for batch in found:
            writer.write_batch(batch)
            count += batch.num_rows
    return count
