"""The SQLite backend: a current SQLite, safe settings, and one writer at a time over threads and processes."""

import importlib
import sys
import warnings

FAULTY = (3, 7, 0), (3, 51, 2)  # write-ahead log: a rare race can corrupt the file when two connections checkpoint


def use_current_sqlite() -> None:
    """Put the SQLite that pysqlite3 bundles in the place of the system's, before Django loads `sqlite3`.

    Where pysqlite3 has no wheel the system's is used; if that one is known to be faulty, a warning says so.
    """
    try:
        current = importlib.import_module("pysqlite3")
    except ImportError:
        _warn_if_faulty()
        return
    sys.modules["sqlite3"] = current
    sys.modules["sqlite3.dbapi2"] = importlib.import_module("pysqlite3.dbapi2")


def is_faulty(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the write-ahead-log fault."""
    return FAULTY[0] <= version <= FAULTY[1]


def _warn_if_faulty() -> None:
    version = importlib.import_module("sqlite3").sqlite_version_info
    if is_faulty(version):
        text = ".".join(map(str, version))
        warnings.warn(f"SQLite {text} has a fault in its write-ahead log: see docs/administrators.md", stacklevel=3)
