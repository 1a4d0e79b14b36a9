"""Many meters through DuckDB: the same numbers in any order, and no name taken for another."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks import savings_make

from qingli.savings.batch import compute
from qingli.savings.bulk import ColumnsError, compute_files, in_order, write_results
from qingli.savings.settings import settings
from qingli.savings.stream import ROWS, OrderError, meters_of, results


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("meters")
    savings_make.write(made / "ordered.parquet", 700)
    table = pq.read_table(made / "ordered.parquet")
    order = pa.array([index * 7919 % table.num_rows for index in range(table.num_rows)])
    pq.write_table(table.take(order), made / "mixed.parquet")
    return made


def test_rows_in_any_order_give_the_same_bits(folder: Path) -> None:
    place = savings_make.weather()
    assert in_order(folder / "ordered.parquet")
    assert not in_order(folder / "mixed.parquet")
    one, other = (
        pa.Table.from_batches(list(compute_files(folder / f"{name}.parquet", place, settings())))
        for name in ("ordered", "mixed")
    )
    assert one.num_rows == 700
    assert one.equals(other)
    assert set(one["status"].to_pylist()) == {"ok"}


def test_the_size_of_batches_changes_nothing(folder: Path) -> None:
    place, table = savings_make.weather(), pq.read_table(folder / "ordered.parquet")
    whole = pa.Table.from_batches(list(results(table.to_batches(), place, settings())))
    small = pa.Table.from_batches(list(results(table.to_batches(max_chunksize=1000), place, settings())))
    tiny = pa.Table.from_batches(list(results(table.slice(0, 240).to_batches(max_chunksize=7), place, settings())))
    assert whole.equals(small)
    assert whole.slice(0, 10).equals(tiny)


def test_names_that_differ_only_in_capitals_are_refused(folder: Path, tmp_path: Path) -> None:
    """DuckDB takes `USE` for `use` and answers with wrong numbers, so such a file never gets there."""
    table = pq.read_table(folder / "ordered.parquet")
    pq.write_table(table.append_column("USE", pa.array([0.0] * table.num_rows)), tmp_path / "trap.parquet")
    with pytest.raises(ColumnsError, match="capital"):
        list(compute_files(tmp_path / "trap.parquet", savings_make.weather(), settings()))
    pq.write_table(table.drop_columns(["use"]), tmp_path / "less.parquet")
    with pytest.raises(ColumnsError, match="use"):
        list(compute_files(tmp_path / "less.parquet", savings_make.weather(), settings()))


def test_bills_that_lie_over_one_another_stop_the_computation(folder: Path, tmp_path: Path) -> None:
    rows = pq.read_table(folder / "ordered.parquet").slice(0, 24).to_pylist()
    rows[3]["end"] += 1
    pq.write_table(pa.Table.from_pylist(rows, ROWS), tmp_path / "over.parquet")
    with pytest.raises(OrderError):
        list(compute_files(tmp_path / "over.parquet", savings_make.weather(), settings()))


def test_lists_and_rows_are_one_computation(folder: Path, tmp_path: Path) -> None:
    place = savings_make.weather()
    table = pq.read_table(folder / "ordered.parquet").slice(0, 48)
    batch = table.combine_chunks().to_batches()[0]
    direct = compute(meters_of(batch, pa.array([0, 24]).to_numpy()), place, settings())
    count = write_results(results([batch], place, settings()), tmp_path / "out.parquet")
    assert count == 2
    assert pq.read_table(tmp_path / "out.parquet").to_pylist() == direct.to_pylist()
