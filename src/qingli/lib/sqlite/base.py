"""Django's SQLite backend with durable settings and the write lock. The module name is what Django looks for."""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from qingli.lib.sqlite.lock import WriteLock, lock_for

TIMEOUT = 20  # seconds that a writer waits for its turn
# FULL is stated because NORMAL, a common choice with WAL, forgets acknowledged writes when the power fails.
# What is erased from the journal shall be gone from the file too; FAST does it wherever a page is written anyway.
PRAGMAS = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=FAST"
_READS = re.compile(r"\s*(SELECT|VALUES|EXPLAIN|PRAGMA|SAVEPOINT|RELEASE)\b", re.IGNORECASE)
_WITH = re.compile(r"\s*WITH\b", re.IGNORECASE)
_WITH_WRITE = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


def writes(sql: str) -> bool:
    """Whether a statement may write: everything that is not known to read. A transaction is begun to write."""
    if _WITH.match(sql):
        return bool(_WITH_WRITE.search(sql))
    return not _READS.match(sql)


class Turn:
    """Whether it is one connection's turn to write; it ends as soon as the connection is outside a transaction."""

    def __init__(self, lock: WriteLock, connection: sqlite3.Connection) -> None:
        self._lock = lock
        self._connection = connection
        self._held = False

    @contextmanager
    def around(self, sql: str) -> Iterator[None]:
        if not self._held and writes(sql):
            try:
                ours = self._lock.acquire(TIMEOUT)
            except OSError as error:  # a folder that may not be written, or a full disk
                raise sqlite3.OperationalError(
                    f"the lock beside the database cannot be used ({error.strerror})"
                ) from error
            if not ours:
                raise sqlite3.OperationalError("database is locked")
            self._held = True
        try:
            yield
        finally:
            self.settle()

    def settle(self) -> None:
        if self._held and not self._connection.in_transaction:
            self.end()

    def end(self) -> None:
        if self._held:
            self._held = False
            self._lock.release()


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that waits for its connection's turn before it writes.

    What a write outside a transaction returns (INSERT … RETURNING) is fetched at once: SQLite ends such a write only
    when its last row has been read.
    """

    turn: Turn
    _rows: Iterator[Any] | None = None

    def execute(self, query: str, params: Any = None) -> Any:
        self._rows = None
        with self.turn.around(query):
            result = super().execute(query, params)
            if self.description and not self.connection.in_transaction and writes(query):
                self._rows = iter(super().fetchall())
        return result

    def executemany(self, query: str, param_list: Any) -> Any:
        self._rows = None
        with self.turn.around(query):
            return super().executemany(query, param_list)

    def executescript(self, script: str) -> Any:
        with self.turn.around("BEGIN"):
            return super().executescript(script)

    def fetchone(self) -> Any:
        return super().fetchone() if self._rows is None else next(self._rows, None)

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        if self._rows is None:
            return super().fetchmany(size)
        return list(islice(self._rows, size))

    def fetchall(self) -> list[Any]:
        return super().fetchall() if self._rows is None else list(self._rows)


class DatabaseWrapper(base.DatabaseWrapper):
    """The backend. Files only take the lock: a database in memory has one process, and SQLite serialises it."""

    _turn: Turn | None = None

    def get_connection_params(self) -> dict[str, Any]:
        given: Mapping[str, Any] = self.settings_dict["OPTIONS"]
        params = super().get_connection_params()
        params.setdefault("timeout", TIMEOUT)
        self.transaction_mode = given.get("transaction_mode", "IMMEDIATE")
        self.init_commands: Sequence[str] = [*PRAGMAS.split(";"), *self.init_commands]
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        self._turn = None
        if not self.is_in_memory_db():
            lock = lock_for(Path(str(self.settings_dict["NAME"]).removeprefix("file:").split("?")[0]))
            self._turn = Turn(lock, connection)
            _ensure_wal(connection, self._turn)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        if self._turn is None:
            return super().create_cursor(name)
        cursor = self.connection.cursor(factory=Cursor)
        cursor.turn = self._turn
        return cursor

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # Django has it, its stubs leave it out
        finally:
            self._settle()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # Django has it, its stubs leave it out
        finally:
            self._settle()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # Django has it, its stubs leave it out
        finally:
            if self._turn is not None:
                self._turn.end()

    def _settle(self) -> None:
        if self._turn is not None:
            self._turn.settle()


def _ensure_wal(connection: sqlite3.Connection, turn: Turn) -> None:
    """Set the file's journal mode once; it stays in the file. Changing it needs the file for itself."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        with turn.around("BEGIN"):
            connection.execute("PRAGMA journal_mode=WAL")
