"""The SQLite backend: settings that keep what was acknowledged, and one writer at a time."""

import multiprocessing
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import django
import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from qingli.lib import sqlite
from qingli.lib.sqlite import base
from qingli.lib.sqlite.lock import lock_for

spawn = multiprocessing.get_context("spawn")


def handler(path: Path) -> ConnectionHandler:
    return ConnectionHandler({"default": {"ENGINE": "qingli.lib.sqlite", "NAME": str(path), "CONN_MAX_AGE": None}})


def held(path: Path) -> bool:
    """Whether somebody holds the lock of this database, asked as another process would."""
    code = (
        "import fcntl, sys\n"
        "try: fcntl.flock(open(sys.argv[1], 'a'), fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
        "except BlockingIOError: sys.exit(1)"
    )
    return subprocess.run([sys.executable, "-c", code, f"{path}-lock"], check=False).returncode == 1


def run(connection: Any, sql: str, *params: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.sqlite3"


@pytest.fixture
def connection(path: Path, own_databases: None) -> Iterator[Any]:
    connections = handler(path)
    opened: Any = connections["default"]
    run(opened, "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER UNIQUE)")
    yield opened
    opened.close()


def atomic(connection: Any) -> transaction.Atomic:
    """`transaction.atomic` looks its connection up by name; here it is handed over."""
    block = transaction.Atomic(using=None, savepoint=True, durable=False)
    transaction.get_connection = lambda using=None: connection
    return block


@pytest.fixture(autouse=True)
def own_databases(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """These tests open databases of their own, outside the one that pytest-django guards."""
    kept = transaction.get_connection
    with django_db_blocker.unblock():
        yield
    transaction.get_connection = kept


def test_settings_keep_what_was_acknowledged(connection: Any) -> None:
    pragmas = {
        name: run(connection, f"PRAGMA {name}")[0][0] for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert run(connection, "PRAGMA busy_timeout")[0][0] == base.TIMEOUT * 1000
    assert connection.transaction_mode == "IMMEDIATE"


def test_the_current_sqlite_is_in_use_where_it_has_a_wheel() -> None:
    pytest.importorskip("pysqlite3", reason="pysqlite3 has no wheel for this machine")
    assert not sqlite.is_faulty(sqlite3.sqlite_version_info)
    assert sqlite.is_faulty((3, 40, 1))


def test_without_the_current_sqlite_a_faulty_one_is_warned_of() -> None:
    code = (
        "import sys, warnings; sys.modules['pysqlite3'] = None\n"
        "import sqlite3; sqlite3.sqlite_version_info = (3, 40, 1)\n"
        "from qingli.lib.sqlite import use_current_sqlite\n"
        "warnings.simplefilter('error')\n"
        "try: use_current_sqlite()\n"
        "except UserWarning as warning: print(warning)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "3.40.1 has a fault" in done.stdout


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1", False),
        ("  select 1", False),
        ("PRAGMA foreign_keys", False),
        ("EXPLAIN QUERY PLAN SELECT 1", False),
        ('SAVEPOINT "s1"', False),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
        ("WITH a AS (SELECT 1) DELETE FROM t", True),
        ("INSERT INTO t VALUES (1)", True),
        ("UPDATE t SET n = 1", True),
        ("REPLACE INTO t VALUES (1)", True),
        ("CREATE TABLE u (id)", True),
        ("BEGIN IMMEDIATE", True),
        ("VACUUM", True),
    ],
)
def test_which_statements_write(sql: str, expected: bool) -> None:
    assert base.writes(sql) is expected


def test_reads_do_not_take_the_lock(connection: Any, path: Path) -> None:
    lock = lock_for(path)
    assert lock.acquire(1)
    try:
        assert run(connection, "SELECT count(*) FROM t") == [(0,)]
    finally:
        lock.release()


def test_a_write_outside_a_transaction_takes_the_lock_and_lets_go(connection: Any, path: Path) -> None:
    lock = lock_for(path)
    assert lock.acquire(1)
    waiting = threading.Thread(target=_insert, args=(path, 1))
    waiting.start()
    time.sleep(0.3)
    assert run(connection, "SELECT count(*) FROM t") == [(0,)]
    lock.release()
    waiting.join(5)
    assert run(connection, "SELECT n FROM t") == [(1,)]
    assert not held(path)


def _insert(path: Path, n: int) -> None:
    connection: Any = handler(path)["default"]
    run(connection, "INSERT INTO t (n) VALUES (%s)", n)
    connection.close()


def test_a_transaction_holds_the_lock_to_its_end(connection: Any, path: Path) -> None:
    with atomic(connection):
        assert held(path)
        run(connection, "INSERT INTO t (n) VALUES (1)")
        with atomic(connection):
            run(connection, "INSERT INTO t (n) VALUES (2)")
        assert held(path)
    assert not held(path)


def test_an_error_inside_lets_go_and_undoes(connection: Any, path: Path) -> None:
    def fail() -> None:
        with atomic(connection):
            run(connection, "INSERT INTO t (n) VALUES (1)")
            with pytest.raises(IntegrityError), atomic(connection):
                run(connection, "INSERT INTO t (n) VALUES (1)")
            assert held(path)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not held(path)
    assert run(connection, "SELECT count(*) FROM t") == [(0,)]


def test_a_failing_write_outside_a_transaction_lets_go(connection: Any, path: Path) -> None:
    with pytest.raises(OperationalError):
        run(connection, "INSERT INTO missing VALUES (1)")
    assert not held(path)


def test_closing_in_the_middle_lets_go(connection: Any, path: Path) -> None:
    connection.set_autocommit(False)
    run(connection, "INSERT INTO t (n) VALUES (1)")
    assert held(path)
    connection.close()
    assert not held(path)


def test_returning_outside_a_transaction_gives_all_rows_and_lets_go(connection: Any, path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO t (n) VALUES (1), (2), (3), (4), (5) RETURNING n")
        assert not held(path)
        assert cursor.fetchone() == (1,)
        assert cursor.fetchmany(2) == [(2,), (3,)]
        assert cursor.fetchall() == [(4,), (5,)]
        assert cursor.fetchone() is None
        cursor.executemany("INSERT INTO t (n) VALUES (%s)", [(6,), (7,)])
        assert not held(path)
        cursor.execute("SELECT count(*) FROM t")
        assert cursor.fetchone() == (7,)


def test_two_connections_of_one_thread_give_up_instead_of_hanging(
    connection: Any, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "TIMEOUT", 0.3)
    other: Any = handler(path)["default"]
    with atomic(connection), pytest.raises(OperationalError, match="locked"):
        run(other, "INSERT INTO t (n) VALUES (1)")
    run(other, "INSERT INTO t (n) VALUES (1)")
    other.close()


def _write_many(path: Path, worker: int, number: int, out: Any) -> None:
    """Threads of one process that write, half of them in transactions; the time each write took."""
    django.setup()
    times: list[float] = []

    def write(thread: int) -> None:
        connection: Any = handler(path)["default"]
        run(connection, "SELECT 1")
        for turn in range(number):
            n = (worker * 10 + thread) * 1000 + turn
            started = time.perf_counter()
            if turn % 2:
                run(connection, "INSERT INTO t (n) VALUES (%s)", n)
            else:
                run(connection, "BEGIN IMMEDIATE")
                run(connection, "INSERT INTO t (n) VALUES (%s)", n)
                run(connection, "COMMIT")
            times.append(time.perf_counter() - started)
        connection.close()

    threads = [threading.Thread(target=write, args=(thread,)) for thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    out.put(times)


def test_many_threads_of_many_processes_write_in_line(connection: Any, path: Path) -> None:
    out = spawn.Queue()
    processes = [spawn.Process(target=_write_many, args=(path, worker, 60, out)) for worker in range(3)]
    for process in processes:
        process.start()
    times = sorted(seconds for _ in processes for seconds in out.get(timeout=60))
    for process in processes:
        process.join(10)
    assert run(connection, "SELECT count(*) FROM t") == [(3 * 4 * 60,)]
    # Racing writers back off for hundreds of milliseconds; in line, twelve of them wait for eleven short writes.
    assert times[int(len(times) * 0.99)] < 1.0


def _hold(path: Path, ready: Event) -> None:
    django.setup()
    connection: Any = handler(path)["default"]
    run(connection, "BEGIN IMMEDIATE")
    run(connection, "INSERT INTO t (n) VALUES (1)")
    ready.set()
    time.sleep(60)


def test_a_killed_process_leaves_neither_its_lock_nor_its_half_transaction(connection: Any, path: Path) -> None:
    ready = spawn.Event()
    process = spawn.Process(target=_hold, args=(path, ready))
    process.start()
    assert ready.wait(20)
    assert held(path)
    process.kill()
    process.join(10)
    assert not held(path)
    run(connection, "INSERT INTO t (n) VALUES (1)")
    assert run(connection, "SELECT count(*) FROM t") == [(1,)]


def _take(path: Path) -> None:
    assert lock_for(path).acquire(10)
    lock_for(path).release()


def test_a_forked_child_does_not_share_its_parents_turn(path: Path) -> None:
    lock = lock_for(path)
    assert lock.acquire(1)
    child = multiprocessing.get_context("fork").Process(target=_take, args=(path,))
    child.start()
    child.join(0.5)
    assert child.is_alive()  # it waits
    lock.release()
    child.join(10)
    assert child.exitcode == 0


def test_threads_get_the_lock_in_the_order_in_which_they_asked(path: Path) -> None:
    lock, order = lock_for(path), list[int]()

    def take(number: int) -> None:
        assert lock.acquire(10)
        order.append(number)
        lock.release()

    assert lock.acquire(1)
    threads = [threading.Thread(target=take, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
        time.sleep(0.02)
    assert not lock.acquire(0.05)  # who gives up leaves the queue whole
    lock.release()
    for thread in threads:
        thread.join(5)
    assert order == list(range(6))


def test_a_lock_that_cannot_be_used_is_a_fault_of_the_database(tmp_path: Path) -> None:
    """Whoever asks is told that the database does not answer, and nobody is left waiting in the queue."""
    (tmp_path / "d.sqlite3-lock").mkdir()
    connection: Any = handler(tmp_path / "d.sqlite3")["default"]
    for _ in range(2):
        with pytest.raises(OperationalError, match="lock"):
            run(connection, "CREATE TABLE t (n)")
    connection.close()


def test_a_database_in_memory_needs_no_lock_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    connection: Any = handler(Path(":memory:"))["default"]
    run(connection, "CREATE TABLE t (n)")
    assert list(tmp_path.iterdir()) == []
