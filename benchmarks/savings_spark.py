"""`savings` on a real Spark: a standalone master and two workers on loopback, held bit for bit to DuckDB.

    ./qingli soak savings_spark [--meters 100000]

Needs Java and `uv pip install --python .venv "pyspark==4.*" "pandas<3"`. Everything that is started is ended again.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import savings_make  # noqa: E402
from qingli.savings.bulk import compute_files  # noqa: E402
from qingli.savings.fast import by_numba  # noqa: E402
from qingli.savings.settings import settings  # noqa: E402
from qingli.savings.spark import compute_frame  # noqa: E402


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def cluster(stack: ExitStack, folder: Path) -> str:
    """Start a master and two workers; their address."""
    import pyspark

    home = Path(pyspark.__file__).parent
    os.environ |= {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "SPARK_WORKER_DIR": str(folder / "work"),
        "SPARK_DAEMON_MEMORY": "512m",
        "OPENBLAS_NUM_THREADS": "1",
    }
    port = free_port()
    address = f"spark://127.0.0.1:{port}"
    base = [str(home / "bin" / "spark-class")]
    master = ["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]
    worker = [
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        "127.0.0.1",
        "--cores",
        "1",
        "--memory",
        "2g",
        "--webui-port",
        "0",
    ]
    for name, words in (("master", master), ("one", [*worker, address]), ("two", [*worker, address])):
        log = stack.enter_context((folder / f"{name}.log").open("w"))
        process = stack.enter_context(subprocess.Popen([*base, *words], stdout=log, stderr=log))
        stack.callback(process.terminate)
        deadline = time.monotonic() + 60
        while name == "master" and time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
    return address


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--meters", type=int, default=100_000)
    arguments = parser.parse_args()
    place, choose = savings_make.weather(), settings()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        source = folder / "meters.parquet"
        savings_make.write(source, arguments.meters, shuffled=True)
        begin = time.perf_counter()
        address = cluster(stack, folder)
        from pyspark.sql import SparkSession

        maker = SparkSession.builder.master(address).appName("savings").config("spark.sql.session.timeZone", "UTC")
        maker = maker.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
        maker = maker.config("spark.executor.memory", "1g").config("spark.ui.enabled", "false")
        maker = maker.config("spark.sql.caseSensitive", "true").config(
            "spark.executorEnv.PYTHONPATH", os.environ["PYTHONPATH"]
        )
        session = maker.getOrCreate()
        stack.callback(session.stop)
        session.sparkContext.setLogLevel("ERROR")
        print(f"cluster and session: {time.perf_counter() - begin:.1f} s, executors on {workers(session)} workers")
        for engine, compiled in (("NumPy", None), ("Numba", by_numba)):
            begin = time.perf_counter()
            duck = pa.Table.from_batches(list(compute_files(source, place, choose, with_engine=compiled)))
            middle = time.perf_counter()
            target = folder / f"spark-{engine}"
            frame = session.read.parquet(str(source))
            compute_frame(frame, place, choose, compiled=compiled is not None).write.parquet(str(target))
            end = time.perf_counter()
            same = identical(duck, pq.read_table(target))
            seconds = f"DuckDB {middle - begin:.1f} s, Spark {end - middle:.1f} s"
            print(f"{engine}: {arguments.meters:,} meters, {seconds}; bit-identical: {same}", flush=True)
            if not same:
                return 1
    return 0


def workers(session: object) -> int:
    """Executors that have come up, waited for a moment."""
    context = session.sparkContext  # type: ignore[attr-defined]
    for _ in range(100):
        count = int(context._jsc.sc().getExecutorMemoryStatus().size()) - 1
        if count >= 2:
            return count
        time.sleep(0.2)
    return count


def identical(one: pa.Table, other: pa.Table) -> bool:
    """Every column of every meter the same, floating point numbers by their bits."""
    one, other = (table.select(one.column_names).sort_by("meter").combine_chunks() for table in (one, other))
    if one.num_rows != other.num_rows:
        return False
    for name in one.column_names:
        left, right = one[name].combine_chunks(), other[name].combine_chunks().cast(one[name].type)
        if not left.is_null().equals(right.is_null()):
            return False
        if pa.types.is_floating(left.type):
            left, right = (pc.fill_null(each, 0.0).view(pa.int64()) for each in (left, right))
        if not left.equals(right):
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
