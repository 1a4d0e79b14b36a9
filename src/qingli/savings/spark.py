"""The same computation on a Spark cluster (the extra `spark`), for meters whose readings lie there and may not leave.

One machine does a million meters in a minute, so a cluster is for where the data is, not for speed. The results are
those of `bulk`, bit for bit: both feed `stream.results`, and a meter's result does not depend on its neighbours.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from .batch import RESULTS
from .settings import Settings
from .stream import ROWS, results
from .weather import Weather

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_TYPES = {pa.string(): "string", pa.int32(): "int", pa.float64(): "double"}


def compute_frame(
    rows: "DataFrame", weather: Weather, settings: Settings, *, partitions: int = 8, compiled: bool = False
) -> "DataFrame":
    """Results of every meter in a frame with the columns of `stream.ROWS`.

    Executors need this package, NumPy and PyArrow. Spark, too, takes names that differ only in capitals for one.
    """
    schema = ", ".join(f"`{field.name}` {_TYPES[field.type]}" for field in RESULTS)
    ordered = rows.select(*ROWS.names).repartition(partitions, "meter").sortWithinPartitions("meter", "after", "start")
    return ordered.mapInArrow(_kernel(weather, settings, compiled), schema)


def _kernel(
    weather: Weather, settings: Settings, compiled: bool
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        engine = None
        if compiled:
            from qingli.savings.fast import by_numba  # noqa: PLC0415 - Numba is wanted on the executors only

            engine = by_numba
        yield from results(batches, weather, settings, engine)

    return run
