"""How quick `savings` is, how much memory it takes, and what it costs per meter from 10³ to 10⁶.

    ./qingli soak savings                      # NumPy to 10⁵, Numba to 10⁶
    ./qingli soak savings --most 100000        # smaller
    ./qingli soak savings --eemeter PYTHON --opendsm PYTHON   # beside the reference, in the environments named

Each figure is of a process of its own, from opening the Parquet file to the last byte of the results.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import savings_make, savings_peers  # noqa: E402


def one(source: Path, engine: str) -> None:
    """One trial, in this process; prints its figures."""
    begin = time.perf_counter()
    from qingli.savings.bulk import compute_files, write_results
    from qingli.savings.settings import settings

    compiled = None
    if engine == "numba":
        from qingli.savings.fast import by_numba

        compiled = by_numba
    place = savings_make.weather()
    ready = time.perf_counter()
    count = write_results(compute_files(source, place, settings(), with_engine=compiled), source.with_suffix(".out"))
    end = time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "meters": count,
                "start": ready - begin,
                "wall": end - ready,
                "cpu": used.ru_utime + used.ru_stime,
                "rss": used.ru_maxrss / 1024,
            }
        )
    )


def trial(source: Path, engine: str) -> dict[str, float]:
    """The same in a process of its own."""
    words = [sys.executable, __file__, "--one", str(source), engine]
    found: dict[str, float] = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--one", nargs=2)
    parser.add_argument("--least", type=int, default=1000)
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--eemeter", metavar="PYTHON")
    parser.add_argument("--opendsm", metavar="PYTHON")
    parser.add_argument("--peers", type=int, default=12, help="meters that the others are given")
    arguments = parser.parse_args()
    if arguments.one:
        one(Path(arguments.one[0]), arguments.one[1])
        return 0
    print("| meters | engine | order in the file | seconds | meters/s | CPU s | MB |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        size = arguments.least
        while size <= arguments.most:
            for shuffled in (False, True):
                source = Path(folder) / f"{size}{'s' if shuffled else ''}.parquet"
                savings_make.write(source, size, shuffled=shuffled)
                for engine in ("numpy", "numba"):
                    if (engine == "numpy" and size > 100_000) or (shuffled and engine == "numpy"):
                        continue
                    found = trial(source, engine)
                    cells = (
                        f"{found['wall']:.2f}",
                        f"{size / found['wall']:,.0f}",
                        f"{found['cpu']:.1f}",
                        f"{found['rss']:.0f}",
                    )
                    print(
                        f"| {size:,} | {engine} | {'none' if shuffled else 'by meter'} | " + " | ".join(cells) + " |",
                        flush=True,
                    )
                source.unlink()
            size *= 10
    if arguments.eemeter or arguments.opendsm:
        savings_peers.beside(arguments.eemeter, arguments.opendsm, arguments.peers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
