"""How long a write waits when many write at once on SQLite: in line, as the backend has it, and racing, with no lock.

Three processes of four threads each insert rows, half of them in transactions of their own. `./qingli soak writers`.
"""

import argparse
import multiprocessing
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.db.utils import ConnectionHandler

PROCESSES, THREADS = 3, 4


def run(connection: Any, sql: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def opened(path: str) -> Any:
    return ConnectionHandler({"default": {"ENGINE": "qingli.lib.sqlite", "NAME": path}})["default"]


def race() -> None:
    """Take the backend's lock away from this process."""
    from qingli.lib.sqlite.lock import WriteLock

    WriteLock.acquire = lambda self, seconds: True  # type: ignore[method-assign]  # that is the trial
    WriteLock.release = lambda self: None  # type: ignore[method-assign]  # that is the trial


def write(path: str, racing: bool, worker: int, number: int, out: Any) -> None:
    """One process: the seconds that each of its writes took."""
    django.setup()
    if racing:
        race()
    times: list[float] = []

    def insert(thread: int) -> None:
        connection = opened(path)
        run(connection, "SELECT 1")
        for turn in range(number):
            n = (worker * THREADS + thread) * number + turn
            started = time.perf_counter()
            if turn % 2:
                run(connection, "INSERT INTO t (n) VALUES (%s)", n)
            else:
                run(connection, "BEGIN IMMEDIATE")
                run(connection, "INSERT INTO t (n) VALUES (%s)", n)
                run(connection, "COMMIT")
            times.append(time.perf_counter() - started)
        connection.close()

    threads = [threading.Thread(target=insert, args=(thread,)) for thread in range(THREADS)]
    each: Callable[[threading.Thread], None]
    for each in (threading.Thread.start, threading.Thread.join):
        for thread in threads:
            each(thread)
    out.put(times)


def trial(racing: bool, number: int) -> None:
    """Run one trial and print its line."""
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "a.sqlite3")
        connection = opened(path)
        run(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER UNIQUE)")
        out = spawn.Queue()
        workers = [spawn.Process(target=write, args=(path, racing, w, number, out)) for w in range(PROCESSES)]
        for worker in workers:
            worker.start()
        times = sorted(seconds for _ in workers for seconds in out.get())
        for worker in workers:
            worker.join()
        connection.close()
    p50, p95, p99 = (1000 * times[int(len(times) * share)] for share in (0.5, 0.95, 0.99))
    name = "racing " if racing else "in line"
    print(f"{name}  {len(times)} writes  p50 {p50:.1f}  p95 {p95:.1f}  p99 {p99:.1f}  max {1000 * times[-1]:.0f} ms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=300, help="writes of each thread")
    options = parser.parse_args()
    django.setup()
    for racing in (False, True):
        trial(racing, options.number)
    return 0


if __name__ == "__main__":
    sys.exit(main())
